# Made with version 0.1.0 (dc8c66c) on the images of Tests/TestSupport/StripedImages.swift.
set -u
S="--data-dir sets --train-images 64 --batch-size 8 --threads 1 --quiet"
N=densenet-10-2
grafs-swift search $N $S --epochs 3 --set cell=one-core-unit --output finished
grafs-swift search $N $S --epochs 3 --set scope=stage --set cell=one-core-unit --set bounding=input --output finished-stages
long="--epochs 40 --set cell=one-core-unit --set scalars=per-channel"
grafs-swift search $N $S $long --output whole
grafs-swift search $N $S $long --output stopped & P=$!; sleep 0.35; kill -INT $P; wait $P; echo rc $?
grafs-swift search $N $S --epochs 4 --set cell=one-core-unit --output stopped-in-relu 2>/dev/null >/dev/null & P=$!; while ! ls stopped-in-relu/trace.h5 >/dev/null 2>&1; do sleep 0.01; done; while kill -0 $P 2>/dev/null && ! h5dump -a /status stopped-in-relu/trace.h5 2>/dev/null | grep -q finished; do sleep 0.005; done; kill -INT $P; wait $P; echo rc $?
grafs-swift evaluate relu prelu 'mix(gelu(x), silu(x), -0.539206)' --bound 10 --network $N $S --epochs 2 --seeds 2 --baselines silu --output evaluation
grafs-swift evaluate finished --network $N $S --epochs 2 --seeds 1 --baselines relu >/dev/null
cp whole/result.json stopped/expected-result.json
