# grafs-swift: `make search` runs the main job, `make test` runs all tests; each sets itself up.

PACKAGES = libopenblas-dev libhdf5-dev zlib1g-dev libmatio-dev hdf5-tools dataset-fashion-mnist pkg-config
# What only tests use: a browser for the page of inspect, a converter for its plots.
TEST_PACKAGES = chromium librsvg2-bin
RELEASE = -c release
TEST = swift test $(RELEASE) --disable-xctest --disable-testable-imports
GRAFS = .build/release/grafs-swift

PEERS = .build-peers/bin/python
PEER_CACHE = TORCHINDUCTOR_CACHE_DIR=$(CURDIR)/.build-peers/cache

.PHONY: search test smoke build lint format bench bench-peers docs clean setup

search: build ## Search an activation function for ResNet-20 on Fashion-MNIST (a few minutes)
	$(GRAFS) search resnet20 --preset quick

build: setup ## Build the libraries and the command
	swift build $(RELEASE) --product grafs-swift

test smoke: PACKAGES += $(TEST_PACKAGES)

test: setup ## Run all tests
	$(TEST)
	swift run $(RELEASE) --package-path Tests/Outsider --scratch-path .build/outsider
	! grep -q unsafeFlags Package.swift

smoke: setup ## Run the tests that take less than a minute
	$(TEST) --skip CommandTests --skip RealDataTests

bench: build ## Measure training, search and start-up, beside PyTorch if bench-peers was made
	$(PEER_CACHE) python3 experiments/benchmarks/compare.py $(GRAFS) $(PEERS) .build/bench.json

bench-peers: .build-peers ## Install PyTorch (5 GB of downloads), compile its supernet (7 minutes)
	$(PEER_CACHE) $(PEERS) experiments/benchmarks/peers/measure.py supernet-compiled --batch 32

.build-peers:
	python3 -m venv $@
	$@/bin/pip install --quiet --requirement experiments/benchmarks/peers/requirements.txt

lint: ## Check format and documentation comments
	swift format lint --strict --recursive Package.swift Sources Tests

format: ## Format all sources
	swift format --in-place --recursive Package.swift Sources Tests

docs: setup ## Write the documentation of all modules to .build/documentation
	rm -rf .build/documentation .build/symbolgraphs .build/docs
	mkdir -p .build/symbolgraphs/all .build/symbolgraphs/ours
	swift build --product grafs-swift --scratch-path .build/docs -Xswiftc -emit-symbol-graph \
	  -Xswiftc -emit-symbol-graph-dir -Xswiftc $(CURDIR)/.build/symbolgraphs/all
	cd .build/symbolgraphs && cp $(foreach module,$(MODULES),all/$(module)*.symbols.json) ours
	docc convert --fallback-display-name grafs-swift --fallback-bundle-identifier grafs-swift \
	  --additional-symbol-graph-dir .build/symbolgraphs/ours --output-dir .build/documentation

MODULES = Files Statistics Tensors Autodiff Activations Networks Datasets Traces Training Search Exports Runs Benchmarks

clean: ## Remove everything built
	rm -rf .build

# Installs what is missing, where there is apt; says what is needed elsewhere.
setup:
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
