"""Writes the reference derivatives of Gamma draws, and of digamma.

d ln z / da = -(dF(a, z)/da) / (z p(a, z)) for z at given quantiles, by central differences with step
1e-20 a of F(a, z) = z^a e^-z / Gamma(a+1) * sum z^n / ((a+1)...(a+n)), all in 90 digits, of which
at least 25 remain. Made with Python 3 and mpmath 1.3.0:

    python3 Tests/References/gamma_derivative.py
"""

import os

from mpmath import digamma, exp, gamma, log, mp, mpf

FOLDER = os.path.join(os.path.dirname(__file__), "..", "ActivationsTests", "References")
CONCENTRATIONS = [
    1e-8, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 1.0, 1.1, 1.7, 2.5, 4.0, 7.5, 15.0,
    40.0, 120.0, 400.0, 1000.0]
QUANTILES = [
    "1e-12", "1e-6", "1e-3", "0.03", "0.2", "0.5", "0.8", "0.97", "0.999", "0.999999",
    "0.999999999999"]
# (a, z) of facts.md
PAPER = [(1, 0.1), (1, 1), (1, 5), (0.5, 0.5), (0.1, 0.001), (2, 3), (5, 2), (20, 30)]


def distribution(a, log_z):
    z = exp(log_z)
    term, total, n = mpf(1), mpf(1), 0
    while term > total * mpf(10) ** -mp.dps:
        n += 1
        term *= z / (a + n)
        total += term
    return exp(a * log_z - z) / gamma(a + 1) * total


def log_derivative(a, log_z):
    mp.dps = 90
    a, log_z = mpf(a), mpf(log_z)
    step = a * mpf(10) ** -20
    slope = (distribution(a + step, log_z) - distribution(a - step, log_z)) / (2 * step)
    return -slope * gamma(a) / exp(a * log_z - exp(log_z))


def quantile(a, p):
    """ln z with F(a, z) = p, to about 10 digits, by bisection."""
    mp.dps = 30
    a, p = mpf(a), mpf(p)
    low, high = log(p) / a - 10, log(a + 60 + 12 * a**0.5)
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if distribution(a, middle) < p else (low, middle)
    return float(middle)


def main():
    rows = [(float(a), float(log(mpf(z)))) for a, z in PAPER]
    rows += [(a, quantile(a, p)) for a in CONCENTRATIONS for p in QUANTILES]
    with open(os.path.join(FOLDER, "gamma_derivative.csv"), "w") as file:
        file.write("concentration,log_draw,log_derivative\n")
        for a, log_z in rows:
            file.write(f"{a!r},{log_z!r},{float(log_derivative(a, log_z))!r}\n")
    mp.dps = 40
    with open(os.path.join(FOLDER, "digamma.csv"), "w") as file:
        file.write("argument,value\n")
        for a in [1e-100, 1e-8, 1e-3, 0.1, 0.3, 0.7, 0.99, 1.0, 1.25, 1.46, 1.4616321449683622,
                  1.47, 1.9, 2.0, 2.5, 3.3, 5.0, 7.7, 9.99, 10.0, 10.5, 25.0, 333.3, 1e5, 1e200]:
            file.write(f"{a!r},{float(digamma(mpf(a)))!r}\n")


if __name__ == "__main__":
    main()
