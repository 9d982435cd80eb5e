"""Trains the functions of `functions.txt` on a testbed, and keeps what each training came to.

usage: truth.py GRAFS_SWIFT FOLDER TESTBED [--seeds N] [--jobs N] [--functions N] [--cifar10 FOLDER]

FOLDER takes data and trainings and may be deleted afterwards. The table is TESTBED.csv beside this
file: a trial that stands there is never done again, so that a start goes on where the last one was.
"""

import argparse
import json
import os
import subprocess
import sys

import testbeds

TOGETHER = 8


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("grafs")
    parser.add_argument("folder")
    parser.add_argument("testbed", choices=list(testbeds.TESTBEDS))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--functions", type=int, help="every so many of them alone")
    parser.add_argument("--cifar10", help="folder of CIFAR-10's binary version")
    return parser.parse_args()


def trained(options, place, functions, seed):
    """The rows of some functions, a training of one seed each."""
    command = [
        options.grafs, "evaluate", *testbeds.TESTBEDS[options.testbed], "--data-dir", place,
        "--seed", str(seed), "--seeds", "1", "--baselines", "none", "--jobs", str(options.jobs),
        "--threads", str(options.jobs), "--output", os.path.join(options.folder, options.testbed),
        "--json", "--quiet", "--", *functions]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        runs = {run["function"]: run for run in json.loads(run.stdout)["runs"]
                if run["seed"] == seed}
        return {(function, seed): row(runs[function], function, seed) for function in functions}
    except (ValueError, KeyError):
        # A training that diverges ends with status 1 too, but with a report.
        sys.exit(f"evaluate: {run.stderr.strip() or 'no report of ' + ', '.join(functions)}")


def row(run, function, seed):
    def text(value, digits):
        return "" if value is None else f"{value:.{digits}f}"

    return {
        "function": function, "seed": seed, "loss": text(run.get("test_loss"), 6),
        "accuracy": text(run.get("test_accuracy"), 4), "diverged": int(run["diverged"]),
        "seconds": text(run["elapsed_seconds"], 1)}


def main():
    options = arguments()
    os.makedirs(options.folder, exist_ok=True)
    if options.testbed == "resnet8" and not options.cifar10:
        sys.exit("resnet8: its data is CIFAR-10; say where with --cifar10 FOLDER")
    place = testbeds.data(options.folder, options.cifar10)
    functions = list(testbeds.functions())[::options.functions]
    rows = testbeds.read(options.testbed)
    for seed in range(options.seeds):
        missing = [function for function in functions if (function, seed) not in rows]
        for first in range(0, len(missing), TOGETHER):
            rows |= trained(options, place, missing[first:first + TOGETHER], seed)
            testbeds.write(options.testbed, rows)
            print(f"{options.testbed}: {len(rows)} trials", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
