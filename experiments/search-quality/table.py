"""Prints the table of a testbed: first how far its seeds agree, then its functions, the best first.

usage: table.py TESTBED [SHORTER …]

SHORTER are testbeds of shorter trainings, whose ranks are compared with those of TESTBED.
"""

import itertools
import math
import statistics
import sys

import testbeds


def ranks(values):
    """Ranks from 1, the smallest first; equal values have their mean rank."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    result = [0.0] * len(values)
    for _, group in itertools.groupby(enumerate(order, 1), key=lambda pair: values[pair[1]]):
        group = list(group)
        for _, place in group:
            result[place] = statistics.mean(rank for rank, _ in group)
    return result


def correlation(first, second):
    """Spearman's rank correlation; nan where all values of one are equal."""
    first, second = ranks(first), ranks(second)
    try:
        return statistics.correlation(first, second)
    except statistics.StatisticsError:
        return math.nan


def losses(rows):
    """A list of losses, by seed, for each function; a training that diverged ranks last."""
    seeds = sorted({seed for _, seed in rows})
    complete = [
        function for function in testbeds.functions()
        if all((function, seed) in rows for seed in seeds)]
    return {
        function: [float(rows[function, seed]["loss"] or math.inf) for seed in seeds]
        for function in complete}


def reliability(table):
    """The mean rank correlation between two halves of the seeds, over all ways to halve them."""
    count = len(next(iter(table.values())))
    found = []
    for half in itertools.combinations(range(count), count // 2):
        rest = [seed for seed in range(count) if seed not in half]
        if len(half) == len(rest) and half > tuple(rest):
            continue
        found.append(correlation(
            *([statistics.fmean(values[seed] for seed in part) for values in table.values()]
              for part in (half, rest))))
    return statistics.fmean(found)


def spread(values, factor, digits):
    values = [factor * value for value in values if value is not None and math.isfinite(value)]
    if not values:
        return "–"
    deviation = f" ± {statistics.stdev(values):.{digits}f}" if len(values) > 1 else ""
    return f"{statistics.fmean(values):.{digits}f}{deviation}"


def compare(name, table, order, means):
    """Prints how shorter trainings rank the functions that both tables have."""
    other = losses(testbeds.read(name))
    seeds = len(next(iter(other.values())))
    common = [function for function in order if function in other]
    parts = {"all": common, "the better half": common[:len(common) // 2]}
    for part, functions in parts.items():
        truth = [means[function] for function in functions]
        single = statistics.fmean(
            correlation(truth, [other[function][seed] for function in functions])
            for seed in range(seeds))
        mean = correlation(truth, [statistics.fmean(other[function]) for function in functions])
        print(f"rank correlation with {name}, {len(functions)} functions ({part}): one seed "
              f"{single:.3f}, mean of {seeds} seeds {mean:.3f}")
    print()


def main():
    testbed, *shorter = sys.argv[1:]
    rows, kinds = testbeds.read(testbed), testbeds.functions()
    table = losses(rows)
    seeds = sorted({seed for _, seed in rows})
    means = {function: statistics.fmean(values) for function, values in table.items()}
    order = sorted(table, key=means.get)
    seconds = statistics.median(float(row["seconds"]) for row in rows.values())
    print(f"{testbed}: {len(table)} functions, seeds {', '.join(map(str, seeds))}; "
          f"median {seconds:.1f} s a training\n")
    if len(seeds) > 1:
        better = {function: table[function] for function in order[:len(order) // 2]}
        print(f"rank correlation between halves of the seeds: {reliability(table):.3f}; "
              f"of the better half of the functions {reliability(better):.3f}\n")
    for name in shorter:
        compare(name, table, order, means)
    print("| rank | function | kind | loss | accuracy, % | diverged |\n|---|---|---|---|---|---|")
    for rank, function in zip(ranks([means[function] for function in order]), order):
        own = [rows[function, seed] for seed in seeds]
        accuracy = [float(row["accuracy"]) if row["accuracy"] else None for row in own]
        diverged = sum(int(row["diverged"]) for row in own)
        print(f"| {rank:g} | `{function}` | {kinds[function]} | {spread(table[function], 1, 4)} "
              f"| {spread(accuracy, 100, 2)} | {diverged or ''} |")


if __name__ == "__main__":
    main()
