"""Writes how many operations a search drops at the beginning of each epoch.

Drop k of K (from 0) falls into epoch start - 1 + floor(n^(k / (K - 1))), n = T - start: the largest
whole m with m^(K - 1) <= n^k, found in whole numbers, so nothing is rounded. A row names K, start
and T, an epoch that drops something, and how many. Made with Python 3:

    python3 Tests/References/shrinking_schedule.py
"""

import os
from collections import Counter

FILE = os.path.join(
    os.path.dirname(__file__), "..", "SearchTests", "References", "shrinking_schedule.csv")

# GRAFS on images (50/2) and on text (1000/200), the presets, ends that coincide, and lengths where
# n^(k / (K - 1)) is a whole number between the ends: 125 = 5^3, 343 = 7^3, 1000 = 10^3 with K = 52,
# the drops of one core unit.
CASES = [
    (104, 2, 50), (104, 200, 1000), (104, 2, 25), (104, 2, 6), (104, 2, 3), (104, 1, 3),
    (104, 2, 4), (104, 1, 128), (104, 5, 600), (52, 1, 126), (52, 1, 344), (52, 200, 1200),
    (52, 2, 50), (4, 1, 126), (2, 1, 9), (1, 1, 2), (1, 3, 17), (3, 4, 20),
]


def epoch(drop, count, start, epochs):
    length = epochs - start
    whole = 1
    while (whole + 1) ** (count - 1) <= length**drop and count > 1:
        whole += 1
    return start - 1 + whole


with open(FILE, "w", encoding="utf-8") as file:
    file.write("operations,start,epochs,epoch,drops\n")
    for count, start, epochs in CASES:
        drops = Counter(epoch(drop, count, start, epochs) for drop in range(count))
        assert sum(drops.values()) == count and max(drops) < epochs
        for number, dropped in sorted(drops.items()):
            file.write(f"{count},{start},{epochs},{number},{dropped}\n")
