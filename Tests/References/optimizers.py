"""Writes what PyTorch's SGD and Adam make of two small tensors in five steps, in float64.

Weights and gradients are fixed multiples of 1/64, exact in float32; the third gradient of the first
tensor is always 0, and the rate falls at every step. Made with Python 3.11.7 and PyTorch 2.15.0:

    python3 Tests/References/optimizers.py
"""

import json
import os

import torch

FILE = os.path.join(
    os.path.dirname(__file__), "..", "TrainingTests", "References", "optimizers.json")
STEPS = 5


def numbers(count, salt):
    return [((37 * i * i + 101 * salt + 59 * i * salt) % 257 - 128) / 64 for i in range(count)]


def gradients(step):
    first, second = numbers(5, 10 + step), numbers(6, 20 + step)
    first[2] = 0.0
    return [first, second]


def run(name, make, rate, clip=None, **settings):
    weights = [numbers(5, 1), numbers(6, 2)]
    parameters = [torch.tensor(w, dtype=torch.float64, requires_grad=True) for w in weights]
    optimizer = make(parameters, lr=rate, **settings)
    rates, after = [], []
    for step in range(STEPS):
        rates.append(rate * (1 - 0.125 * step))
        optimizer.param_groups[0]["lr"] = rates[-1]
        for p, g in zip(parameters, gradients(step)):
            p.grad = torch.tensor(g, dtype=torch.float64)
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(parameters, clip)
        optimizer.step()
        after.append([p.detach().tolist() for p in parameters])
    return {
        "name": name, "rates": rates, "momentum": settings.get("momentum", 0),
        "betas": settings.get("betas", (0, 0)), "decay": settings.get("weight_decay", 0),
        "clip": clip, "after": after}


def main():
    sgd, adam = torch.optim.SGD, torch.optim.Adam
    result = {
        "weights": [numbers(5, 1), numbers(6, 2)],
        "gradients": [gradients(step) for step in range(STEPS)],
        "sgd": [
            run("plain", sgd, 0.125),
            run("momentum", sgd, 0.125, momentum=0.9),
            run("decay", sgd, 0.125, weight_decay=0.25),
            run("momentum and decay", sgd, 0.125, momentum=0.75, weight_decay=0.25),
            run("clipped", sgd, 0.125, clip=3.5, momentum=0.75, weight_decay=0.25)],
        "adam": [
            run("usual", adam, 0.0625, betas=(0.9, 0.999)),
            run("architecture", adam, 0.09, betas=(0.5, 0.999), weight_decay=0.001),
            run("strong decay", adam, 0.125, betas=(0.75, 0.875), weight_decay=0.5)]}
    with open(FILE, "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
