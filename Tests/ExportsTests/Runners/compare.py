"""Compares exported code with the values of cases.json, as far as its libraries are installed.

Prints one line for each target, "NAME compared" or "NAME skipped: REASON", and one line for each
number that is not as expected, "mismatch …".
"""

import importlib
import json
import os
import sys
import tempfile

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
sys.path.insert(0, os.getcwd())

with open("cases.json", encoding="utf-8") as file:
    table = json.load(file)
grid = [float(x) for x in table["grid"]]
cases = table["functions"]
KINDS = ("value", "derivative")


def compare(target, case, kind, xs, actual, expected, tolerance, single=False):
    shown = 0
    for x, a, e in zip(xs, actual, expected):
        a, e = float(a), float(e)
        if kind == "derivative" and not abs(e) < float("inf"):
            continue  # ours has overflowed twice
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


def in_double(target, evaluate):
    """evaluate(name, numbers) gives values and derivatives."""
    for case in cases:
        actual = dict(zip(KINDS, evaluate(case["name"], np.array(grid))))
        for kind in KINDS:
            compare(target, case, kind, grid, actual[kind], case[kind + "s"], 2e-12)


def in_single(target, evaluate, kinds=KINDS):
    exact = [i for i, x in enumerate(grid) if float(np.float32(x)) == x]
    xs = [grid[i] for i in exact]
    for case in cases:
        actual = dict(zip(kinds, evaluate(case["name"], np.array(xs, dtype=np.float32))))
        # Compositions round more than once, and pass it on.
        tolerance = 3e-6 if case["isUnaryOperation"] else 1e-4
        for kind in kinds:
            expected = [case[kind + "s"][i] for i in exact]
            compare(target, case, kind, xs, actual[kind], expected, tolerance, single=True)


def check(what, good):
    if not good:
        print(f"mismatch {what}")


def numpy_code():
    module = importlib.import_module("for_numpy")

    def evaluate(name, x):
        y, slope = getattr(module, name)(x), getattr(module, name + "_derivative")(x)
        check(f"python {name}: dtype {y.dtype}, {slope.dtype}", y.dtype == x.dtype == slope.dtype)
        check(f"python {name}: shape", y.shape == x.shape == slope.shape)
        return y, slope

    in_double("python", evaluate)
    in_single("python", evaluate)
    check("python: a number gives a number", np.ndim(module.f0(1)) == 0)


def pytorch_code():
    import torch

    torch.set_num_threads(1)
    module = importlib.import_module("for_pytorch")

    def evaluate(name, x):
        x = torch.tensor(x, requires_grad=True)
        y = getattr(module, name)(x)
        check(f"pytorch {name}: dtype {y.dtype}, shape {y.shape}",
              y.dtype == x.dtype and y.shape == x.shape)
        (0.5 * y).sum().backward()
        return y.detach(), 2 * x.grad

    in_double("pytorch", evaluate)
    in_single("pytorch", evaluate)
    x = torch.linspace(-3, 3, 12).reshape(3, 4)
    for case in cases[-20:]:
        f = getattr(module, case["name"])
        layer = getattr(module, case["name"].capitalize())()
        check("pytorch: the module is the function", torch.equal(layer(x), f(x)))
        check("pytorch: vmap", torch.equal(torch.func.vmap(f)(x), f(x)))
        _, forward = torch.func.jvp(f, (x,), (torch.ones_like(x),))
        _, pull = torch.func.vjp(f, x)
        check("pytorch: both directions", torch.equal(forward, pull(torch.ones_like(x))[0]))


def jax_code():
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    module = importlib.import_module("for_jax")

    def evaluate(name, x):
        x = jnp.asarray(x)
        y, slope = jax.jvp(getattr(module, name), (x,), (jnp.ones_like(x),))
        check(f"jax {name}: dtype {y.dtype}, shape {y.shape}",
              y.dtype == x.dtype and y.shape == x.shape)
        return np.asarray(y), np.asarray(slope)

    in_double("jax", evaluate)
    in_single("jax", evaluate)
    for case in cases[-4:]:
        f = getattr(module, case["name"])
        slope = jax.jit(jax.vmap(jax.grad(f)))(jnp.asarray(grid))
        compare("jax jit", case, "derivative", grid, slope, case["derivatives"], 2e-12)


def keras_code():
    import keras
    import jax

    if keras.backend.backend() != "jax":
        raise ImportError("its backend is not JAX")
    module = importlib.import_module("for_keras")

    def evaluate(name, x):
        y, pull = jax.vjp(getattr(module, name), jax.numpy.asarray(x))
        check(f"keras {name}: dtype {y.dtype}, shape {y.shape}",
              y.dtype == x.dtype and y.shape == x.shape)
        return np.asarray(y), np.asarray(pull(jax.numpy.ones_like(y))[0])

    # In single precision only: keras.ops computes sinh and others of float64 in float32.
    in_single("keras", evaluate)
    f = getattr(module, cases[-1]["name"])
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, activation=f)])
    x = np.linspace(-1, 1, 6, dtype="float32").reshape(2, 3)
    with tempfile.TemporaryDirectory() as folder:
        model.save(folder + "/model.keras")
        loaded = keras.saving.load_model(folder + "/model.keras")
    check("keras: saved and loaded", np.array_equal(model.predict(x, verbose=0),
                                                    loaded.predict(x, verbose=0)))


def onnx_code():
    import onnx
    import onnxruntime

    declared = onnx.load("declared.onnx")
    onnx.checker.check_model(declared, full_check=True)
    model = onnx.load("model.onnx")
    check("onnx: both models have the same nodes", model.graph.node == declared.graph.node)
    check("onnx: the comment", cases[0]["formula"] in model.doc_string)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    any_shape, one_shape = (
        onnxruntime.InferenceSession(m.SerializeToString(), options,
                                     providers=["CPUExecutionProvider"])
        for m in (model, declared))
    check("onnx: the shape", one_shape.get_inputs()[0].shape == [1, "N", 1])
    names = [case["name"] for case in cases]
    for session, shape in ((any_shape, (-1,)), (any_shape, (2, -1)), (one_shape, (1, -1, 1))):
        outputs = {}

        def evaluate(name, x):
            if not outputs:
                outputs.update(zip(names, session.run(names, {"x": x.reshape(shape)})))
            y = outputs[name]
            check(f"onnx {name}: shape {y.shape}", y.shape == x.reshape(shape).shape)
            return (y.reshape(-1),)

        in_single("onnx", evaluate, kinds=("value",))


try:
    import numpy as np
except ImportError as error:
    np = None
for name, test in (
    ("python", numpy_code), ("pytorch", pytorch_code), ("jax", jax_code), ("keras", keras_code),
    ("onnx", onnx_code),
):
    if np is None:
        print(f"{name} skipped: No module named 'numpy'")
        continue
    try:
        test()
        print(f"{name} compared")
    except ImportError as error:
        print(f"{name} skipped: {error}")
