"""Searches on a testbed, with what they cost, and trains what they choose as the truth was trained.

usage: searches.py GRAFS_SWIFT FOLDER TESTBED VARIANT [--seeds N] [--first N] [--jobs N]
                   [--cifar10 FOLDER]

A variant is a line of VARIANTS. TESTBED-searches.csv gets a row for each search, TESTBED-found.csv
one for each training of what was chosen (there is no truth of `resnet20`, so none there); neither is
done again. FOLDER may be deleted afterwards.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys

import testbeds
import truth

# What every search of a testbed is given; the images that train are those of the truth.
SEARCHES = {
    "plain-cnn": ["plain-cnn", "--data", "fashion-mnist", "--train-images", "6000", "--epochs", "5",
                  "--batch-size", "64", "--set", "gradient-clip=1"],
    "resnet8": ["resnet8", "--data", "cifar10", "--train-images", "5000", "--epochs", "5",
                "--batch-size", "64", "--set", "gradient-clip=5"],
    "resnet20": ["resnet20", "--data", "cifar10", "--train-images", "10000", "--epochs", "10",
                 "--batch-size", "64"],
}
VARIANTS = {
    # As the preset has it since "search: presets try functions of the space on the network".
    "preset": [],
    "race-1": ["--set", "race-budget=1"],
    "race-2": ["--set", "race-budget=2"],
    "race-4": ["--set", "race-budget=4"],
    # Choosing takes two thirds of a race from here on; before, most of it was the verdict.
    "race4": ["--set", "race-budget=4"],
    "plugged2": ["--set", "race-budget=2", "--set", "plugged=300"],
    "plugged4": ["--set", "race-budget=4", "--set", "plugged=300"],
    # As plugged4 costs, with more functions tried and less of a race.
    "plugged1000": ["--set", "race-budget=3", "--set", "plugged=1000",
                    "--set", "probe-images=128"],
    # The relaxed search alone, and what it can be told to do otherwise.
    "alone": ["--set", "race=off"],
    "loss": ["--set", "race=off", "--set", "discretization=loss"],
    "one-hot": ["--set", "race=off", "--set", "one-hot-start=0.2"],
    "reinmax": ["--set", "race=off", "--set", "one-hot-start=0.2",
                "--set", "one-hot-gradient=reinmax"],
    "beta-decay": ["--set", "race=off", "--set", "beta-decay=0.5"],
    "draws": ["--set", "race=off", "--set", "architecture-draws=4"],
    "reach": ["--set", "race=off", "--set", "architecture-reach=8.8 0.35"],
    "few-arms": ["--set", "race-budget=2", "--set", "race-arms=14"],
    # Candidates of 2 epochs: 5 of them cost what a relaxed search does. Each has a race too.
    "random": ["--method", "random", "--epochs", "2", "--set", "budget=5",
               "--set", "race-budget=2"],
}
FIELDS = ["variant", "seed", "winner", "origin", "search_function", "usual", "verdicts",
          "search_seconds", "race_seconds"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("grafs")
    parser.add_argument("folder")
    parser.add_argument("testbed", choices=list(SEARCHES))
    parser.add_argument("variant", choices=list(VARIANTS))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--cifar10", help="folder of CIFAR-10's binary version")
    return parser.parse_args()


def path(testbed):
    return os.path.join(testbeds.HERE, testbed + "-searches.csv")


def read(testbed):
    """The finished searches by variant and seed."""
    if not os.path.exists(path(testbed)):
        return {}
    with open(path(testbed), newline="") as file:
        return {(row["variant"], int(row["seed"])): row for row in csv.DictReader(file)}


def write(testbed, rows):
    """Adds finished searches to the file, where another start may have written others since."""
    rows = read(testbed) | rows
    with open(path(testbed) + ".new", "w", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows[key] for key in sorted(rows))
    os.replace(path(testbed) + ".new", path(testbed))


def searched(options, place, seed):
    """A search from its beginning to the end of its race, as a row."""
    run = os.path.join(options.folder, f"{options.testbed}-{options.variant}-{seed}")
    shutil.rmtree(run, ignore_errors=True)
    command = [options.grafs, "search", *SEARCHES[options.testbed], *VARIANTS[options.variant],
               "--data-dir", place, "--seed", str(seed), "--output", run, "--json", "--quiet",
               "--jobs", str(options.jobs), "--threads", str(options.jobs)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(f"search: {result.stderr.strip()}")
    found = json.loads(result.stdout)
    row = {"variant": options.variant, "seed": seed,
           "search_function": found.get("search_function") or found["formula"],
           "search_seconds": f"{found['elapsed_seconds']:.1f}"}
    if "evidence" not in found:
        return row | {"winner": row["search_function"], "origin": "search"}
    evidence = found["evidence"]
    arms = evidence["arms"]
    winner = arms[evidence["verdict"]["winner"]]
    usual = min((arm for arm in arms if arm["origin"] == "usual" and arm["place"]),
                key=lambda arm: arm["place"])
    verdicts = [f"{arms[each['arm']]['expression']}: {each['verdict']}"
                for each in evidence["verdict"]["comparisons"]]
    return row | {
        "winner": winner["function"], "origin": winner["origin"], "usual": usual["function"],
        "verdicts": "; ".join(verdicts), "race_seconds": f"{evidence['elapsed_seconds']:.1f}"}


def main():
    options = arguments()
    os.makedirs(options.folder, exist_ok=True)
    place = testbeds.data(options.folder, options.cifar10)
    rows = read(options.testbed)
    for seed in range(options.first, options.first + options.seeds):
        if (options.variant, seed) not in rows:
            row = searched(options, place, seed)
            write(options.testbed, {(options.variant, seed): row})
            print(f"{options.variant} {seed}: {row['winner']}", file=sys.stderr, flush=True)
    if options.testbed not in testbeds.TRUTHS:
        return
    rows = read(options.testbed)
    table = options.testbed + "-found"
    known = testbeds.read(options.testbed)
    trained = testbeds.read(table)
    chosen = {row.get(name) for row in rows.values()
              for name in ("winner", "search_function", "usual")} - {None, ""}
    for seed in range(3):
        missing = sorted(function for function in chosen
                         if (function, seed) not in trained and (function, seed) not in known)
        for function in missing:
            trained |= truth.trained(options, place, [function], seed)
            testbeds.write(table, trained)
            print(f"trained {function}, seed {seed}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
