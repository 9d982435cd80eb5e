"""Chooses the functions of the ground truth and writes them to `functions.txt`: done once.

usage: draw.py GRAFS_SWIFT FOLDER CIFAR10

Usual and published ones, distinct ones drawn at random from the default space by `search --method
random`, and what short relaxed searches of both testbeds find.
"""

import json
import os
import subprocess
import sys

import testbeds

USUAL = ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "mish", "hardswish",
         "tanhexp", "prelu", "swish", "tanh", "relu(x)^2",
         # GoLU, whose inner exponential must not overflow.
         "x * exp(-exp(-max(x, -80)))"]
PUBLISHED = [
    # Ramachandran, Zoph, Le, 2017
    "max(x, sigmoid(x))", "cos(x) - x", "min(x, sin(x))", "atan(x)^2 - x",
    # Bingham, Miikkulainen, 2020 and 2022
    "sigmoid(x) * erf(x)", "softplus(elu(x))",
    # Strack, Safari, Hutter, 2024
    "sigmoid(gelu(x)) * gelu(x)", "silu(sigmoid(relu(x)) * gelu(x)) * silu(x)",
    # GELU-Sine, 2026
    "gelu(x) + 0.1 * sin(x)"]
RANDOM, SEED = 42, 2026
SEARCHES = [(testbed, seed) for testbed in ("plain-cnn", "resnet8") for seed in range(3)]
TINY = ["--data", "fashion-mnist", "--train-images", "64", "--epochs", "1", "--batch-size", "16",
        "--threads", "1", "--quiet"]


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout


def drawn(grafs, folder, place):
    """More candidates of a random search than are needed, exactly as it writes them."""
    run = os.path.join(folder, "drawn")
    if not os.path.exists(run):
        output(grafs, "search", "plain-cnn", "--method", "random", "--set", "race=off", "--set",
               f"budget={RANDOM + 20}", "--seed", str(SEED), "--data-dir", place, "--no-compare",
               "--output", run, *TINY)
    return [row["function"] for row in json.loads(output(grafs, "inspect", run, "--json"))[
        "candidates"]]


def found(grafs, folder, place):
    """What short relaxed searches end with."""
    for testbed, seed in SEARCHES:
        run = os.path.join(folder, f"found-{testbed}-{seed}")
        result = os.path.join(run, "result.json")
        if not os.path.exists(result):
            _, network, *recipe = testbeds.TESTBEDS[testbed]
            output(grafs, "search", network, "--preset", "quick", *recipe, "--set", "race=off",
                   "--seed", str(seed), "--data-dir", place, "--no-compare", "--output", run, "--quiet")
        with open(result) as file:
            function = json.load(file).get("formula")
        if function:
            yield function


def distinct(grafs, folder, place, functions):
    """Leaves out what trains as an earlier one does: the same loss after a tiny training."""
    text = output(grafs, "evaluate", "--network", "plain-cnn", *TINY, "--data-dir", place,
                  "--seeds", "1", "--baselines", "none", "--json",
                  "--output", os.path.join(folder, "distinct"), "--", *functions)
    losses = {run["function"]: run["test_loss"] for run in json.loads(text)["runs"]}
    seen = set()
    for function, kind in functions.items():
        loss = losses.get(function)
        # Two that diverge in the tiny training may still differ.
        if function in losses and (loss is None or round(loss, 6) not in seen):
            seen.add(loss and round(loss, 6))
            yield function, kind


def main():
    grafs, folder, cifar = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    place = testbeds.data(folder, cifar)
    functions = {}
    for kind, some in (("usual", USUAL), ("published", PUBLISHED),
                       ("random", drawn(grafs, folder, place)),
                       ("found", found(grafs, folder, place))):
        for function in some:
            functions.setdefault(function, kind)
    lines, randoms = [], 0
    for function, kind in distinct(grafs, folder, place, functions):
        randoms += kind == "random"
        if kind != "random" or randoms <= RANDOM:
            lines.append(f"{kind}\t{function}\n")
    with open(os.path.join(testbeds.HERE, "functions.txt"), "w") as file:
        file.writelines(lines)


if __name__ == "__main__":
    main()
