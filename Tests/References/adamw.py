"""Writes what optax's AdamW makes of two small tensors in five steps, in float64.

Weights and gradients are fixed multiples of 1/64, exact in float32; the third gradient of the first
tensor is always 0, and the rate falls at every step. Made with Python 3.11.7, JAX 0.10.2 and
optax 0.2.8:

    python3 Tests/References/adamw.py
"""

import json
import os

import jax
import jax.numpy as jnp
import optax

FILE = os.path.join(os.path.dirname(__file__), "..", "TrainingTests", "References", "adamw.json")
STEPS = 5


def numbers(count, salt):
    return [((41 * i * i + 97 * salt + 61 * i * salt) % 257 - 128) / 64 for i in range(count)]


def gradients(step):
    first, second = numbers(5, 10 + step), numbers(6, 20 + step)
    first[2] = 0.0
    return [first, second]


def run(name, rate, betas, decay):
    rates = [rate * (1 - 0.125 * step) for step in range(STEPS)]
    table = jnp.asarray(rates)
    optimizer = optax.adamw(
        lambda count: table[count], b1=betas[0], b2=betas[1], eps=1e-8, weight_decay=decay)
    weights = [jnp.asarray(numbers(5, 1)), jnp.asarray(numbers(6, 2))]
    state = optimizer.init(weights)
    after = []
    for step in range(STEPS):
        updates, state = optimizer.update(
            [jnp.asarray(g) for g in gradients(step)], state, weights)
        weights = optax.apply_updates(weights, updates)
        assert all(w.dtype == jnp.float64 for w in weights)
        after.append([w.tolist() for w in weights])
    return {"name": name, "rates": rates, "betas": betas, "decay": decay, "after": after}


def main():
    jax.config.update("jax_enable_x64", True)
    result = {
        "weights": [numbers(5, 1), numbers(6, 2)],
        "gradients": [gradients(step) for step in range(STEPS)],
        "runs": [
            run("without decay", 0.0625, (0.9, 0.999), 0),
            run("usual", 0.0625, (0.9, 0.999), 0.01),
            run("strong decay", 0.125, (0.75, 0.875), 0.5)]}
    with open(FILE, "w") as file:
        json.dump(result, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
