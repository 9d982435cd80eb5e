"""Writes reference passes and gradients of small members of the network families, and the
parameter counts of the published ones.

The networks are written here again in the usual PyTorch way (channels first, kernels OIHW), in
float64. Weights and images come from a hash that both sides compute exactly, with the element's
index in PyTorch's layout; the activation is SiLU, which has no kink. Images are not square and have
odd sizes in the later stages, but for LeNet-5. Made with Python 3.11.7 and PyTorch 2.15.0 (CPU; the
digits written do not depend on the version):

    python3 Tests/References/networks.py
"""

import json
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

from resnet20 import digest, hashed, listed, single, uniform

FILE = os.path.join(
    os.path.dirname(__file__), "..", "NetworksTests", "References", "networks.json")
CLASSES, RATE = 5, 0.01

# What benchmarks replace by ReLU.
activation = F.silu


def conv(channels, filters, size=3, stride=1, padding=None):
    padding = size // 2 if padding is None else padding
    return nn.Conv2d(channels, filters, size, stride, padding, bias=False)


class Block(nn.Module):
    """Basic or bottleneck; the projection takes the first activation."""

    def __init__(self, channels, filters, stride, bottleneck):
        super().__init__()
        inner = filters // 4 if bottleneck else filters
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = conv(channels, inner, 1 if bottleneck else 3, stride)
        self.bn2 = nn.BatchNorm2d(inner)
        self.conv2 = conv(inner, inner if bottleneck else filters)
        if bottleneck:
            self.bn3 = nn.BatchNorm2d(inner)
            self.conv3 = conv(inner, filters, 1)
        self.bottleneck = bottleneck
        self.projects = stride != 1 or channels != filters
        if self.projects:
            self.shortcut = nn.Sequential(conv(channels, filters, 1, stride))

    def forward(self, x):
        y = activation(self.bn1(x))
        shortcut = self.shortcut(y) if self.projects else x
        y = self.conv2(activation(self.bn2(self.conv1(y))))
        if self.bottleneck:
            y = self.conv3(activation(self.bn3(y)))
        return y + shortcut


class PreResNet(nn.Module):
    def __init__(self, blocks, widths, bottleneck, channels, classes):
        super().__init__()
        self.conv1 = conv(channels, 16)
        width = 16
        for stage, filters in enumerate(widths):
            made = []
            for block in range(blocks):
                stride = 2 if stage > 0 and block == 0 else 1
                made.append(Block(width, filters, stride, bottleneck))
                width = filters
            setattr(self, f"layer{stage + 1}", nn.Sequential(*made))
        self.bn = nn.BatchNorm2d(width)
        self.linear = nn.Linear(width, classes)

    def forward(self, x):
        y = self.layer3(self.layer2(self.layer1(self.conv1(x))))
        return self.linear(activation(self.bn(y)).mean(dim=(2, 3)))


def preresnet(depth, bottleneck, channels, classes):
    widths = [64, 128, 256] if bottleneck else [16, 32, 64]
    return PreResNet((depth - 2) // (9 if bottleneck else 6), widths, bottleneck, channels, classes)


def wrn(depth, factor, channels, classes):
    widths = [16 * factor, 32 * factor, 64 * factor]
    return PreResNet((depth - 4) // 6, widths, False, channels, classes)


class DenseLayer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = conv(channels, 4 * growth, 1)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = conv(4 * growth, growth)

    def forward(self, x):
        y = self.conv1(activation(self.bn1(x)))
        return torch.cat([x, self.conv2(activation(self.bn2(y)))], 1)


class Transition(nn.Module):
    def __init__(self, channels, filters):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.conv = conv(channels, filters, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv(activation(self.bn(x))), 2)


class DenseNet(nn.Module):
    def __init__(self, depth, growth, channels, classes):
        super().__init__()
        layers, width = (depth - 4) // 6, 2 * growth
        self.conv1 = conv(channels, width)
        for block in range(1, 4):
            setattr(self, f"dense{block}", nn.Sequential(
                *[DenseLayer(width + i * growth, growth) for i in range(layers)]))
            width += layers * growth
            if block < 3:
                setattr(self, f"trans{block}", Transition(width, width // 2))
                width //= 2
        self.bn = nn.BatchNorm2d(width)
        self.linear = nn.Linear(width, classes)

    def forward(self, x):
        y = self.trans1(self.dense1(self.conv1(x)))
        y = self.dense3(self.trans2(self.dense2(y)))
        return self.linear(activation(self.bn(y)).mean(dim=(2, 3)))


class AllCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        layers = [
            (96, 3, 1, 1), (96, 3, 1, 1), (96, 3, 2, 1), (192, 3, 1, 1), (192, 3, 1, 1),
            (192, 3, 2, 1), (192, 3, 1, 0), (192, 1, 1, 0)]
        self.count = len(layers)
        for i, (filters, size, stride, padding) in enumerate(layers):
            setattr(self, f"conv{i + 1}", conv(channels, filters, size, stride, padding))
            setattr(self, f"bn{i + 1}", nn.BatchNorm2d(filters))
            channels = filters
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        for i in range(1, self.count + 1):
            x = activation(getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(x)))
        # The 1x1 convolution to the scores, before the mean, as in the paper.
        scores = F.conv2d(x, self.linear.weight[:, :, None, None], self.linear.bias)
        return scores.mean(dim=(2, 3))


class LeNet5(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.conv3 = nn.Conv2d(16, 120, 5)
        self.fc1 = nn.Linear(120, 84)
        self.fc2 = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(activation(self.conv1(x)), 2)
        x = F.avg_pool2d(activation(self.conv2(x)), 2)
        x = activation(self.conv3(x)).flatten(1)
        return self.fc2(activation(self.fc1(x)))


class PlainCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        for i, filters in enumerate([16, 32, 32, 32]):
            setattr(self, f"conv{i + 1}", nn.Conv2d(channels, filters, 3, 1, 1))
            channels = filters
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        x = F.avg_pool2d(activation(self.conv1(x)), 2)
        x = F.avg_pool2d(activation(self.conv2(x)), 2)
        x = activation(self.conv4(activation(self.conv3(x))))
        return self.linear(x.mean(dim=(2, 3)))


def initialize(model, salt):
    """He's deviation in kernels and matrices; scales around 1; offsets and biases small."""
    with torch.no_grad():
        for number, (name, p) in enumerate(model.named_parameters()):
            u = uniform(p.shape, 1000 * salt + number)
            if p.dim() > 1:
                p.copy_(single(u * (6 / p[0].numel()) ** 0.5))
            elif "bn" in name and name.endswith("weight"):
                p.copy_(single(1 + 0.25 * u))
            else:
                p.copy_(single(0.25 * u))


def reference(salt, name, model, batch, height, width, channels):
    model = model.double()
    initialize(model, salt)
    images = single(uniform((batch, channels, height, width), 1000 * salt + 500) * 3**0.5)
    labels = hashed(batch, 1000 * salt + 600) % CLASSES
    logits = model(images)
    loss = F.cross_entropy(logits, labels)
    loss.backward()
    gradients = {
        n: digest(i, p.grad) if p.dim() > 1 else {"all": listed(p.grad)}
        for i, (n, p) in enumerate(model.named_parameters())}
    statistics = {n: listed(b) for n, b in model.named_buffers() if b.dim() > 0}
    result = {
        "name": name, "salt": salt, "batch": batch, "height": height, "width": width,
        "channels": channels, "classes": CLASSES, "rate": RATE,
        "names": [n for n, _ in model.named_parameters()], "loss": loss.item(),
        "logits": listed(logits.detach()), "gradients": gradients, "statistics": statistics}
    with torch.no_grad():
        for p in model.parameters():
            p -= RATE * p.grad
    result["loss_after"] = F.cross_entropy(model(images), labels).item()
    model.eval()
    with torch.no_grad():
        result["inference"] = listed(model(images))
    print(f"{name}: loss {loss.item():.4f}, after a step {result['loss_after']:.4f}")
    assert result["loss_after"] < loss.item()
    return result


def main():
    networks = [
        reference(1, "preresnet8", preresnet(8, False, 3, CLASSES), 4, 10, 7, 3),
        reference(2, "preresnet11", preresnet(11, True, 1, CLASSES), 4, 9, 6, 1),
        reference(3, "wrn-10-2", wrn(10, 2, 3, CLASSES), 4, 7, 10, 3),
        reference(4, "densenet-16-4", DenseNet(16, 4, 3, CLASSES), 4, 14, 11, 3),
        reference(5, "all-cnn-c", AllCNN(3, CLASSES), 4, 14, 11, 3),
        reference(6, "lenet5", LeNet5(1, CLASSES), 3, 32, 32, 1),
        reference(7, "plain-cnn", PlainCNN(3, CLASSES), 4, 14, 11, 3),
    ]
    published = {
        "preresnet56": preresnet(56, False, 3, 10), "preresnet110": preresnet(110, False, 3, 10),
        "preresnet164": preresnet(164, True, 3, 10), "wrn-28-10": wrn(28, 10, 3, 10),
        "wrn-10-4": wrn(10, 4, 3, 10), "wrn-16-2": wrn(16, 2, 3, 10),
        "wrn-40-4": wrn(40, 4, 3, 10), "densenet-100-12": DenseNet(100, 12, 3, 10),
        "all-cnn-c": AllCNN(3, 10), "lenet5": LeNet5(1, 10), "plain-cnn": PlainCNN(3, 10)}
    counts = {n: sum(p.numel() for p in m.parameters()) for n, m in published.items()}
    counts["lenet5"] += 2 * 25 * 6  # of colored images, as all others
    print(counts)
    with open(FILE, "w") as file:
        json.dump({"networks": networks, "counts": counts}, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
