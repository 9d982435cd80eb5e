"""table.py FOLDER: the tables of README.md from the results that the other scripts wrote."""

import json
import pathlib
import sys

import numpy as np
from scipy import stats

folder = pathlib.Path(sys.argv[1])


def read(pattern):
    """Several files as one: parts of the same table have different functions."""
    found = {}
    for path in sorted(folder.glob(pattern)):
        table = json.loads(path.read_text())
        found |= table | {"functions": found.get("functions", {}) | table.get("functions", {})}
    return found


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def head(*cells):
    print()
    row(*cells)
    row(*["---"] * len(cells))


def worst(numbers):
    """The largest error of value and derivative, and how many numbers are no numbers or wrong."""
    parts = [part for part in numbers.values() if isinstance(part, dict)]
    finite = max(numbers[part]["error"] for part in ("value", "slope"))
    bad = sum(part["nans"] + part["wrong"] for part in parts)
    return finite, bad


def same(title, pattern):
    found = read(pattern)
    if not found:
        return
    print(f"\n### {title}: {', '.join(f'{k} {v}' for k, v in found.items() if k != 'functions')}")
    ways = list(dict.fromkeys(
        way for numbers in found["functions"].values() for way in numbers
        if isinstance(numbers[way], dict)))
    head("function", *ways)
    for name, numbers in sorted(found["functions"].items()):
        cells = []
        for way in ways:
            if way not in numbers:
                cells.append("–")
                continue
            error, bad = worst(numbers[way])
            other = "" if way.split()[-2] == numbers[way]["type"] or not way.startswith("auto") \
                else f", gives {numbers[way]['type']}"
            cells.append(f"{error:.0e}" + (f", **{bad} wrong**" if bad else "") + other)
        row(name, *cells)
    for name, numbers in sorted(found["functions"].items()):
        said = {k: v for k, v in numbers.items() if not isinstance(v, dict | float)
                and v is not True}
        if said:
            print(f"\n{name}: {said}")


def price():
    found = read("price.json")
    if not found:
        return
    print(f"\n### Price: {found['device']}, torch {found['torch']}")
    cases = list(next(iter(found["functions"].values())))
    for case in dict.fromkeys(case.rsplit(" ", 1)[0] for case in cases):
        print(f"\n{case}")
        head("function", "forward, µs: eager", "compiled", "with backward: eager", "compiled",
             "kept, bytes: eager", "compiled", "peak: eager", "compiled")
        for name, numbers in found["functions"].items():
            cells = [f"{numbers[f'{case} {way}'][key]:.{0 if 'us' in key else 1}f}"
                     for key in ("forward_us", "both_us", "kept_bytes", "peak_bytes")
                     for way in ("eager", "compiled")]
            row(name, *cells)


def holds():
    path = folder / "holds.json"
    if not path.exists():
        return
    found = json.loads(path.read_text())
    print(f"\n### ResNet-20: {found['device']}, torch {found['torch']}")
    for kind, trainings in found["trainings"].items():
        if "relu" not in trainings:
            continue
        print(f"\n{kind}")
        relu = np.array(trainings["relu"]["accuracies"])
        others = [name for name in trainings if name != "relu"]
        p = [stats.ttest_rel(trainings[name]["accuracies"], relu).pvalue for name in others]
        # Holm: each p times the number of those not smaller, never below the one before.
        corrected, least = {}, 0
        for place, index in enumerate(np.argsort(p)):
            least = max(least, min(1, p[index] * (len(p) - place)))
            corrected[others[index]] = least
        head("function", "test accuracy, %, by seed", "mean ± SD", "beside ReLU, points (95 %)",
             "p, Holm", "seconds")
        for name, training in trainings.items():
            a = np.array(training["accuracies"])
            cells = ["", ""]
            if name != "relu":
                d = a - relu
                half = stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / len(d) ** 0.5
                cells = [f"{d.mean():+.2f} ({d.mean() - half:+.2f} … {d.mean() + half:+.2f})",
                         f"{corrected[name]:.2g}"]
            row(name, " ".join(f"{x:.2f}" for x in a), f"{a.mean():.2f} ± {a.std(ddof=1):.2f}",
                *cells, f"{training['seconds']:.0f}")


same("PyTorch", "same-pytorch*.json")
same("JAX", "same-jax*.json")
same("PyTorch, exports before this record", "before-pytorch*.json")
same("JAX, exports before this record", "before-jax*.json")
holds()
price()
