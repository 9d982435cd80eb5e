"""price.py FOLDER OUTPUT [--warm PART/PARTS]: what exported PyTorch code costs on a GPU.

Time of forward, and of forward and backward, as called and by torch.compile, in float32 and
bfloat16, beside PyTorch's own functions; and the bytes that are kept for the backward pass beside
the output. Medians of 30 rounds, by events of the device. With --warm it only compiles a part of
the functions, into the cache that the run with times then reads.
"""

import argparse
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

from shared import exported, names, write

KINDS = {"float32": torch.float32, "bfloat16": torch.bfloat16}
# Larger than the caches; and a map of ResNet-20, where the time is that of launching.
CASES = (([128, 64, 56, 56], "float32"), ([128, 64, 56, 56], "bfloat16"),
         ([64, 16, 32, 32], "float32"))


def naive(x):
    """The formula of found_cifar10 by PyTorch's own functions, without a derivative of its own."""
    return 0.594854843192844 * torch.asinh(F.silu(x)) + 0.405145156807156 * F.gelu(x)


def functions(folder, before):
    own = {"nn.ReLU": nn.ReLU(), "nn.GELU": nn.GELU(), "nn.SiLU": nn.SiLU(), "nn.ELU": nn.ELU(),
           "found_cifar10, formula": naive}
    ours = {name: getattr(exported(folder, "pytorch", name), name) for name in names}
    if before:
        for name in ("found_cifar10", "golu", "wave"):
            own[f"{name}, before"] = getattr(exported(before, "pytorch", name), name)
    return own | ours


def median(step):
    """The median time in microseconds."""
    for _ in range(5):
        step()
    times = []
    for _ in range(30):
        start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        start.record()
        step()
        end.record()
        torch.cuda.synchronize()
        times.append(1000 * start.elapsed_time(end))
    return statistics.median(times)


def kept(function, x):
    """Bytes that live between forward and backward, without those of the output, per element.

    The argument is the output of a layer that keeps nothing, and is let go as in a network.
    """
    torch.cuda.synchronize()
    before = torch.cuda.memory_allocated()
    hidden = x + 0.0
    y = function(hidden)
    del hidden
    more = torch.cuda.memory_allocated() - before - y.numel() * y.element_size()
    del y
    return max(0, more) / x.numel()


def measure(function, x):
    upstream = torch.randn_like(x)

    def forward():
        function(x)

    def both():
        x.grad = None
        function(x).backward(upstream)

    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    x.grad = None
    both()
    peak = (torch.cuda.max_memory_allocated() - before) / x.numel()
    return {"forward_us": median(forward), "both_us": median(both),
            "kept_bytes": kept(function, x), "peak_bytes": peak}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("output")
    parser.add_argument("--before", help="a folder with exports of an earlier program")
    parser.add_argument("--warm")
    options = parser.parse_args()
    torch._dynamo.config.cache_size_limit = 64
    start, rows = time.time(), {}
    part, parts = map(int, (options.warm or "0/1").split("/"))
    chosen = list(functions(options.folder, options.before).items())[part::parts]
    for shape, kind in CASES:
        x = torch.randn(shape, device="cuda", dtype=KINDS[kind], requires_grad=True)
        for name, function in chosen:
            torch._dynamo.reset()
            compiled = torch.compile(function, dynamic=False)
            compiled(x).backward(torch.ones_like(x))
            if options.warm:
                continue
            row = rows.setdefault(name, {})
            for way, called in (("eager", function), ("compiled", compiled)):
                row[f"{shape} {kind} {way}"] = measured = measure(called, x)
                print(f"{name:24} {shape} {kind:8} {way:8}",
                      *(f"{k} {v:.1f}" for k, v in measured.items()), flush=True)
        del x
    print(f"{time.time() - start:.0f} s", flush=True)
    if not options.warm:
        write(options.output, {"torch": torch.__version__, "device": torch.cuda.get_device_name(),
                               "functions": rows})


main()
