"""exports.py GRAFS FOLDER: writes the functions of functions.txt as NumPy, PyTorch and JAX code.

GRAFS is the program, such as .build/release/grafs-swift; the files are TARGET_NAME.py.
"""

import pathlib
import subprocess
import sys

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
for line in pathlib.Path(__file__).with_name("functions.txt").read_text().splitlines():
    name, formula = line.split("\t")
    for target in ("python", "pytorch", "jax"):
        subprocess.run(
            [program, "export", formula, "--to", target, "--name", name, "--force",
             "--output", folder / f"{target}_{name}.py"], check=True)
