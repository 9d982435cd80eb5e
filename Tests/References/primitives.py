"""Writes reference values and derivatives of every primitive.

Formulas are written here again from their definitions and differentiated numerically by mpmath with
700 digits. Made with Python 3 and mpmath 1.3.0:

    python3 Tests/References/primitives.py
"""

import os

from mpmath import (
    acos, acosh, asin, asinh, atan, atanh, besseli, cos, cosh, diff, erf, erfc, exp, log, mp, mpf, pi, sign, sin, sinh, sqrt,
    tanh)

mp.dps = 700  # the left tail of x (1 + erf) / 2 cancels 290 digits at -36.5
FOLDER = os.path.join(os.path.dirname(__file__), "..", "ActivationsTests", "References")
GUARD = mpf(1e-3)  # the double nearest to 0.001
EPSILON = mpf(1e-5)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def guarded(x, least):
    return x if abs(x) > least else least if x >= 0 else -least


UNARY = {
    "identity": lambda x, s: x,
    "negation": lambda x, s: -x,
    "abs": lambda x, s: abs(x),
    "square": lambda x, s: x**2,
    "cube": lambda x, s: x**3,
    "sqrt": lambda x, s: sqrt(max(x, GUARD)),
    "x_plus_beta": lambda x, s: x + s,
    "beta_times_x": lambda x, s: s * x,
    "beta": lambda x, s: s,
    "exp": lambda x, s: exp(x),
    "sinh": lambda x, s: sinh(x),
    "tanh": lambda x, s: tanh(x),
    "asinh": lambda x, s: asinh(x),
    "atan": lambda x, s: atan(x),
    "relu": lambda x, s: max(x, mpf(0)),
    "min_x_0": lambda x, s: min(x, mpf(0)),
    "sigmoid": lambda x, s: sigmoid(x),
    "softplus": lambda x, s: log(1 + exp(x)),
    "erf": lambda x, s: erf(x),
    "silu": lambda x, s: x * sigmoid(x),
    "gelu": lambda x, s: x * (1 + erf(x / sqrt(mpf(2)))) / 2,
    "elu": lambda x, s: x if x > 0 else exp(x) - 1,
    "leaky_relu": lambda x, s: x if x > 0 else mpf(0.01) * x,
    "log_abs": lambda x, s: log(abs(x) + EPSILON),
    "sin": lambda x, s: sin(x),
    "cos": lambda x, s: cos(x),
    "cosh": lambda x, s: cosh(x),
    "sinc": lambda x, s: sin(pi * x) / (pi * x),
    "gaussian": lambda x, s: exp(-x**2),
    "zero": lambda x, s: mpf(0),
    "one": lambda x, s: mpf(1),
    "reciprocal": lambda x, s: 1 / guarded(x, GUARD),
    "erfc": lambda x, s: erfc(x),
    "expm1": lambda x, s: exp(x) - 1,
    "log_sigmoid": lambda x, s: log(sigmoid(x)),
    "bessel_i0e": lambda x, s: exp(-abs(x)) * besseli(0, x),
    "bessel_i1e": lambda x, s: exp(-abs(x)) * besseli(1, x),
    "selu": lambda x, s: mpf(1.0507009873554805) * (
        x if x > 0 else mpf(1.6732632423543772) * (exp(x) - 1)),
    "softsign": lambda x, s: x / (1 + abs(x)),
    "hard_sigmoid": lambda x, s: min(max(mpf(0.2) * x + 0.5, mpf(0)), mpf(1)),
    "swish": lambda x, s: x * sigmoid(s * x),
    "mish": lambda x, s: x * tanh(log(1 + exp(x))),
    "hardswish": lambda x, s: x * min(max(x + 3, mpf(0)), mpf(6)) / 6,
    "tanhexp": lambda x, s: x * tanh(exp(x)),
    "prelu": lambda x, s: x if x > 0 else s * x,
    "golu": lambda x, s: x * exp(-exp(-x)),
    "squared_relu": lambda x, s: max(x, mpf(0))**2,
    "star_relu": lambda x, s: mpf(0.8944) * max(x, mpf(0))**2 - mpf(0.4472),
    "gelu_sine": lambda x, s: x * (1 + erf(x / sqrt(mpf(2)))) / 2 + mpf(0.1) * sin(x),
    "gelu_sinc": lambda x, s: (
        x * (1 + erf(x / sqrt(mpf(2)))) / 2 * (1 + sin(pi * x) / (2 * pi * x))),
    "log": lambda x, s: log(x),
    "log1p": lambda x, s: log(1 + x),
    "sign": lambda x, s: sign(x),
    "asin": lambda x, s: asin(x),
    "acos": lambda x, s: acos(x),
    "acosh": lambda x, s: acosh(x),
    "atanh": lambda x, s: atanh(x),
    "cbrt": lambda x, s: sign(x) * abs(x) ** (mpf(1) / 3),
}
BINARY = {
    "add": lambda a, b, s: a + b,
    "subtract": lambda a, b, s: a - b,
    "multiply": lambda a, b, s: a * b,
    "max": lambda a, b, s: max(a, b),
    "min": lambda a, b, s: min(a, b),
    "sigmoid_gate": lambda a, b, s: sigmoid(a) * b,
    "mix": lambda a, b, s: sigmoid(s) * a + (1 - sigmoid(s)) * b,
    "left": lambda a, b, s: a,
    "right": lambda a, b, s: b,
    "divide": lambda a, b, s: a / guarded(b, GUARD),
    "laplacian_kernel": lambda a, b, s: exp(-abs(a - b)),
    "gaussian_kernel": lambda a, b, s: exp(-(a - b)**2),
    "divide_shifted": lambda a, b, s: a / guarded(b + EPSILON, EPSILON),
    "beta_gaussian_kernel": lambda a, b, s: exp(-s * (a - b)**2),
    "beta_laplacian_kernel": lambda a, b, s: exp(-s * abs(a - b)),
    "beta_mix": lambda a, b, s: s * a + (1 - s) * b,
    "power": lambda a, b, s: max(a, GUARD)**b,
    "quotient": lambda a, b, s: a / b,
    "pow": lambda a, b, s: a**b,
    "hypot": lambda a, b, s: sqrt(a**2 + b**2),
}
POINTS = [
    -36.5, -17.25, -9.75, -6.1, -4.3, -3.0, -2.2, -1.4, -0.9, -0.55, -0.45, -0.12, -0.003, 1e-7,
    0.0007, 0.013, 0.31, 0.49, 0.62, 1.1, 1.9, 2.75, 4.4, 8.2, 12.5, 33.0]
SCALARS = [1.3, -0.6]
KINKS = {"hardswish": [-3.0]}  # points where there is no derivative
PAIRS = [
    (0.3, 1.7), (-0.3, 1.7), (2.5, -1.25), (-4.5, -0.75), (7.5, 0.02), (-9.5, 3.0), (0.002, -0.003),
    (12.0, 11.5), (-30.0, -31.0), (25.0, -6.0), (0.0, 1.5), (-1.5, 0.25),
    (1.75, 0.0005), (-0.4, -0.0001)]
POWERS = [  # bases that have a real power for every exponent
    (0.3, -2.4), (2.5, 0.5), (7.5, -0.02), (0.004, 1.5), (12.0, 11.5), (31.0, -3.25), (1.75, 4.0),
    (0.9, 0.0), (1.0, 6.5), (5e-4, -0.5)]


def pairs(name):
    if name == "pow":
        return [pair for pair in PAIRS if pair[0] > 0] + POWERS
    return PAIRS


def points(name):
    if name == "log":
        return [abs(x) for x in POINTS]
    if name == "log1p":
        return [x for x in POINTS if x > -1] + [
            -0.9995, -0.97, -0.25, -1e-12, 1e-17, 1e-9, 0.02, 1e5, 1e300]
    if name in ("asin", "acos", "atanh"):
        return [x for x in POINTS if abs(x) < 1] + [
            -0.9999999, -0.998, -0.95, -0.8, -0.7, -0.6, -0.3, -0.05, -1e-5, -1e-12, 1e-17, 1e-9,
            0.05, 0.2, 0.75, 0.9, 0.99, 0.9999]
    if name == "acosh":
        return [1 + abs(x) for x in POINTS] + [1.5, 1e10, 1e300]
    return POINTS


def number(value):
    return repr(float(value))


def main():
    with open(os.path.join(FOLDER, "unary.csv"), "w") as file:
        file.write("name,x,scalar,value,derivative,scalar_derivative\n")
        for name, f in UNARY.items():
            for i, x in enumerate(map(mpf, points(name))):
                if x in KINKS.get(name, []):
                    continue
                s = mpf(SCALARS[i % 2])
                values = f(x, s), diff(lambda t: f(t, s), x), diff(lambda t: f(x, t), s)
                file.write(",".join([name] + [number(v) for v in (x, s) + values]) + "\n")
    with open(os.path.join(FOLDER, "binary.csv"), "w") as file:
        file.write("name,a,b,scalar,value,by_first,by_second,scalar_derivative\n")
        for name, f in BINARY.items():
            for i, (a, b) in enumerate(pairs(name)):
                a, b, s = mpf(a), mpf(b), mpf(SCALARS[i % 2])
                values = (
                    f(a, b, s), diff(lambda t: f(t, b, s), a), diff(lambda t: f(a, t, s), b),
                    diff(lambda t: f(a, b, t), s))
                file.write(",".join([name] + [number(v) for v in (a, b, s) + values]) + "\n")


if __name__ == "__main__":
    main()
