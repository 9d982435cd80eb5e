"""Prints what the searches of a testbed have chosen is worth: its loss by the truth's recipe, its
rank among the functions of the truth, and its regret against the best usual function.

usage: regret.py TESTBED
"""

import statistics
import sys

import searches
import testbeds


def means(testbed):
    """The mean loss of every function with a finished training of each of the three seeds."""
    losses = {}
    for table in (testbed, testbed + "-found"):
        for (function, _), row in testbeds.read(table).items():
            loss = float(row["loss"]) if row["loss"] else float("inf")
            losses.setdefault(function, []).append(loss)
    return {function: statistics.fmean(values) for function, values in losses.items()
            if len(values) >= 3}


def plain(function):
    """Usual functions stand in the truth by name."""
    return function[:-3] if function.endswith("(x)") and function[:-3].isidentifier() else function


def main():
    testbed = sys.argv[1]
    truth = means(testbed)
    kinds = testbeds.functions()
    usual = {function: loss for function, loss in truth.items() if kinds.get(function) == "usual"}
    best, relu = min(usual.values()), truth["relu"]
    ranked = sorted(truth[function] for function in kinds if function in truth)
    print(f"{testbed}: ReLU {relu:.4f}, best usual {best:.4f} "
          f"({min(usual, key=usual.get)}), best of all {ranked[0]:.4f}\n")
    print("| variant | seed | winner | origin | loss | rank | beside ReLU | search alone "
          "| verdicts |")
    print("|---|---|---|---|---|---|---|---|---|")
    sums = {}
    for (variant, seed), row in sorted(searches.read(testbed).items()):
        def loss(name):
            return truth.get(row[name], truth.get(plain(row[name]), float("nan")))
        winner, alone = loss("winner"), loss("search_function")
        rank = 1 + sum(value < winner for value in ranked)
        sums.setdefault(variant, []).append((winner, alone))
        print(f"| {variant} | {seed} | `{row['winner']}` | {row['origin']} | {winner:.4f} | {rank} "
              f"| {winner - relu:+.4f} | {alone:.4f} | {row['verdicts']} |")
    print()
    for variant, values in sums.items():
        winners, alone = zip(*values)
        print(f"{variant}: winners {statistics.fmean(winners):.4f}, regret "
              f"{statistics.fmean(winners) - best:+.4f}; the search alone "
              f"{statistics.fmean(alone):.4f}, regret {statistics.fmean(alone) - best:+.4f}; "
              f"never worse than ReLU: {all(value <= relu for value in winners)}")


if __name__ == "__main__":
    main()
