"""Writes small MATLAB 5 files with the variables of SVHN's.

The elements come from a formula that the test computes too. Made with Python 3.11.7 and SciPy
1.17.1:

    python3 Tests/References/svhn.py
"""

import os

import numpy as np
from scipy.io import savemat

FOLDER = os.path.join(os.path.dirname(__file__), "..", "DatasetsTests", "References")


def images(count, salt):
    """X [32, 32, 3, count] and y [count, 1]; labels run over 1 to 10. Only a few values, so that
    the packed files are small."""
    row, column, color, image = np.indices((32, 32, 3, count))
    pixels = (row * 7 + column // 4 * 11 + color * 50 + (image + salt) * 23) % 256
    labels = (np.arange(count) * 3 + salt) % 10 + 1
    return pixels.astype(np.uint8), labels.astype(np.uint8).reshape(-1, 1)


def write(name, packed=True, **variables):
    savemat(os.path.join(FOLDER, name), variables, do_compression=packed)


def main():
    x, y = images(10, salt=0)
    write("svhn_train.mat", X=x, y=y)
    x, y = images(2, salt=5)
    write("svhn_test.mat", packed=False, X=x, y=y)
    write("svhn_double_labels.mat", X=x, y=y.astype(float))
    write("svhn_no_images.mat", Z=x[:, :, :, :1], y=y)
    write("svhn_other_extents.mat", X=x[:16], y=y)
    write("svhn_single.mat", X=x[:, :, :, :1].astype(np.float32), y=y[:1])
    write("svhn_counts.mat", X=x, y=y[:1])
    write("svhn_label_11.mat", X=x, y=y * 0 + 11)


if __name__ == "__main__":
    main()
