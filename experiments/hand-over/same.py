"""same.py pytorch|jax FOLDER OUTPUT [--device D]: exported code beside float64 NumPy.

For every function of functions.txt: the largest error of value and derivative over −8 … 8 and
at special numbers, in float32, float16 and bfloat16, as called, compiled, and in autocast; NaNs;
infinities; gradcheck in double precision. FOLDER has what exports.py writes.
"""

import argparse
import time

import numpy as np

from shared import EPS, SPECIAL, errors, exported, names, reference, write

GRID = np.concatenate([np.linspace(-8, 8, 20001), SPECIAL])


def compared(folder, name, kind, x, y, slope):
    """Errors of value and derivative; x are the numbers of the type as float64."""
    value, derivative = reference(folder, name, x)
    finite = np.isfinite(x)
    row = {}
    for part, chosen in (("", finite), ("_at_infinity", ~finite)):
        row["value" + part] = errors(y[chosen], value[chosen], kind, False)
        row["slope" + part] = errors(slope[chosen], derivative[chosen], kind, True)
    return row


def with_torch(folder, device, is_compiled):
    import torch

    torch._dynamo.config.cache_size_limit = 256
    kinds = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}

    def both(f, x):
        x = x.detach().requires_grad_()
        y = f(x)
        (slope,) = torch.autograd.grad(y, x, torch.ones_like(y))
        return y, slope

    def numbers(t):
        return t.detach().double().cpu().numpy()

    rows = {}
    for name in names:
        start, row = time.time(), {}
        f = getattr(exported(folder, "pytorch", name), name)
        ways = {"eager": f}
        if is_compiled:
            # In one graph, or it is an error, which the record names.
            torch._dynamo.reset()
            compiled = torch.compile(f, fullgraph=True, dynamic=True)
            try:
                compiled(torch.ones(64, device=device, requires_grad=True))
                ways["compiled"] = compiled
            except Exception as error:
                row["compiling fails"] = str(error).splitlines()[0][:200]
        for kind, dtype in kinds.items():
            x = torch.tensor(GRID, device=device).to(dtype)
            for way, function in ways.items():
                y, slope = both(function, x)
                row[f"{kind} {way}"] = compared(
                    folder, name, kind, numbers(x), numbers(y), numbers(slope))
                row[f"{kind} {way}"]["type"] = str(y.dtype).removeprefix("torch.")
        for kind in ("float16", "bfloat16"):
            # A layer in autocast, and the function behind it.
            torch.manual_seed(0)
            layer = torch.nn.Linear(64, 64, device=device)
            inputs = 8 * torch.randn(256, 64, device=device)
            for way, function in ways.items():
                with torch.autocast(device, dtype=kinds[kind]):
                    hidden = layer(inputs).flatten()
                    y, slope = both(function, hidden)
                found = compared(
                    folder, name, kind, numbers(hidden), numbers(y), numbers(slope))
                found["type"] = str(y.dtype).removeprefix("torch.")
                row[f"autocast {kind} {way}"] = found
        generator = torch.Generator().manual_seed(1)
        x = (4 * torch.rand(16, dtype=torch.float64, generator=generator) - 2).to(device)
        x.requires_grad_()
        for check in ("gradcheck", "gradgradcheck"):
            options = {"check_forward_ad": True} if check == "gradcheck" else {}
            try:
                row[check] = getattr(torch.autograd, check)(f, x, **options)
            except Exception as error:
                row[check] = str(error).splitlines()[0][:200]
        row["seconds"] = time.time() - start
        rows[name] = row
        report(name, row)
    version = {"torch": torch.__version__}
    if device == "cuda":
        version["device"] = torch.cuda.get_device_name()
    return version, rows


def with_jax(folder, device, is_compiled):
    import jax
    import jax.numpy as jnp

    rows = {}
    for name in names:
        start, row = time.time(), {}
        f = getattr(exported(folder, "jax", name), name)

        def both(x):
            return jax.jvp(f, (x,), (jnp.ones_like(x),))

        def backward(x):
            return f(x), jax.grad(lambda x: jnp.sum(f(x).astype(jnp.float32)))(x)

        ways = {"eager": both}
        if is_compiled:
            ways |= {"jit": jax.jit(both), "jit backward": jax.jit(backward)}
        for kind in EPS:
            x = jnp.asarray(GRID, dtype=getattr(jnp, kind))
            for way, function in ways.items():
                y, slope = function(x)
                row[f"{kind} {way}"] = compared(
                    folder, name, kind, *(np.asarray(t.astype(jnp.float32), dtype=np.float64)
                                          for t in (x, y, slope)))
                row[f"{kind} {way}"]["type"] = str(y.dtype)
        row["seconds"] = time.time() - start
        rows[name] = row
        report(name, row)
    return {"jax": jax.__version__, "device": str(jax.devices()[0].device_kind)}, rows


def report(name, row):
    parts = []
    for way, numbers in row.items():
        if isinstance(numbers, dict):
            worst = max(numbers[p]["error"] for p in ("value", "slope"))
            bad = sum(n[k] for n in numbers.values() if isinstance(n, dict)
                      for k in ("nans", "wrong"))
            parts.append(f"{way} {worst:.1e}" + (f" BAD {bad}" if bad else ""))
        else:
            parts.append(f"{way} {numbers if not isinstance(numbers, float) else round(numbers)}")
    print(name, "; ".join(parts), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", choices=["pytorch", "jax"])
    parser.add_argument("folder")
    parser.add_argument("output")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--eager", action="store_true", help="without compiling")
    parser.add_argument("--part", help="0/4: the first of four parts of the functions")
    parser.add_argument("--only", help="names, joined by commas")
    options = parser.parse_args()
    if options.only:
        names[:] = options.only.split(",")
    if options.part:
        part, parts = map(int, options.part.split("/"))
        names[:] = names[part::parts]
    run = with_torch if options.library == "pytorch" else with_jax
    versions, rows = run(options.folder, options.device, not options.eager)
    write(options.output, {**versions, "functions": rows})


main()
