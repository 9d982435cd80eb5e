"""holds.py FOLDER DATA OUTPUT: ResNet-20 on CIFAR-10 in PyTorch with several functions.

10 epochs of the first 10,000 training images in batches of 64, SGD 0.1 with momentum 0.9 and a
cosine to zero, weight decay 1e−4, crops out of a frame of 4 pixels and flips; all 10,000 test
images once, at the end. Seeds are trained side by side, each on a stream of its own, as one graph
of the device; a seed has the same weights and images with every function. DATA has the files of
CIFAR-10's binary version, .xz or not.
"""

import argparse
import lzma
import math
import pathlib
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from shared import exported, write

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "benchmarks" / "peers"))
from resnet20 import ResNet20  # noqa: E402

BATCH, IMAGES, EPOCHS = 64, 10_000, 10
# Our own code of found functions and of GoLU, PyTorch's of the others.
OURS = ["golu", "found_cifar10", "found_paper", "found_plain"]
OWN = {"relu": nn.ReLU, "gelu": nn.GELU, "silu": nn.SiLU, "elu": nn.ELU}


def read(folder, name):
    path = pathlib.Path(folder) / name
    data = path.read_bytes() if path.exists() else lzma.open(f"{path}.xz").read()
    rows = np.frombuffer(data, dtype=np.uint8).reshape(-1, 3073)
    return rows[:, 1:].reshape(-1, 3, 32, 32), rows[:, 0].astype(np.int64)


def made(activation, seed):
    """A network whose weights depend on the seed alone: He-normal by inputs, biases 0."""
    generator = torch.Generator().manual_seed(seed)
    network = ResNet20(activation)
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            inputs = layer.weight[0].numel()
            with torch.no_grad():
                layer.weight.normal_(0, math.sqrt(2 / inputs), generator=generator)
                if layer.bias is not None:
                    layer.bias.zero_()
    return network


def plan(seed, epochs):
    """Images, shifts and flips of all steps: [steps, batch] each."""
    generator = torch.Generator().manual_seed(1000 + seed)
    steps = IMAGES // BATCH
    orders = [torch.randperm(IMAGES, generator=generator)[: steps * BATCH].reshape(steps, BATCH)
              for _ in range(epochs)]
    shape = (epochs * steps, BATCH)
    down, right = (torch.randint(0, 9, shape, generator=generator) for _ in range(2))
    return torch.cat(orders), down, right, torch.randint(0, 2, shape, generator=generator)


class Training:
    """One seed's network, its momentum, and its part of a step."""

    def __init__(self, activation, seed, data, epochs, half):
        self.network = made(activation, seed).to(data["device"])
        self.parameters = list(self.network.parameters())
        self.momentum = [torch.zeros_like(p) for p in self.parameters]
        self.plan = [t.to(data["device"]) for t in plan(seed, epochs)]
        self.now = [t[0].clone() for t in self.plan]
        self.data, self.half = data, half
        self.loss = torch.zeros((), device=data["device"])

    def load(self, step):
        for now, all_steps in zip(self.now, self.plan):
            now.copy_(all_steps[step])

    def images(self):
        index, down, right, flip = self.now
        span = torch.arange(32, device=index.device)
        columns = torch.where(flip[:, None] == 1, 31 - span, span) + right[:, None]
        rows = span + down[:, None]
        channels = torch.arange(3, device=index.device)[None, :, None, None]
        return self.data["train"][index[:, None, None, None], channels,
                                  rows[:, None, :, None], columns[:, None, None, :]]

    def step(self, rate):
        """One step of gradient descent, nothing of which waits for the host."""
        images, labels = self.images(), self.data["labels"][self.now[0]]
        with torch.autocast(images.device.type, dtype=torch.bfloat16, enabled=self.half):
            logits = self.network(images)
        loss = F.cross_entropy(logits.float(), labels)
        gradients = torch.autograd.grad(loss, self.parameters)
        with torch.no_grad():
            gradients = torch._foreach_add(gradients, self.parameters, alpha=1e-4)
            torch._foreach_mul_(self.momentum, 0.9)
            torch._foreach_add_(self.momentum, gradients)
            torch._foreach_sub_(self.parameters, torch._foreach_mul(self.momentum, rate))
            self.loss.copy_(loss)

    def accuracy(self):
        self.network.eval()
        right = 0
        with torch.no_grad():
            for images, labels in zip(self.data["test"].split(1000),
                                      self.data["test_labels"].split(1000)):
                with torch.autocast(images.device.type, dtype=torch.bfloat16, enabled=self.half):
                    right += (self.network(images).argmax(1) == labels).sum().item()
        return 100 * right / len(self.data["test"])


class Side:
    """Steps of several trainings side by side, captured once."""

    def __init__(self, trainings, rate, is_parallel):
        self.trainings, self.rate = trainings, rate
        self.streams = [torch.cuda.Stream() for _ in trainings] if is_parallel else None
        saved = [(t, [p.detach().clone() for p in t.parameters]) for t in trainings]
        buffers = [[b.clone() for b in t.network.buffers()] for t in trainings]
        first = torch.cuda.Stream()
        first.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(first):
            for _ in range(3):
                self.run()
        torch.cuda.current_stream().wait_stream(first)
        torch.cuda.synchronize()
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.run()
        # The first steps do not count.
        with torch.no_grad():
            for (training, weights), old in zip(saved, buffers):
                torch._foreach_copy_(training.parameters, weights)
                torch._foreach_zero_(training.momentum)
                for buffer, value in zip(training.network.buffers(), old):
                    buffer.copy_(value)

    def run(self):
        if self.streams is None:
            for training in self.trainings:
                training.step(self.rate)
            return
        here = torch.cuda.current_stream()
        for training, stream in zip(self.trainings, self.streams):
            stream.wait_stream(here)
            with torch.cuda.stream(stream):
                training.step(self.rate)
        for stream in self.streams:
            here.wait_stream(stream)

    def __call__(self):
        self.graph.replay()


def train(activation, seeds, data, options, half):
    rate = torch.zeros((), device=data["device"])
    trainings = [Training(activation, seed, data, options.epochs, half) for seed in seeds]
    steps = options.steps or len(trainings[0].plan[0])
    on_device = data["device"] == "cuda"
    rates = [0.05 * (1 + math.cos(math.pi * step / steps)) for step in range(steps)]
    step = None
    for index in range(steps):
        rate.fill_(rates[index])
        for training in trainings:
            training.load(index)
        if step is None and on_device:
            step = Side(trainings, rate, not options.serial)
        if on_device:
            step()
        else:
            for training in trainings:
                training.step(rate)
    losses = [training.loss.item() for training in trainings]
    return [training.accuracy() for training in trainings], losses


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("data")
    parser.add_argument("output")
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--steps", type=int, help="end after so many")
    parser.add_argument("--only", help="names, joined by commas")
    parser.add_argument("--serial", action="store_true", help="seeds one after the other")
    parser.add_argument("--kinds", default="float32,autocast bfloat16")
    parser.add_argument("--limit", type=float, default=1e9, help="seconds after which none begins")
    options = parser.parse_args()
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    train_images, labels = read(options.data, "data_batch_1.bin")
    test_images, test_labels = read(options.data, "test_batch.bin")
    mean = train_images.mean((0, 2, 3), keepdims=True)
    deviation = train_images.std((0, 2, 3), keepdims=True)

    def scaled(images):
        return torch.tensor(((images - mean) / deviation).astype(np.float32))

    # The frame is black, as it is before the images are normalized.
    framed = np.pad(train_images, ((0, 0), (0, 0), (4, 4), (4, 4)))
    data = {"train": scaled(framed), "labels": torch.tensor(labels),
            "test": scaled(test_images), "test_labels": torch.tensor(test_labels)}
    data = {key: value.to(options.device) for key, value in data.items()}
    data["device"] = options.device
    functions = OWN | {name: getattr(exported(options.folder, "pytorch", name),
                                     name.title().replace("_", "")) for name in OURS}
    if options.only:
        functions = {name: functions[name] for name in options.only.split(",")}
    versions = {"torch": torch.__version__}
    if options.device == "cuda":
        versions["device"] = torch.cuda.get_device_name()
    table, begin = {kind: {} for kind in options.kinds.split(",")}, time.time()
    for kind in table:
        for name, activation in functions.items():
            start = time.time()
            if start - begin > options.limit:
                continue
            accuracies, losses = train(activation, range(options.seeds), data, options,
                                       kind != "float32")
            seconds = time.time() - start
            table[kind][name] = {"accuracies": accuracies, "losses": losses, "seconds": seconds}
            print(f"{kind} {name:14}", *(f"{a:.2f}" for a in accuracies),
                  f"mean {np.mean(accuracies):.2f}, {seconds:.0f} s", flush=True)
            write(options.output, {**versions, "trainings": table})


main()
