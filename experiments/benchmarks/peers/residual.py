"""ResNet-20 and its deeper kin for 32×32 images in PyTorch: the peer of grafs-swift's benchmarks.

The activation is an argument; option-A shortcuts, as in He et al., 2015, section 4.2.
"""

import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, channels, filters, stride, activation):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.stride, self.added = stride, filters - channels
        self.act1, self.act2 = activation(), activation()

    def forward(self, x):
        y = self.act1(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.stride != 1 or self.added:
            half = self.added // 2
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, half, half))
        return self.act2(y + x)


class ResNet20(nn.Module):
    def __init__(self, activation, blocks=3):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.act1 = activation()
        layers, channels = [], 16
        for filters, stride in ((16, 1), (32, 2), (64, 2)):
            for index in range(blocks):
                layers.append(Block(channels, filters, stride if index == 0 else 1, activation))
                channels = filters
        self.blocks = nn.Sequential(*layers)
        self.linear = nn.Linear(64, 10)

    def forward(self, x):
        x = self.act1(self.bn1(self.conv1(x)))
        return self.linear(self.blocks(x).mean((2, 3)))
