# grafs-swift: `make search` runs the main job, `make test` runs all tests; each sets itself up.

PACKAGES = libopenblas-dev libhdf5-dev zlib1g-dev libmatio-dev hdf5-tools dataset-fashion-mnist pkg-config
# What only tests use: a browser for the page of inspect, a converter for its plots.
TEST_PACKAGES = chromium librsvg2-bin
# The Python that versions of libraries are tested with; older or newer ones lack wheels of some.
EXPORT_PACKAGES = python3.11-venv
EXPORT_PYTHON = python3.11
RELEASE = -c release
TEST = swift test $(RELEASE) --disable-xctest --disable-testable-imports
GRAFS = .build/release/grafs-swift

PEERS = .build-peers/bin/python
PEER_CACHE = TORCHINDUCTOR_CACHE_DIR=$(CURDIR)/.build-peers/cache

# Each is a file of requirements in Tests/ExportsTests/Environments; CI runs the first three.
EXPORTS = oldest newest pytorch-newest pytorch-oldest keras-torch-oldest tensorflow-oldest \
  tensorflow-newest

.PHONY: search build test tests outsider smoke test-exports bench bench-all bench-peers check check-house \
  lint format docs clean setup setup-tests build-tests

search: build ## Search an activation function for ResNet-20 on Fashion-MNIST (a few minutes)
	$(GRAFS) search resnet20 --preset quick

build: setup ## Build the libraries and the command
	swift build $(RELEASE) --product grafs-swift

test tests smoke: PACKAGES += $(TEST_PACKAGES)

test: tests outsider ## Run all tests

tests: setup
	$(TEST) $(SELECTION)

# A package outside, which sees only what is public; unsafe flags would forbid its use of ours.
outsider: setup
	swift run $(RELEASE) --package-path Tests/Outsider --scratch-path .build/outsider
	! grep -q unsafeFlags Package.swift

smoke: setup ## Run the tests that take less than a minute
	$(TEST) --skip CommandTests --skip RealDataTests

test-exports: $(EXPORTS:%=.build-exports/%/made) ## Run exported code on its oldest and newest libraries
	GRAFS_EXPORT_ENVIRONMENTS="$(EXPORTS)" $(TEST) --filter PythonTests

test-exports: PACKAGES += $(EXPORT_PACKAGES)

.build-exports/%/made: Tests/ExportsTests/Environments/%.txt | setup
	rm -rf $(@D)
	$(EXPORT_PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
	  --timeout 15 --retries 10 --requirement $<
	touch $@

bench: build ## Measure training, search and start-up, beside PyTorch if bench-peers was made
	$(PEER_CACHE) python3 experiments/benchmarks/compare.py $(GRAFS) $(PEERS) .build/bench.json

bench-all: build ## The same with the supernet in PyTorch, eager and compiled
	$(PEER_CACHE) python3 experiments/benchmarks/compare.py $(GRAFS) $(PEERS) .build/bench.json --all

bench-peers: .build-peers ## Install PyTorch (5 GB of downloads), find its fastest configurations, compile
	$(PEER_CACHE) python3 experiments/benchmarks/peers/best.py $(PEERS)
	$(PEER_CACHE) $(PEERS) experiments/benchmarks/peers/measure.py supernet-compiled --batch 32

.build-peers:
	python3 -m venv $@
	$@/bin/pip install --quiet --requirement experiments/benchmarks/peers/requirements.txt

check: lint check-house docs ## Check format, the house's rules, and the documentation

check-house: setup ## Check sizes, widths, words, imports: Tests/HouseTests
	$(TEST) --filter HouseTests

lint: ## Check format and documentation comments
	swift format lint --strict --recursive Package.swift Sources Tests

format: ## Format all sources
	swift format --in-place --recursive Package.swift Sources Tests

docs: build ## Write the documentation of all libraries to .build/documentation
	docs/make.sh

clean: ## Remove everything built
	rm -rf .build .build-exports

# All targets at once, and an error where one imports what it cannot have declared.
build-tests: setup-tests
	swift build $(RELEASE) --build-tests --explicit-target-dependency-import-check error

setup-tests: PACKAGES += $(TEST_PACKAGES)

# Installs what is missing, where there is apt; says what is needed elsewhere.
setup setup-tests:
	@if command -v dpkg-query >/dev/null; then \
	  missing=$$(for package in $(PACKAGES); do \
	    dpkg-query --show --showformat='$${db:Status-Status}\n' $$package 2>/dev/null \
	      | grep -qx installed || echo $$package; done); \
	  if [ -n "$$missing" ]; then \
	    echo "installing" $$missing; \
	    if [ "$$(id -u)" = 0 ]; then root=; \
	    elif command -v sudo >/dev/null; then root=sudo; \
	    else echo "run as root: apt-get install $$missing"; exit 1; fi; \
	    $$root apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq $$missing; \
	  fi; \
	else echo "not Debian: OpenBLAS, HDF5 with its tools, zlib, matio and pkg-config must be installed"; fi
