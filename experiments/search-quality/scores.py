"""What the final scores of relaxed searches say of functions, beside their true losses.

usage: scores.py GRAFS_SWIFT FOLDER TESTBED

FOLDER holds the searches that `searches.py` ran there, and the random functions that `draw.py` drew,
with their genotypes. The score of a genotype is the sum, over its slots, of the logarithm of its
operation's last mixture weight, or of its last architecture weight: the one when the operation was
dropped, or the search ended. TESTBED-scores.csv gets a row for each search: the rank correlation
of the scores of the random functions with minus their mean true loss; nothing is trained.
"""

import csv
import io
import json
import math
import os
import statistics
import subprocess
import sys

import draw
import regret
import searches
import table
import testbeds


def genotypes(grafs, folder, place):
    """The operations, slot by slot, of the random functions of the truth."""
    functions = testbeds.functions()
    draw.drawn(grafs, folder, place)
    rows = json.loads(draw.output(
        grafs, "inspect", os.path.join(folder, "drawn"), "--json"))["candidates"]
    return {
        row["function"]: dict(gene.split("(")[0].split("=") for gene in row["genotypes"][0].split())
        for row in rows if functions.get(row["function"]) == "random"}


def main():
    grafs, folder, testbed = sys.argv[1:]
    truth = regret.means(testbed)
    known = {function: genes for function, genes in genotypes(
        grafs, folder, testbeds.data(folder, None)).items() if function in truth}
    order = sorted(known)
    rows = []
    for variant, seed in sorted(searches.read(testbed)):
        run = os.path.join(folder, f"{testbed}-{variant}-{seed}")
        if not os.path.exists(run):
            continue
        text = subprocess.run(
            [grafs, "inspect", run, "--csv", "slots"], check=True, stdout=subprocess.PIPE,
            text=True).stdout
        slots = {(row["slot"], row["operation"]): row for row in csv.DictReader(io.StringIO(text))}
        losses = [-truth[function] for function in order]
        def correlation(score):
            return table.correlation(
                [sum(score(slots[gene]) for gene in known[function].items())
                 for function in order], losses)
        rows.append({
            "variant": variant, "seed": seed, "functions": len(order),
            "weights": f"{correlation(lambda row: math.log(float(row['last_weight']))):.3f}",
            "alpha": f"{correlation(lambda row: float(row['last_alpha'])):.3f}"})
    if not rows:
        sys.exit(f"scores.py: {folder} has no search of {testbed}; run searches.py first")
    with open(os.path.join(testbeds.HERE, testbed + "-scores.csv"), "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print("| variant | searches | by mixture weights | by α |\n|---|---|---|---|")
    for variant in sorted({row["variant"] for row in rows}):
        some = [row for row in rows if row["variant"] == variant]
        means = [statistics.fmean(float(row[name]) for row in some) for name in ("weights", "alpha")]
        print(f"| `{variant}` | {len(some)} | {means[0]:+.2f} | {means[1]:+.2f} |")


if __name__ == "__main__":
    main()
