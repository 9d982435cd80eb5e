"""The testbeds: networks, data, recipes; functions and finished trials, as files."""

import csv
import gzip
import os
import shutil

HERE = os.path.dirname(os.path.abspath(__file__))
FASHION = "/usr/share/datasets/fashion-mnist"

# The recipe of a training; all else as `evaluate --preset quick` has it.
PLAIN = ["--network", "plain-cnn", "--data", "fashion-mnist", "--batch-size", "64",
         "--learning-rate", "0.1", "--set", "gradient-clip=1"]
RESIDUAL = ["--network", "resnet8", "--data", "cifar10", "--batch-size", "64",
            "--learning-rate", "0.1", "--set", "gradient-clip=5"]


def length(images, epochs):
    return ["--train-images", str(images), "--epochs", str(epochs)]


TESTBEDS = {
    "plain-cnn": PLAIN + length(6000, 5),
    "resnet8": RESIDUAL + length(5000, 5),
    # What the paper searches, with the presets' own recipe.
    "resnet20": ["--network", "resnet20", "--data", "cifar10", "--batch-size", "64",
                 *length(10000, 10)],
    # Parts of the first one's steps: 8, 16, 46, 93 and 186 of 465.
    "plain-cnn-2": PLAIN + length(512, 1),
    "plain-cnn-3": PLAIN + length(1024, 1),
    "plain-cnn-10": PLAIN + length(3000, 1),
    "plain-cnn-20": PLAIN + length(6000, 1),
    "plain-cnn-40": PLAIN + length(6000, 2),
}
# Those whose functions all have been trained, so that choices can be ranked.
TRUTHS = ("plain-cnn", "resnet8")


def functions():
    """The functions of `functions.txt`, each with its kind: usual, published, random, found."""
    with open(os.path.join(HERE, "functions.txt")) as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {function: kind for kind, function in lines}


FIELDS = ["function", "seed", "loss", "accuracy", "diverged", "seconds"]


def read(testbed):
    """The rows of all finished trials by function and seed."""
    path = os.path.join(HERE, testbed + ".csv")
    if not os.path.exists(path):
        return {}
    with open(path, newline="") as file:
        return {(row["function"], int(row["seed"])): row for row in csv.DictReader(file)}


def write(testbed, rows):
    """Replaces the file of a testbed, in the order of `functions.txt`."""
    order = {function: number for number, function in enumerate(functions())}
    path = os.path.join(HERE, testbed + ".csv")
    with open(path + ".new", "w", newline="") as file:
        table = csv.DictWriter(file, FIELDS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows[key] for key in sorted(
            rows, key=lambda key: (order.get(key[0], len(order)), key)))
    os.replace(path + ".new", path)


def idx(name):
    with gzip.open(os.path.join(FASHION, name + ".gz"), "rb") as file:
        return file.read()


def data(folder, cifar):
    """Makes data sets whose test images are the last training images, and returns their folder.

    So `evaluate` scores what no training of a testbed sees, and the test images stay untouched: the
    first 50,000 training images of Fashion-MNIST and the 5,000 behind them, and CIFAR-10's five
    training files with the fifth once more in place of the test file.
    """
    place = os.path.join(folder, "data")
    fashion = os.path.join(place, "fashion-mnist")
    if not os.path.exists(fashion):
        os.makedirs(fashion + ".new", exist_ok=True)
        for name, header, size in (("images-idx3-ubyte", 16, 784), ("labels-idx1-ubyte", 8, 1)):
            bytes_ = idx("train-" + name)
            for prefix, first, count in (("train", 0, 50_000), ("t10k", 50_000, 5_000)):
                start = header + first * size
                with open(os.path.join(fashion + ".new", f"{prefix}-{name}"), "wb") as file:
                    file.write(bytes_[:4] + count.to_bytes(4, "big") + bytes_[8:header])
                    file.write(bytes_[start:start + count * size])
        os.rename(fashion + ".new", fashion)
    batches = os.path.join(place, "cifar-10-batches-bin")
    if cifar and not os.path.exists(batches):
        os.makedirs(batches + ".new", exist_ok=True)
        for number in range(1, 6):
            name = f"data_batch_{number}.bin"
            shutil.copy(os.path.join(cifar, name), os.path.join(batches + ".new", name))
        shutil.copy(os.path.join(cifar, "data_batch_5.bin"),
                    os.path.join(batches + ".new", "test_batch.bin"))
        os.rename(batches + ".new", batches)
    return place
