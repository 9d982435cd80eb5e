#!/usr/bin/env bash
# Prints what small searches and trainings compute, a line each: record.sh path/to/grafs-swift > record.txt
#
# Two versions of the program that print the same lines compute the same bits. The lines hold for
# processors of one family; compare them only where both versions ran on the same machine.
set -euo pipefail
grafs=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

small=(--set epochs=2 --set train-images=256 --set batch-size=32 --set race=off --quiet)

# The contents of a group of the trace as a digest; where datasets lie in the file does not count.
digest() { h5dump -g "/$2" "$1" | sed -E '1d; s|DATASET [0-9]+ |DATASET |g' | sha256sum | cut -c 1-16; }

search() { # name, arguments
  local name=$1
  shift
  "$grafs" search "${small[@]}" --output "$name" "$@" > /dev/null
  python3 - "$name" "$(digest "$name/trace.h5" alpha)" "$(digest "$name/trace.h5" beta)" \
    "$(digest "$name/trace.h5" curve)" << 'PYTHON'
import json, sys
name, alpha, beta, curve = sys.argv[1:]
result = json.load(open(f"{name}/result.json"))
genotype = result.get("genotype") or " | ".join(
    f"{f['cell']}: {f['genotype']}" for f in result["functions"])
print(f"search {name}: {genotype}; validation {result['validation_accuracy']!r}, "
      f"relaxed {result['relaxed_validation_accuracy']!r}; "
      f"alpha {alpha} beta {beta} curve {curve}")
PYTHON
}

train() { # name, arguments
  local name=$1
  shift
  "$grafs" evaluate "$@" --baselines none --seeds 1 --seed 1 --epochs 2 --train-images 256 \
    --batch-size 32 --save-weights --output "train-$name" --quiet > /dev/null
  for file in "train-$name"/*/*.safetensors; do
    # The numbers of the file, without the header, which may name the file's origin otherwise.
    python3 - "$file" "$name" << 'PYTHON'
import hashlib, struct, sys
data = open(sys.argv[1], "rb").read()
size = struct.unpack("<Q", data[:8])[0]
print(f"training {sys.argv[2]}: weights {hashlib.sha256(data[8 + size:]).hexdigest()[:16]}")
PYTHON
  done
}

search drnas resnet20
search darts resnet20 --method darts
search second-order resnet20 --method darts-second-order
search stages resnet20 --set scope=stage --set cell=one-core-unit
search sites lenet5 --set scope=site
search per-channel resnet20 --set scalars=per-channel --set train-images=128
search per-step resnet20 --set sampling=per-step --set divergence-weight=0.001
search mean-weight resnet20 --set shrinking=off --set discretization=mean-weight --set bounding=input
search stages-of-shrinking resnet20 --set 'shrinking=stages 1:4' --set sampling=mean
search pangaea resnet20 --set operations=pangaea --set accumulation=2
search exact lenet5 --exact --set operations='relu gelu swish add mix' --set warm-start-activation=gelu
search paper preresnet56 --preset paper --set epochs=2 --set train-images=256

train relu --network resnet20 relu
train prelu --network resnet20 prelu
train swish --network wrn-10-1 swish
train gelu --network densenet-10-12 gelu
train bounded --network lenet5 'mix(gelu(x), silu(x), -0.539206) * x' --bound 10
train stages --network all-cnn-c 'stage0: relu(x); stage1: silu(x); stage2: tanh(x)'
train mnist-paper --network preresnet56 elu --preset paper
