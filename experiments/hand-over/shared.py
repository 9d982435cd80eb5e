"""What the scripts of this folder share: the functions, their exported code, reference numbers."""

import importlib.util
import json
import pathlib
import sys

import numpy as np

names = [line.split("\t")[0] for line in
         pathlib.Path(__file__).with_name("functions.txt").read_text().splitlines()]
# Eps of the types that are computed in.
EPS = {"float32": 2.0**-23, "float16": 2.0**-10, "bfloat16": 2.0**-7}
LARGEST = {"float32": 3.4028234663852886e38, "float16": 65504.0,
           "bfloat16": 3.3895313892515355e38}
SPECIAL = np.array([0.0, -0.0, 1e-4, -1e-4, 20, -20, 50, -50, 100, -100, 1e4, -1e4,
                    float("inf"), -float("inf")])


def exported(folder, target, name):
    """The module of exported code in a folder, whatever other folders have the same names."""
    path = pathlib.Path(folder) / f"{target}_{name}.py"
    spec = importlib.util.spec_from_file_location(f"{pathlib.Path(folder).name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def reference(folder, name, x):
    """Value and derivative in float64, by the exported NumPy code, at numbers x."""
    module = exported(folder, "python", name)
    x = np.asarray(x, dtype=np.float64)
    return getattr(module, name)(x), getattr(module, name + "_derivative")(x)


def errors(actual, expected, kind, slope):
    """How far numbers of a type are from float64 ones.

    Returns the largest |a − e| / max(1, |e|) where e is in the type's range, the number of NaNs
    where e is finite, and how many infinities there are that should not be. A value beyond the
    type's range must be infinite or the largest; a derivative must be the largest.
    """
    a, e = np.asarray(actual, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    largest, defined = LARGEST[kind], ~np.isnan(e)
    inside = defined & (np.abs(e) < largest)
    nans = int(np.sum(defined & np.isnan(a)))
    compared = inside & np.isfinite(a)
    wrong = inside & np.isinf(a)
    beyond = defined & (np.abs(e) > 1.01 * largest) & ~np.isnan(a)
    wrong |= beyond & (np.abs(a) < 0.99 * largest)
    wrong |= beyond & (np.sign(a) != np.sign(e))
    if slope:
        wrong |= beyond & np.isfinite(e) & np.isinf(a)
    a, e = np.where(compared, a, 0), np.where(compared, e, 0)
    error = np.abs(a - e) / np.maximum(1, np.abs(e))
    return {"error": float(error.max(initial=0)), "nans": nans, "wrong": int(np.sum(wrong))}


def write(path, table):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(table, file, indent=1)
        file.write("\n")
