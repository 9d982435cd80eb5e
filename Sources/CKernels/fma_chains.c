// The floor of every kernel: multiply-adds that never leave the registers.

#include "kernel.h"

enum { CHAINS = 12, LANES = 8 };

INLINE double fma_chains_body(const Instructions instructions, ptrdiff_t rounds, float *sum) {
  // Twelve independent chains hide the latency of two units; the values neither grow nor vanish.
  float8 chains[CHAINS];
  UNROLL for (int i = 0; i < CHAINS; ++i) chains[i] = (float8)(1.0f + (float)i);
  const float8 factor = (float8)(0.5f + *sum);
  const float8 term = (float8)(0.25f + *sum);
  for (ptrdiff_t round = 0; round < rounds; ++round)
    UNROLL for (int i = 0; i < CHAINS; ++i) chains[i] = chains[i] * factor + term;
  float8 total = chains[0];
  UNROLL for (int i = 1; i < CHAINS; ++i) total += chains[i];
  *sum = total[0];
  return 2.0 * CHAINS * LANES * (double)rounds;
}

DEFINE_KERNEL(double, fma_chains, (ptrdiff_t rounds, float *sum), rounds, sum)
