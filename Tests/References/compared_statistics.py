"""Writes what SciPy makes of small samples: t tests, intervals, tails, quantiles, Holm's correction.

The samples are multiples of 1/10000, as accuracies are. Holm's correction is done here by its
definition, as a step-down procedure. Made with Python 3.11.7, NumPy 2.4.6 and SciPy 1.17.1:

    python3 Tests/References/compared_statistics.py
"""

import json
import os

import numpy
from scipy import stats

FILE = os.path.join(
    os.path.dirname(__file__), "..", "StatisticsTests", "References", "statistics.json")


def samples():
    random = numpy.random.default_rng(7)
    for n, m, shift, spread in [
            (2, 2, 0.01, 0.002), (3, 3, 0.004, 0.003), (5, 5, 0.0, 0.01), (5, 5, 0.02, 0.001),
            (10, 10, -0.003, 0.004), (4, 7, 0.01, 0.005), (3, 12, 0.0, 0.02), (30, 30, 0.001, 0.004)]:
        first = numpy.round(0.9 + shift + spread * random.standard_normal(n), 4)
        second = numpy.round(0.9 + 2 * spread * random.standard_normal(m), 4)
        yield first, second


def comparison(first, second, paired):
    test = stats.ttest_rel(first, second) if paired else stats.ttest_ind(
        first, second, equal_var=False)
    interval = test.confidence_interval(0.95)
    return {"difference": float(first.mean() - second.mean()), "p": float(test.pvalue),
            "low": float(interval.low), "high": float(interval.high)}


def holm(probabilities):
    """Each p's adjusted value is the smallest level at which stepping down still rejects it."""
    adjusted, m = {}, len(probabilities)
    left = dict(enumerate(probabilities))
    largest = 0.0
    while left:
        index = min(left, key=left.get)
        largest = max(largest, min(1.0, len(left) * left.pop(index)))
        adjusted[index] = largest
    return [adjusted[i] for i in range(m)]


def main():
    comparisons = []
    for first, second in samples():
        entry = {"first": first.tolist(), "second": second.tolist(),
                 "mean": float(first.mean()), "standardDeviation": float(first.std(ddof=1)),
                 "median": float(numpy.median(first)),
                 "independent": comparison(first, second, False)}
        if len(first) == len(second):
            entry["paired"] = comparison(first, second, True)
        comparisons.append(entry)
    tails = [{"degreesOfFreedom": nu, "t": t, "p": float(2 * stats.t.sf(t, nu))}
             for nu in [1, 1.5, 2, 4, 9, 29.3, 200, 10000]
             for t in [0, 0.01, 0.5, 1, 2, 4.5, 12, 50, 1e4]]
    quantiles = [{"degreesOfFreedom": nu, "p": p, "t": float(stats.t.isf(p / 2, nu))}
                 for nu in [1, 1.5, 2, 4, 9, 29.3, 200, 10000] for p in [0.9, 0.5, 0.05, 0.01, 1e-6]]
    families = [{"p": p, "adjusted": holm(p)} for p in [
        [0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.9], [0.001, 0.02, 0.0125, 0.0125, 0.3],
        [0.04, 0.05, 0.01], []]]
    with open(FILE, "w") as file:
        json.dump({"comparisons": comparisons, "tails": tails, "quantiles": quantiles,
                   "families": families}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
