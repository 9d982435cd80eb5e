"""Measures grafs-swift beside its floors and its peers; prints a table and writes JSON.

usage: compare.py GRAFS_SWIFT PEERS_PYTHON JSON_FILE

Rows of `grafs-swift bench`; start-up; and, where `make bench-peers` has installed PyTorch, the same
steps there: training in pairs (ours, PyTorch, ours, …), the supernet eager and compiled, the latter
from the cache of compiled code that `make bench-peers` has filled.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PAIRS = 5


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def row(name, value, unit, reference, goal, ratio=None):
    if ratio is None and reference is not None:
        ratio = value / reference
    return {"name": name, "value": value, "unit": unit, "reference": reference, "ratio": ratio,
            "goal": goal}


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


def peer(python, *arguments):
    return json.loads(output(python, os.path.join(HERE, "peers", "measure.py"), *arguments))


def ours(grafs, workload, steps, threads):
    cost = json.loads(output(
        grafs, "bench", "--only", workload, "--rounds", str(steps), "--threads", str(threads)))
    return 128 / cost["seconds"]


def peer_rows(grafs, python, threads):
    note("PyTorch, training")
    pairs = []
    for _ in range(PAIRS):
        left = ours(grafs, "training", 7, threads)
        right = peer(python, "train", "--threads", str(threads))["images_per_second"]
        pairs.append((left, right))
    left, right = (statistics.median(side) for side in zip(*pairs))
    yield row("peer.train", left, "images/s", right, "≥ 1.5",
              statistics.median(a / b for a, b in pairs))
    note("PyTorch, supernet")
    # The peers' backward pass differentiates by weights and architecture; so does this.
    left = ours(grafs, "gradients", 5, threads)
    eager = peer(python, "supernet", "--batch", "32", "--repeats", "5", "--threads", str(threads))
    yield row("peer.supernet_eager", left, "images/s", eager["images_per_second"], "≥ 40")
    note("PyTorch, compiled supernet (two minutes)")
    compiled = peer(
        python, "supernet-compiled", "--batch", "32", "--repeats", "5", "--threads", str(threads))
    yield row("peer.supernet_compiled", left, "images/s", compiled["images_per_second"], "≥ 15")


def note(text):
    print(text, file=sys.stderr, flush=True)


def misses(row):
    match = re.fullmatch(r"([≥≤]) ([0-9.]+)( ms| s)?", row["goal"] or "")
    if not match:
        return False
    figure = row["value"] if match[3] else row["ratio"]
    return figure < float(match[2]) if match[1] == "≥" else figure > float(match[2])


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


def main():
    grafs, python, path = sys.argv[1:]
    report = json.loads(output(grafs, "bench", "--rounds", "11", "--json"))
    threads = int(re.search(r"(\d+) threads?", report["machine"])[1])
    rows = report["rows"]
    note("start-up")
    rows.append(row("startup.help", help_milliseconds(grafs), "ms", None, "≤ 50 ms"))
    rows.append(row("startup.first_step", first_step_seconds(grafs), "s", None, "≤ 2 s"))
    if os.path.exists(python):
        rows += peer_rows(grafs, python, threads)
    else:
        note("PyTorch is not measured: `make bench-peers` installs it (5 GB)")
    report["date"] = time.strftime("%Y-%m-%d")
    with open(path, "w") as file:
        json.dump(report, file, indent=2, ensure_ascii=False)
        file.write("\n")
    print(report["date"], report["machine"])
    print(table(rows))
    note(f"written: {path}")


if __name__ == "__main__":
    main()
