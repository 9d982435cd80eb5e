"""Short searches with one switch changed at a time, and their functions trained anew, as a table.

usage: run.py GRAFS_SWIFT FOLDER

Stopped and started again, it goes on where it was.
"""

import json
import os
import statistics
import subprocess
import sys

SEEDS = 3
BUDGET = ["--epochs", "5", "--train-images", "1280"]
VARIANTS = {
    "drnas": [],
    "darts": ["--method", "darts"],
    "darts-second-order": ["--method", "darts-second-order"],
    "no warm start": ["--set", "warm-start-epochs=0"],
    "no bounding": ["--set", "bounding=off"],
    "no shrinking": ["--set", "shrinking=off"],
    "shared samples": ["--set", "sampling=per-step"],
}


def retrained(grafs, expression, seed):
    run = subprocess.run(
        [grafs, "evaluate", expression, *BUDGET, "--batch-size", "64", "--seed", str(seed),
         "--seeds", "1", "--baselines", "none", "--json", "--quiet"], stdout=subprocess.PIPE)
    accuracy = json.loads(run.stdout)["runs"][0].get("test_accuracy")
    return accuracy


def percent(values):
    values = [100 * value for value in values if value is not None]
    if len(values) < 2:
        return "–" if not values else f"{values[0]:.1f}"
    return f"{statistics.mean(values):.1f} ± {statistics.stdev(values):.1f}"


def main():
    grafs, root = sys.argv[1:]
    relu = [retrained(grafs, "relu", seed) for seed in range(SEEDS)]
    rows = []
    for name, options in VARIANTS.items():
        folder = os.path.join(root, name.replace(" ", "-"))
        subprocess.run(
            [grafs, "search", "resnet20", *BUDGET, "--seeds", str(SEEDS), *options,
             "--output", folder, "--quiet"], stdout=subprocess.DEVNULL)
        functions, relaxed, chosen, again = [], [], [], []
        for seed in range(SEEDS):
            with open(os.path.join(folder, f"seed-{seed}", "result.json")) as file:
                result = json.load(file)
            functions.append(result.get("expression", "diverged"))
            relaxed.append(result.get("relaxed_validation_accuracy"))
            chosen.append(result.get("validation_accuracy"))
            again.append(
                retrained(grafs, result["expression"], seed) if "expression" in result else None)
        rows.append((name, percent(relaxed), percent(chosen), percent(again),
                     "; ".join(f"`{function}`" for function in functions)))
        print("|", " | ".join(rows[-1]), "|", flush=True)
    print("| ReLU | | |", percent(relu), "| |")


if __name__ == "__main__":
    main()
