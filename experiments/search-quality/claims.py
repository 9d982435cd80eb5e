"""Trains the winners of a testbed's last searches, and usual functions, scored on test images.

usage: claims.py GRAFS_SWIFT FOLDER TESTBED [--seeds N] [--jobs N] [--data-dir FOLDER]

The winners are those of the searches `preset` with seeds 5 to 9, which chose no preset. `evaluate`
compares each with the network's usual activation and with the best of the five of GRAFS's tables,
seed by seed; its report is printed, and TESTBED-claims.csv has a row for each training.
"""

import argparse
import csv
import json
import os
import subprocess
import sys

import searches
import testbeds


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("grafs")
    parser.add_argument("folder")
    parser.add_argument("testbed", choices=list(searches.SEARCHES))
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--data-dir", help="where the data set lies")
    return parser.parse_args()


def main():
    options = arguments()
    rows = searches.read(options.testbed)
    winners = []
    for (variant, seed), row in sorted(rows.items()):
        if variant == "preset" and seed >= 5 and row["winner"] not in winners:
            winners.append(row["winner"])
    usual = {"relu(x)", "leaky_relu(x)", "elu(x)", "gelu(x)", "silu(x)"}
    command = [
        options.grafs, "evaluate", *testbeds.TESTBEDS[options.testbed], "--seeds",
        str(options.seeds), "--baselines", "relu,leaky_relu,elu,gelu,silu", "--jobs",
        str(options.jobs), "--threads", str(options.jobs), "--output", os.path.join(options.folder, options.testbed + "-claims"),
        "--quiet"] + (["--data-dir", options.data_dir] if options.data_dir else [])
    functions = [winner for winner in winners if winner not in usual]
    run = subprocess.run(command + ["--", *(functions or ["relu"])])
    if run.returncode != 0:
        sys.exit(run.returncode)
    with open(os.path.join(options.folder, options.testbed + "-claims", "evaluation.json")) as file:
        report = json.load(file)
    fields = ["function", "seed", "loss", "accuracy", "diverged"]
    path = os.path.join(testbeds.HERE, options.testbed + "-claims.csv")
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, fields, lineterminator="\n")
        table.writeheader()
        for run in report["runs"]:
            table.writerow({
                "function": run["function"], "seed": run["seed"],
                "loss": run.get("test_loss", ""), "accuracy": run.get("test_accuracy", ""),
                "diverged": int(run["diverged"])})


if __name__ == "__main__":
    main()
