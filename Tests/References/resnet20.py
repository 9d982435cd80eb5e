"""Writes a reference pass, gradients and training steps of ResNet-20.

The network is written here again in the usual PyTorch way (channels first, kernels OIHW, option A
by slicing and padding), in float64. Weights and images come from a hash that both sides compute
exactly, with the element's index in PyTorch's layout. Images are not square and have odd sizes in
the later stages. SALT is chosen so that no pre-activation lies within 1e-5 of ReLU's kink in the
first step, where float32 may take the other side. Made with Python 3.11.7 and PyTorch 2.15.0
(CPU; the digits written do not depend on the version):

    python3 Tests/References/resnet20.py
"""

import json
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

FILE = os.path.join(
    os.path.dirname(__file__), "..", "NetworksTests", "References", "resnet20.json")
BATCH, HEIGHT, WIDTH = 8, 18, 14
STEPS, RATE, MOMENTUM, DECAY = 3, 0.02, 0.9, 0.05
SALT = 17
SAMPLES = 40
nearest = []


def hashed(count, salt):
    """`count` 32-bit words of the stream `salt` (the finalizer "lowbias32" of C. Wellons)."""
    h = (torch.arange(count, dtype=torch.int64) + 0x9E3779B9 * (salt + 1)) & 0xFFFFFFFF
    h = ((h ^ (h >> 16)) * 0x7FEB352D) & 0xFFFFFFFF
    h = ((h ^ (h >> 15)) * 0x846CA68B) & 0xFFFFFFFF
    return h ^ (h >> 16)


def uniform(shape, salt):
    """Numbers in [-1, 1), multiples of 2**-23."""
    count = torch.Size(shape).numel()
    return ((hashed(count, salt) >> 8).double() / 2**23 - 1).reshape(shape)


def single(x):
    return x.float().double()


def relu(x):
    nearest.append(x.detach().abs().min().item())
    return F.relu(x)


class Block(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.stride, self.extra = stride, (filters - channels) // 2

    def forward(self, x):
        shortcut = x
        if self.stride != 1:
            shortcut = F.pad(
                x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.extra, self.extra))
        y = relu(self.bn1(self.conv1(x)))
        return relu(self.bn2(self.conv2(y)) + shortcut)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[Block(16, 16, 1) for _ in range(3)])
        self.layer2 = nn.Sequential(Block(16, 32, 2), Block(32, 32, 1), Block(32, 32, 1))
        self.layer3 = nn.Sequential(Block(32, 64, 2), Block(64, 64, 1), Block(64, 64, 1))
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        y = self.layer3(self.layer2(self.layer1(relu(self.bn1(self.conv1(x))))))
        return self.linear(y.mean(dim=(2, 3)))


def initialize(model):
    """He's deviation in kernels and the last matrix; scales around 1; offsets and biases small."""
    with torch.no_grad():
        for number, (name, p) in enumerate(model.named_parameters()):
            u = uniform(p.shape, 1000 * SALT + number)
            if p.dim() > 1:
                p.copy_(single(u * (6 / p[0].numel()) ** 0.5))
            elif "bn" in name and name.endswith("weight"):
                p.copy_(single(1 + 0.25 * u))
            else:
                p.copy_(single(0.25 * u))


def batch(step):
    images = single(uniform((BATCH, 3, HEIGHT, WIDTH), 1000 * SALT + 500 + step) * 3**0.5)
    return images, hashed(BATCH, 1000 * SALT + 600 + step) % 10


def listed(x):
    return [float(f"{v:.9g}") for v in x.double().flatten().tolist()]


def digest(number, p):
    """All elements of a small tensor; of a large one, samples, and for every slice along either
    of the first two axes the sum of its elements with signs, which no single error leaves alone."""
    flat = p.flatten()
    if len(flat) <= 64:
        return {"all": listed(flat)}
    places = hashed(SAMPLES, 700 + number) % len(flat)
    signs = ((hashed(len(flat), 800 + number) >> 31) * 2 - 1).reshape(p.shape)
    signed = p * signs
    others = tuple(range(2, p.dim()))
    return {
        "samples": listed(flat[places]),
        "by_output": listed(signed.sum(dim=(1,) + others)),
        "by_input": listed(signed.sum(dim=(0,) + others)),
    }


def main():
    model = ResNet20().double()
    initialize(model)
    names = [n for n, _ in model.named_parameters()]
    initial = [p.detach().clone() for p in model.parameters()]
    optimizer = torch.optim.SGD(
        model.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=DECAY)
    losses = []
    for step in range(STEPS):
        images, labels = batch(step)
        logits = model(images)
        loss = F.cross_entropy(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        if step == 0:
            margin = min(nearest)
            gradients = {
                name: digest(i, p.grad) for i, (name, p) in enumerate(model.named_parameters())}
            first = {
                "logits": listed(logits.detach()), "gradients": gradients,
                "statistics": {n: listed(b) for n, b in model.named_buffers() if b.dim() > 0}}
        optimizer.step()
    images, labels = batch(STEPS)
    changes = {
        name: digest(i, p.detach() - initial[i])
        for i, (name, p) in enumerate(model.named_parameters())}
    losses.append(F.cross_entropy(model(images), labels).item())
    model.eval()
    with torch.no_grad():
        inference = model(images)
    print(f"salt {SALT}: losses {losses}, smallest |pre-activation| {margin:.2e}")
    result = {
        "names": names, "salt": SALT, "batch": BATCH, "height": HEIGHT, "width": WIDTH,
        "rate": RATE, "momentum": MOMENTUM, "decay": DECAY, "losses": losses, "first": first,
        "changes": changes, "inference": listed(inference)}
    with open(FILE, "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
