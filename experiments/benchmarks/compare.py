"""Measures grafs-swift beside its floors and its peers; prints a table and writes JSON.

usage: compare.py GRAFS_SWIFT PEERS_PYTHON JSON_FILE [--all] [--against RECORD]
       compare.py --against RECORD JSON_FILE

Rows of `grafs-swift bench`; start-up; and, where `make bench-peers` has installed PyTorch, the same
steps there, in turn (ours, PyTorch, ours, …): ResNet-20 in every configuration of PyTorch, the other
networks in the one that `make bench-peers` found the fastest. `--all` adds the supernet, eager and
compiled, the latter from the cache of compiled code that `make bench-peers` has filled.

`--against` compares with an earlier JSON file: rows with a goal that are worse by more than a tenth
are named, and the exit status is 1. Given alone with a JSON file, nothing is measured.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "peers"))

import best

ROUNDS = 3
# Of the floor, above which no goal beside a peer goes.
CAP = 0.65
# What a ratio may lose from one record to the next.
LOSS = 0.1


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def row(name, value, unit, reference, goal, ratio=None, peer=None):
    if ratio is None and reference is not None:
        ratio = value / reference
    made = {"name": name, "value": value, "unit": unit, "reference": reference, "ratio": ratio,
            "goal": goal}
    return made | ({"peer": peer} if peer else {})


def help_milliseconds(grafs):
    def once():
        start = time.perf_counter()
        output(grafs, "--help")
        return 1000 * (time.perf_counter() - start)
    return statistics.median(once() for _ in range(20))


def first_step_seconds(grafs):
    """From the command to the line that a search prints when its first step begins."""
    def once():
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            process = subprocess.Popen(
                [grafs, "search", "resnet20", "--data", "fashion-mnist", "--output",
                 os.path.join(folder, "run")], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            for line in process.stderr:
                if line.startswith(b"epochs 0"):
                    break
            else:
                sys.exit("compare.py: the search ended before its first step")
            seconds = time.perf_counter() - start
            process.kill()
            process.wait()
            process.stderr.close()
            return seconds
    return statistics.median(once() for _ in range(5))


def ours(grafs, workload, steps, threads, network=None):
    cost = json.loads(output(
        grafs, "bench", "--only", workload, "--rounds", str(steps), "--threads", str(threads),
        *(["--network", network] if network else [])))
    return 128 / cost["seconds"]


def pairs(count, left, right):
    """Both in turn: the medians of each, and the median of the ratios."""
    found = [(left(), right()) for _ in range(count)]
    return (statistics.median(a for a, _ in found), statistics.median(b for _, b in found),
            statistics.median(a / b for a, b in found))


def training_rows(grafs, python, threads, floor):
    """ResNet-20 in every configuration of PyTorch, in turn with ours."""
    rounds = {name: [] for name in best.CONFIGURATIONS}
    own = []
    for number in range(ROUNDS):
        note(f"ResNet-20 in PyTorch, round {number + 1} of {ROUNDS}")
        own.append(ours(grafs, "training", 7, threads))
        for name in rounds:
            rounds[name].append(best.rate(python, "resnet20", name, threads, repeats=5))
    medians = {name: statistics.median(values) for name, values in rounds.items()}
    fastest = max(best.SINGLE_PRECISION, key=medians.get)
    goal = min(1.10, CAP * floor / medians[fastest])
    yield row("peer.train", statistics.median(own), "images/s", medians[fastest], f"≥ {goal:.2f}",
              statistics.median(a / b for a, b in zip(own, rounds[fastest])), peer=fastest)
    for name, value in medians.items():
        yield row("peer.train." + name, statistics.median(own), "images/s", value, None,
                  statistics.median(a / b for a, b in zip(own, rounds[name])))


def network_rows(grafs, python, threads, chosen):
    """The other networks, each in the configuration that was found the fastest."""
    for network in best.NETWORKS:
        if network == "resnet20":
            continue
        if network not in chosen:
            note(f"{network}: `make bench-peers` has not found its fastest configuration")
            continue
        configuration = chosen[network]["best"]
        note(f"{network}, PyTorch {configuration}")
        value, reference, ratio = pairs(
            ROUNDS, lambda: ours(grafs, "training", 3, threads, network),
            lambda: best.rate(python, network, configuration, threads, repeats=3))
        yield row("train." + network, value, "images/s", reference, "≥ 1.0", ratio,
                  peer=configuration)


def supernet_rows(grafs, python, threads):
    note("PyTorch, supernet")
    # The peers' backward pass differentiates by weights and architecture; so does this.
    left = ours(grafs, "gradients", 5, threads)
    eager = best.measure(python, "supernet", "--batch", "32", "--repeats", "5", "--threads",
                         str(threads))
    yield row("peer.supernet_eager", left, "images/s", eager["images_per_second"], "≥ 40")
    note("PyTorch, compiled supernet (two minutes)")
    compiled = best.measure(
        python, "supernet-compiled", "--batch", "32", "--repeats", "5", "--threads", str(threads))
    yield row("peer.supernet_compiled", left, "images/s", compiled["images_per_second"], "≥ 15")


def note(text):
    print(text, file=sys.stderr, flush=True)


def bound(row):
    """The goal as (whether it is a lower bound, the bound, whether of the value); None without."""
    match = re.fullmatch(r"([≥≤]) ([0-9.]+)( ms| s)?", row["goal"] or "")
    return match and (match[1] == "≥", float(match[2]), bool(match[3]))


def misses(row):
    if not bound(row):
        return False
    is_lower, limit, of_value = bound(row)
    figure = row["value" if of_value else "ratio"]
    return figure < limit if is_lower else figure > limit


def losses(report, record):
    """What is worse than in a record by more than a tenth, or no longer there, as lines.

    Of rows with a goal alone: the others are peers and references, whose own noise is no loss. A
    figure far below an upper bound is none either, whatever it was.
    """
    if report["machine"] != record["machine"]:
        note(f"another machine: {record['machine']} then, {report['machine']} now")
    rows = {row["name"]: row for row in report["rows"]}
    for old in record["rows"]:
        if not bound(old):
            continue
        if old["name"] not in rows:
            yield f"{old['name']}: not measured"
            continue
        is_lower, limit, of_value = bound(old)
        name = "value" if of_value else "ratio"
        now, then = rows[old["name"]][name], old[name]
        if now is None or not then or (not is_lower and now < limit / 2):
            continue
        if (now / then if is_lower else then / now) < 1 - LOSS:
            yield f"{old['name']}: {name} {now:.3f}, before {then:.3f}"


def number(value, digits=3):
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.{digits}g}"


def table(rows):
    lines = [("what", "ours", "unit", "peer or floor", "ratio", "goal", "")]
    for r in rows:
        lines.append((r["name"], number(r["value"]), r["unit"], number(r["reference"]),
                      number(r["ratio"]), r["goal"] or "", "missed" if misses(r) else ""))
    widths = [max(len(line[i]) for line in lines) for i in range(7)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
        for line in lines)


def measured(grafs, python, everything):
    report = json.loads(output(grafs, "bench", "--rounds", "11", "--json"))
    threads = int(re.search(r"(\d+) threads?", report["machine"])[1])
    rows = report["rows"]
    note("start-up")
    rows.append(row("startup.help", help_milliseconds(grafs), "ms", None, "≤ 25 ms"))
    rows.append(row("startup.first_step", first_step_seconds(grafs), "s", None, "≤ 0.5 s"))
    if os.path.exists(python):
        floor = next(row["reference"] for row in rows if row["name"] == "train.resnet20")
        chosen = best.read(python, threads)["networks"]
        rows += training_rows(grafs, python, threads, floor)
        rows += network_rows(grafs, python, threads, chosen)
        if everything:
            rows += supernet_rows(grafs, python, threads)
    else:
        note("PyTorch is not measured: `make bench-peers` installs it (5 GB)")
    report["date"] = time.strftime("%Y-%m-%d")
    return report


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", metavar="GRAFS_SWIFT PEERS_PYTHON JSON_FILE")
    parser.add_argument("--all", action="store_true", help="the supernet in PyTorch too")
    parser.add_argument("--against", metavar="RECORD", help="an earlier JSON file")
    options = parser.parse_args()
    record = None
    if options.against:
        with open(options.against) as file:
            record = json.load(file)
    if len(options.files) == 1 and record:
        with open(options.files[0]) as file:
            report = json.load(file)
    elif len(options.files) == 3:
        grafs, python, path = options.files
        report = measured(grafs, python, options.all)
        with open(path, "w") as file:
            json.dump(report, file, indent=2, ensure_ascii=False)
            file.write("\n")
        print(report["date"], report["machine"])
        print(table(report["rows"]))
        note(f"written: {path}")
    else:
        parser.error("give GRAFS_SWIFT PEERS_PYTHON JSON_FILE, or --against RECORD JSON_FILE")
    if record:
        worse = list(losses(report, record))
        print("\n".join(worse) or f"nothing is worse than in {options.against} by a tenth")
        sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
