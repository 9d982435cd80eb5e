"""Finds how PyTorch trains each network the fastest on this machine, once.

usage: best.py PEERS_PYTHON [--threads N]

Every configuration of `measure.py` trains every network for some steps; compiling takes minutes. The
rates and the fastest in single precision go to `best.json` beside the environment of PEERS_PYTHON.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NETWORKS = ["resnet20", "resnet56", "wrn-16-4", "densenet-40-12", "preresnet164", "all-cnn-c",
            "lenet5"]
SINGLE_PRECISION = ["eager", "channels-last", "compiled", "channels-last-compiled"]
CONFIGURATIONS = SINGLE_PRECISION + ["bf16", "bf16-compiled"]


def measure(python, *arguments):
    return json.loads(subprocess.run(
        [python, os.path.join(HERE, "measure.py"), *arguments], check=True,
        stdout=subprocess.PIPE).stdout)


def rate(python, network, configuration, threads, repeats):
    """Images in a second."""
    return measure(
        python, "train", "--network", network, "--configuration", configuration, "--threads",
        str(threads), "--repeats", str(repeats))["images_per_second"]


def path(python):
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(python))), "best.json")


def place(python, threads):
    """What a choice holds for."""
    with open("/proc/cpuinfo") as file:
        names = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
    torch = subprocess.run(
        [python, "-c", "import torch; print(torch.__version__)"], check=True,
        stdout=subprocess.PIPE, text=True).stdout.strip()
    return {"processor": names[0] if names else "unknown", "threads": threads, "torch": torch}


def read(python, threads):
    """What was found here, by network; none if it was found elsewhere."""
    here = place(python, threads) | {"networks": {}}
    if not os.path.exists(path(python)):
        return here
    with open(path(python)) as file:
        found = json.load(file)
    return found if {**found, "networks": {}} == here else here


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("python")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    found = read(options.python, options.threads)
    for network in NETWORKS:
        if network in found["networks"]:
            continue
        rates = {}
        for configuration in CONFIGURATIONS:
            try:
                rates[configuration] = rate(
                    options.python, network, configuration, options.threads, 3)
                text = f"{rates[configuration]:.0f} images/s"
            except subprocess.CalledProcessError:
                # No compiler, or no such type of numbers: the others may be there.
                rates[configuration], text = None, "failed"
            print(f"{network}, {configuration}: {text}", file=sys.stderr, flush=True)
        if not any(rates[name] for name in SINGLE_PRECISION):
            sys.exit(f"best.py: {network} cannot be trained in any configuration")
        found["networks"][network] = {
            "best": max(SINGLE_PRECISION, key=lambda name: rates[name] or 0),
            "images_per_second": rates}
        with open(path(options.python), "w") as file:
            json.dump(found, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    main()
