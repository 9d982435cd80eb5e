"""The functions of cases.json and what they must compute; exported code is compared with them.

Each number that is not as expected is a line of standard output, "mismatch …".
"""

import importlib
import json
import os
import sys

import numpy as np

sys.path.insert(0, os.getcwd())
with open("cases.json", encoding="utf-8") as file:
    table = json.load(file)
grid = [float(x) for x in table["grid"]]
cases = table["functions"]
alone = [case for case in cases if case["isAlone"]]
KINDS = ("value", "derivative")

# What single precision has exactly.
exact = [i for i, x in enumerate(grid) if float(np.float32(x)) == x]
single_grid = np.array([grid[i] for i in exact], dtype=np.float32)
double_grid = np.array(grid)
# Numbers that both kinds of half precision have exactly.
half_grid = np.array([x for x in grid if abs(x) in (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 5, 10,
                                                    20, 30, 50, 100)], dtype=np.float32)


def compare(target, case, kind, xs, actual, expected, tolerance, single=False):
    shown = 0
    values = {g: "nan" if float(v) != float(v) else v for g, v in zip(grid, case["values"])}
    if len(actual) != len(expected):
        print(f"mismatch {target} {case['name']}: {len(actual)} numbers of {len(expected)}")
    for x, a, e in zip(xs, actual, expected):
        a, e = float(a), float(e)
        is_gap = x == x and values[float(x)] == "nan"
        if kind == "derivative" and not abs(e) < float("inf") and not is_gap:
            continue  # ours has overflowed twice; without a value there is no derivative either
        if single and abs(e) > 1e36:
            good = abs(a) > 1e35 if kind == "value" else 1e35 < abs(a) < float("inf")
        elif e != e:
            good = a != a
        elif abs(e) == float("inf"):
            good = a == e
        else:
            good = abs(a - e) <= tolerance * max(1.0, abs(e))
        if not good and shown < 2:
            shown += 1
            precision = "single" if single else "double"
            print(f"mismatch {target} {precision} {case['name']} = {case['formula']}: "
                  f"{kind} at {x} is {a}, expected {e}")


def case_in_double(target, case, numbers, kinds=KINDS):
    """Compares all that a function gives for double_grid, in the order of the kinds."""
    for kind, actual in zip(kinds, numbers):
        compare(target, case, kind, grid, actual, case[kind + "s"], 2e-12)


def case_in_single(target, case, numbers, kinds=KINDS):
    """The same for single_grid."""
    # Compositions round more than once, and pass it on.
    tolerance = 3e-6 if case["isUnaryOperation"] else 1e-4
    for kind, actual in zip(kinds, numbers):
        expected = [case[kind + "s"][i] for i in exact]
        compare(target, case, kind, single_grid, actual, expected, tolerance, single=True)


def case_in_half(target, case, half, single, largest):
    """Compares what a function gives for numbers of half precision with what it gives for the same
    numbers in single precision: the same, rounded, to a unit of the last place, because a tie may
    be rounded twice; what is finite stays finite.

    Each is a pair, value and derivative, for numbers that half precision has exactly, as floats;
    the single ones are rounded already. The largest is that of the half type.
    """
    unit = 2**-10 if largest == 65504 else 2**-7
    for kind, narrow, wide in zip(KINDS, half, single):
        for x, a, e in zip(half_grid, narrow, wide):
            a, e = float(a), float(e)
            if kind == "derivative" and e == e:
                e = max(-largest, min(largest, e))
            if not (a == e or a != a and e != e or abs(a - e) <= unit * abs(e) < float("inf")):
                print(f"mismatch {target} half {case['name']} = {case['formula']}: "
                      f"{kind} at {x} is {a}, rounded {e}")


def modules(target):
    """Each function with the module that has it: one for all of them, and one for each alone."""
    shared = importlib.import_module(f"{target}_all")
    for case in cases:
        yield case, shared
    for case in alone:
        yield case, importlib.import_module(f"{target}_{case['name']}")


def check(what, good):
    if not good:
        print(f"mismatch {what}")
