"""compare.py TARGET: compares exported code of the working folder with the values of cases.json.

The last line is "TARGET compared with NAME==VERSION …" or "TARGET skipped: REASON" where a library
is not installed; before it comes a line for each number that is not as expected, "mismatch …".
"""

import os
import sys

target = sys.argv[1]
COMPILED = 9  # every ninth function is compiled, which takes a second
os.environ["KERAS_BACKEND"] = target.partition("-")[2] or "jax"
os.environ.setdefault("JAX_PLATFORMS", "cpu")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def python():
    from comparison import (
        case_in_double, case_in_half, case_in_single, double_grid, half_grid, single_grid)

    def both(name, x):
        return getattr(module, name)(x), getattr(module, name + "_derivative")(x)

    for case, module in modules("python"):
        name = case["name"]
        for x, same in ((double_grid, case_in_double), (single_grid, case_in_single)):
            y, slope = both(name, x)
            check(f"python {name}: {y.dtype}, {slope.dtype}", y.dtype == x.dtype == slope.dtype)
            check(f"python {name}: shape", y.shape == x.shape == slope.shape)
            same("python", case, (y, slope))
        half = both(name, half_grid.astype(np.float16))
        check(f"python {name}: {half[0].dtype}, {half[1].dtype}",
              half[0].dtype == np.float16 == half[1].dtype)
        with np.errstate(over="ignore"):
            single = [y.astype(np.float16) for y in both(name, half_grid)]
        case_in_half("python", case, half, single, 65504.0)
        check("python: a number gives a number", np.ndim(getattr(module, name)(1)) == 0)
    return {"numpy": np.__version__}


def pytorch():
    import torch
    from comparison import (
        alone, case_in_double, case_in_half, case_in_single, double_grid, half_grid, single_grid)

    def both(f, x):
        x = x.requires_grad_()
        y = f(x)
        y.backward(torch.ones_like(y))
        return y.detach(), x.grad

    def equal(a, b):
        return torch.allclose(a, b, rtol=0, atol=0, equal_nan=True)

    torch.set_num_threads(1)
    for case, module in modules("pytorch"):
        f = getattr(module, case["name"])
        for numbers, same in ((double_grid, case_in_double), (single_grid, case_in_single)):
            x = torch.tensor(numbers, requires_grad=True)
            y = f(x)
            check(f"pytorch {case['name']}: {y.dtype}, {y.shape}",
                  y.dtype == x.dtype and y.shape == x.shape)
            (0.5 * y).sum().backward()
            same("pytorch", case, (y.detach(), 2 * x.grad))
        single = both(f, torch.tensor(half_grid))
        for kind in (torch.float16, torch.bfloat16):
            half = both(f, torch.tensor(half_grid).to(kind))
            check(f"pytorch {case['name']}: {half[0].dtype}, {half[1].dtype}",
                  half[0].dtype == kind == half[1].dtype)
            case_in_half(f"pytorch {kind}", case, half, [y.to(kind) for y in single],
                         torch.finfo(kind).max)
        if module.__name__ == "pytorch_all":
            continue
        if case in alone[::COMPILED] and hasattr(getattr(torch, "compiler", 0), "is_compiling"):
            # In one piece, forward and backward.
            compiled = torch.compile(f, fullgraph=True, backend="aot_eager")
            for a, b in zip(both(compiled, torch.tensor(half_grid)), single):
                check(f"pytorch {case['name']}: compiled", torch.allclose(a, b, equal_nan=True))
        x = torch.linspace(-3, 3, 12).reshape(3, 4)
        layer = getattr(module, case["name"].capitalize())()
        check("pytorch: the module is the function", equal(layer(x), f(x)))
        check("pytorch: vmap", equal(torch.func.vmap(f)(x), f(x)))
        _, forward = torch.func.jvp(f, (x,), (torch.ones_like(x),))
        _, pull = torch.func.vjp(f, x)
        check("pytorch: both directions", equal(forward, pull(torch.ones_like(x))[0]))
    return {"torch": torch.__version__.partition("+")[0]}


def jax():
    import jax
    from comparison import (
        cases, case_in_double, case_in_half, case_in_single, compare, double_grid, grid,
        half_grid, single_grid)

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    for case, module in modules("jax"):
        for numbers, same in ((double_grid, case_in_double), (single_grid, case_in_single)):
            x = jnp.asarray(numbers)
            y, slope = jax.jvp(getattr(module, case["name"]), (x,), (jnp.ones_like(x),))
            check(f"jax {case['name']}: {y.dtype}, {y.shape}",
                  y.dtype == x.dtype and y.shape == x.shape)
            same("jax", case, (np.asarray(y), np.asarray(slope)))
        x = jnp.asarray(half_grid)
        single = jax.jvp(getattr(module, case["name"]), (x,), (jnp.ones_like(x),))
        for kind in (jnp.float16, jnp.bfloat16):
            x = jnp.asarray(half_grid, dtype=kind)
            half = jax.jvp(getattr(module, case["name"]), (x,), (jnp.ones_like(x),))
            check(f"jax {case['name']}: {half[0].dtype}, {half[1].dtype}",
                  half[0].dtype == kind == half[1].dtype)
            case_in_half(f"jax {half[0].dtype}", case, half, [y.astype(kind) for y in single],
                         float(jnp.finfo(kind).max))
        if case in cases[-4:]:
            slope = jax.jit(jax.vmap(jax.grad(getattr(module, case["name"]))))(double_grid)
            compare("jax jit", case, "derivative", grid, slope, case["derivatives"], 2e-12)
    return {"jax": jax.__version__}


try:
    import numpy as np
    from comparison import check, modules

    if target.startswith("keras-"):
        import keras_target

        versions = keras_target.run(os.environ["KERAS_BACKEND"])
    elif target == "onnx":
        import onnx_target

        versions = onnx_target.run()
    else:
        versions = {"python": python, "pytorch": pytorch, "jax": jax}[target]()
    print(f"{target} compared with " + " ".join(f"{k}=={v}" for k, v in versions.items()))
except ImportError as error:
    print(f"{target} skipped: {error}")
