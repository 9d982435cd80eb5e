"""Steps in PyTorch, as JSON: training with ReLU, or the GRAFS supernet of ResNet-20.

usage: measure.py train [--network NAME] [--configuration C] [--batch N] [--repeats N] [--threads N]
       measure.py supernet|supernet-compiled [--batch N] [--repeats N] [--threads N]
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time

# Threads keep their processors. Read when the library is loaded.
os.environ.setdefault("OMP_PROC_BIND", "true")
os.environ.setdefault("OMP_PLACES", "cores")

import torch
import torch.nn as nn
import torch.nn.functional as F

from residual import ResNet20

BOUND = 10.0
WARMING = 3
REFERENCES = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "Tests", "References")

# The 23 unary and 9 binary operations of GRAFS; p is the learnable scalar.
UNARY = [
    lambda x, p: x, lambda x, p: -x, lambda x, p: x.abs(), lambda x, p: x * x,
    lambda x, p: x * x * x, lambda x, p: x.clamp(min=1e-3).sqrt(), lambda x, p: x + p,
    lambda x, p: p * x, lambda x, p: p.expand_as(x), lambda x, p: x.exp(),
    lambda x, p: x.sinh(), lambda x, p: x.tanh(), lambda x, p: x.asinh(), lambda x, p: x.atan(),
    lambda x, p: x.relu(), lambda x, p: x.clamp(max=0), lambda x, p: x.sigmoid(),
    lambda x, p: F.softplus(x), lambda x, p: x.erf(), lambda x, p: F.silu(x),
    lambda x, p: F.gelu(x), lambda x, p: F.elu(x), lambda x, p: F.leaky_relu(x),
]
BINARY = [
    lambda a, b, p: a + b, lambda a, b, p: a - b, lambda a, b, p: a * b,
    lambda a, b, p: torch.maximum(a, b), lambda a, b, p: torch.minimum(a, b),
    lambda a, b, p: a.sigmoid() * b,
    lambda a, b, p: p.sigmoid() * a + (1 - p.sigmoid()) * b,
    lambda a, b, p: a, lambda a, b, p: b,
]


class Architecture(nn.Module):
    """Architecture weights and scalars of the six slots u0, u1, b0, u2, u3, b1."""

    def __init__(self):
        super().__init__()
        self.operations = [UNARY, UNARY, BINARY, UNARY, UNARY, BINARY]
        sizes = [len(operations) for operations in self.operations]
        self.alpha = nn.ParameterList(nn.Parameter(1e-6 * torch.rand(n)) for n in sizes)
        self.scalars = nn.ParameterList(nn.Parameter(torch.ones(n)) for n in sizes)

    def mixture(self, slot, weights, *arguments):
        scalars = self.scalars[slot]
        return sum(
            w * f(*arguments, s).clamp(-BOUND, BOUND)
            for w, s, f in zip(weights, scalars, self.operations[slot]))


class Cell(nn.Module):
    """The relaxed activation of one call site, which draws its own Dirichlet weights."""

    def __init__(self, architecture):
        super().__init__()
        self.shared = [architecture]  # not registered again

    def forward(self, x):
        net = self.shared[0]
        w = [torch.distributions.Dirichlet(F.elu(a) + 1).rsample() for a in net.alpha]
        b0 = net.mixture(2, w[2], net.mixture(0, w[0], x), net.mixture(1, w[1], x))
        return net.mixture(5, w[5], net.mixture(3, w[3], b0), net.mixture(4, w[4], x))


# How PyTorch can be told to train; the fastest of those in single precision is the peer.
CONFIGURATIONS = {
    "eager": {},
    "channels-last": {"channels_last": True},
    "compiled": {"compiled": True},
    "channels-last-compiled": {"channels_last": True, "compiled": True},
    "bf16": {"channels_last": True, "bf16": True},
    "bf16-compiled": {"channels_last": True, "bf16": True, "compiled": True},
}


def relu_network(name):
    """A network of the tables, with ReLU, for color images of 32×32 pixels in 10 classes."""
    if name == "resnet20":
        return ResNet20(nn.ReLU)
    if name.startswith("resnet"):
        return ResNet20(nn.ReLU, blocks=(int(name[6:]) - 2) // 6)
    sys.path.insert(0, REFERENCES)
    import networks
    networks.activation = F.relu
    if name.startswith("preresnet"):
        return networks.preresnet(int(name[9:]), name == "preresnet164", 3, 10)
    if name.startswith("wrn-"):
        return networks.wrn(*map(int, name[4:].split("-")), 3, 10)
    if name.startswith("densenet-"):
        return networks.DenseNet(*map(int, name[9:].split("-")), 3, 10)
    return {"all-cnn-c": networks.AllCNN, "lenet5": networks.LeNet5}[name](3, 10)


def train_steps(options):
    """The seconds of each training step after those that warm up."""
    told = CONFIGURATIONS[options.configuration]
    network = relu_network(options.network)
    images = torch.randn(options.batch, 3, 32, 32)
    if told.get("channels_last"):
        network = network.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    forward = torch.compile(network) if told.get("compiled") else network
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, weight_decay=1e-4)
    labels = torch.arange(options.batch) % 10
    for repeat in range(options.repeats + WARMING):
        start = time.perf_counter()
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled=bool(told.get("bf16"))):
            loss = F.cross_entropy(forward(images), labels)
        loss.backward()
        optimizer.step()
        if repeat >= WARMING:
            yield time.perf_counter() - start


def supernet_steps(options):
    """The seconds of each pass for both gradients after the first, which may compile."""
    architecture = Architecture()
    parameters = list(architecture.parameters())
    network = ResNet20(lambda: Cell(architecture))
    forward = torch.compile(network) if options.what.endswith("compiled") else network
    optimizer = torch.optim.SGD(network.parameters(), 0.01, momentum=0.9, weight_decay=1e-4)
    images = torch.randn(options.batch, 3, 32, 32)
    labels = torch.arange(options.batch) % 10
    for repeat in range(options.repeats + 1):
        start = time.perf_counter()
        optimizer.zero_grad()
        F.cross_entropy(forward(images), labels).backward()
        optimizer.step()
        if repeat > 0:
            yield time.perf_counter() - start
        for parameter in parameters:
            parameter.grad = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["train", "supernet", "supernet-compiled"])
    parser.add_argument("--network", default="resnet20")
    parser.add_argument("--configuration", choices=list(CONFIGURATIONS), default="eager")
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    seconds = list((train_steps if options.what == "train" else supernet_steps)(options))
    median = statistics.median(seconds)
    print(json.dumps({
        "what": options.what, "torch": torch.__version__, "batch": options.batch,
        "network": options.network, "configuration": options.configuration,
        "threads": options.threads, "images_per_second": options.batch / median,
        "step_seconds": median,
        "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


if __name__ == "__main__":
    main()
