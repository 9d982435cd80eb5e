"""Prints what random search would choose: so many of a testbed's random functions, trained once each
at full length, the one with the smallest loss taken; its true loss, in the mean over many such
searches. Nothing is trained: the truth has these trainings.

usage: random_search.py TESTBED TRAININGS [TRAININGS …]
"""

import random
import statistics
import sys

import testbeds

SEARCHES = 20_000


def main():
    rows = testbeds.read(sys.argv[1])
    kinds = testbeds.functions()
    seeds = sorted({seed for _, seed in rows})
    losses = {}
    for function in kinds:
        found = [rows.get((function, seed)) for seed in seeds]
        if all(found):
            losses[function] = [float(row["loss"]) if row["loss"] else float("inf")
                                for row in found]
    drawn = [function for function in losses if kinds[function] == "random"]
    usual = [function for function in losses if kinds[function] == "usual"]
    stream = random.Random(1)

    def chosen(functions):
        # By one seed; its worth by the others, which did not choose it.
        seed = stream.randrange(len(seeds))
        best = min(functions, key=lambda function: losses[function][seed])
        others = [loss for place, loss in enumerate(losses[best]) if place != seed]
        return min(statistics.fmean(others), 10)

    print(f"{sys.argv[1]}: {len(drawn)} random functions, {len(usual)} usual ones")
    for count in map(int, sys.argv[2:]):
        alone = [chosen(stream.choices(drawn, k=count)) for _ in range(SEARCHES)]
        beside = [chosen(stream.choices(drawn, k=max(0, count - 8)) + ["relu", "leaky_relu", "elu",
                                                                       "gelu", "silu"])
                  for _ in range(SEARCHES)]
        print(f"{count} trainings: random functions alone {statistics.fmean(alone):.4f} ± "
              f"{statistics.stdev(alone):.4f}; five usual ones and {max(0, count - 8)} random ones "
              f"{statistics.fmean(beside):.4f} ± {statistics.stdev(beside):.4f}")


if __name__ == "__main__":
    main()
