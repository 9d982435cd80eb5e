"""Weights in the format safetensors, between PyTorch and this program.

Without arguments it writes a small network and its logits, which the tests read:

    python3 Tests/References/safetensors_weights.py

With a file of ResNet-20's weights that this program wrote, it loads them into the plain PyTorch
network (`resnet20.py`), all names and shapes being compared (strict), and prints the logits of a few
images as JSON. Activations with a weight (`act1.weight`, …) become PyTorch's PReLU:

    python3 Tests/References/safetensors_weights.py weights.safetensors

Made with Python 3, torch 2.15.0 and safetensors 0.8.0.
"""

import json
import os
import sys

import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

FOLDER = os.path.join(os.path.dirname(__file__), "..", "TrainingTests", "References")


def images(count, channels, size):
    """Numbers from -1 to 1 that any program makes the same: (37 i mod 101) / 50 - 1, rows of pixels
    with their channels, as `[count, channels, size, size]`."""
    numbers = (torch.arange(count * size * size * channels) * 37 % 101).double() / 50 - 1
    return numbers.float().reshape(count, size, size, channels).permute(0, 3, 1, 2)


class Small(nn.Module):
    """Convolution, normalization, ReLU, mean, linear layer."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.linear = nn.Linear(4, 3)

    def forward(self, x):
        return self.linear(F.relu(self.bn1(self.conv1(x))).mean(dim=(2, 3)))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride, activation):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.act1, self.act2 = activation(), activation()
        self.stride, self.missing = stride, outputs - inputs

    def forward(self, x):
        y = self.bn2(self.conv2(self.act1(self.bn1(self.conv1(x)))))
        short = x[:, :, ::self.stride, ::self.stride]
        return self.act2(y + F.pad(short, (0, 0, 0, 0, self.missing // 2, self.missing // 2)))


class ResNet20(nn.Module):
    """The usual program for He et al. 2015, section 4.2, shortcuts of option A."""

    def __init__(self, channels, classes, activation):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.act1 = activation()
        widths = [16, 16, 32, 64]
        for stage in range(3):
            inputs, outputs = widths[stage], widths[stage + 1]
            blocks = [Block(inputs, outputs, 1 if stage == 0 else 2, activation)]
            blocks += [Block(outputs, outputs, 1, activation) for _ in range(2)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.linear = nn.Linear(64, classes)

    def forward(self, x):
        x = self.act1(self.bn1(self.conv1(x)))
        return self.linear(self.layer3(self.layer2(self.layer1(x))).mean(dim=(2, 3)))


def logits(model, inputs):
    model.eval()
    with torch.no_grad():
        return [[float(f"{v:.9g}") for v in row] for row in model(inputs).double().tolist()]


def load(path):
    with safe_open(path, "pt") as file:
        facts = file.metadata()
    weights = load_file(path)
    classes, channels = weights["linear.weight"].shape[0], weights["conv1.weight"].shape[1]
    activation = nn.PReLU if "act1.weight" in weights else nn.ReLU
    model = ResNet20(channels, classes, activation)
    model.load_state_dict(weights, strict=True)
    print(json.dumps({"facts": facts, "logits": logits(model, images(3, channels, 12))}))


def write():
    torch.manual_seed(7)
    model = Small()
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            if tensor.dim() == 1:
                tensor.uniform_(0.5, 1.5)
    save_file(model.state_dict(), os.path.join(FOLDER, "small.safetensors"), {"made by": "PyTorch"})
    save_file({k: v.double() for k, v in model.state_dict().items()},
              os.path.join(FOLDER, "small_double.safetensors"))
    with open(os.path.join(FOLDER, "small.json"), "w") as file:
        json.dump({"logits": logits(model, images(3, 2, 6))}, file)
        file.write("\n")


if __name__ == "__main__":
    load(sys.argv[1]) if len(sys.argv) > 1 else write()
