"""Keras with the back end that KERAS_BACKEND names."""

import math
import tempfile

import numpy as np

from comparison import (
    KINDS, case_in_half, case_in_single, check, half_grid, modules, single_grid)


def with_jax(function, numbers):
    import jax

    y, pull = jax.vjp(function, jax.numpy.asarray(numbers))
    return y, pull(jax.numpy.ones_like(y))[0]


def with_tensorflow(function, numbers):
    import tensorflow

    x = tensorflow.constant(numbers)
    with tensorflow.GradientTape() as tape:
        tape.watch(x)
        y = function(x)
    return y, tape.gradient(y, x)


def with_torch(function, numbers):
    import torch

    x = torch.tensor(numbers, requires_grad=True)
    y = function(x)
    y.sum().backward()
    return y.detach(), x.grad


def with_numpy(function, numbers):
    return (function(numbers),)


def run(backend):
    import keras

    if keras.backend.backend() != backend:
        raise ImportError(f"its back end is not {backend}")
    evaluate = globals()[f"with_{backend}"]
    kinds = KINDS[:1] if backend == "numpy" else KINDS
    # In single precision only: keras.ops computes sinh and others of float64 in float32.
    for case, module in modules("keras"):
        function = getattr(module, case["name"])
        results = [np.asarray(result) for result in evaluate(function, single_grid)]
        for y in results:
            check(f"keras {case['name']}: {y.dtype}, {y.shape}",
                  y.dtype == np.float32 and y.shape == single_grid.shape)
        case_in_single(f"keras-{backend}", case, results, kinds)
        single = evaluate(function, half_grid)
        half = evaluate(function, half_grid.astype(np.float16))
        kind = keras.backend.standardize_dtype(half[0].dtype)
        check(f"keras {case['name']}: {kind}", kind == "float16")
        numbers = [[np.asarray(y) for y in pair] for pair in (half, single)]
        with np.errstate(over="ignore"):
            case_in_half(f"keras-{backend}", case, numbers[0],
                         [y.astype(np.float16) for y in numbers[1]], 65504.0)
        if backend == "numpy" and case["formula"] in ("erfc(x)", "gelu(x)"):
            # Our own series for erfc keeps double precision where Keras does, as 3.2 did.
            y = function(np.zeros(1))
            check(f"keras {case['name']}: double precision",
                  y.dtype == np.float32 or in_double(case["formula"], function))
    save_and_load(keras, function)
    return {"keras": keras.__version__}


def in_double(formula, function):
    x = np.linspace(-6, 6, 49)

    def erfc(x):
        return np.array([math.erfc(number) for number in x])

    expected = erfc(x) if formula == "erfc(x)" else 0.5 * x * erfc(-x / math.sqrt(2))
    return np.allclose(function(x), expected, rtol=2e-14, atol=0)


def save_and_load(keras, function):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, activation=function)])
    x = np.linspace(-1, 1, 6, dtype="float32").reshape(2, 3)
    with tempfile.TemporaryDirectory() as folder:
        model.save(folder + "/model.keras")
        loaded = keras.saving.load_model(folder + "/model.keras")
    check("keras: saved and loaded", np.array_equal(model.predict(x, verbose=0),
                                                    loaded.predict(x, verbose=0)))
