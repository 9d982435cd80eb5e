#!/bin/sh
# device.sh HERE EXPORTS BEFORE DATA OUT: all of it on one GPU, a quarter of an hour on 16 cores.
# All are whole paths: HERE is the folder experiments; EXPORTS what exports.py wrote, BEFORE the
# same of an earlier program; DATA has CIFAR-10's binary files; OUT takes the results.
here=$1/hand-over exports=$2 before=$3 data=$4 out=$5
export PYTHONUNBUFFERED=1 XLA_PYTHON_CLIENT_PREALLOCATE=false TORCHINDUCTOR_COMPILE_THREADS=4
cd "$here" || exit 1
nvidia-smi --query-gpu=name,driver_version --format=csv,noheader
begin=$(date +%s)
run() { # name, command: in the background, its output and seconds in a file
  name=$1; shift
  { timeout 240 "$@" >"/tmp/$name.log" 2>&1
    echo "$name: status $?, $(($(date +%s) - begin)) s"; } &
}
for part in 0 1 2 3; do
  run same$part python3 same.py pytorch "$exports" "$out/same-pytorch-$part.json" --part $part/4
done
run jax python3 same.py jax "$exports" "$out/same-jax.json"
run before python3 same.py pytorch "$before" "$out/before-pytorch.json" --eager
run jax-before python3 same.py jax "$before" "$out/before-jax.json" --eager
for part in 0 1 2; do
  run warm$part python3 price.py "$exports" /dev/null --before "$before" --warm $part/3
done
wait
timeout 160 python3 price.py "$exports" "$out/price.json" --before "$before" >/tmp/price.log 2>&1
echo "price: status $?, $(($(date +%s) - begin)) s"
# Alone, because trainings beside other work take longer: 5 minutes in float32, 4 in bfloat16.
timeout 600 python3 holds.py "$exports" "$data" "$out/holds.json" >/tmp/holds.log 2>&1
echo "holds: status $?, $(($(date +%s) - begin)) s"
cat /tmp/same?.log /tmp/jax.log /tmp/before.log /tmp/warm?.log /tmp/holds.log \
  /tmp/price.log >"$out/log.txt" 2>/dev/null
for name in same0 same1 same2 same3 jax before warm0 holds price; do
  echo "== $name"; tail -4 "/tmp/$name.log" 2>/dev/null | cut -c1-600
done
