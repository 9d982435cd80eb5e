// The floor of every kernel: multiply-adds that never leave the registers, and the clock that they
// are compared with.

#include "kernel.h"

// Twelve independent chains hide the latency of two units; the values neither grow nor vanish.
enum { CHAINS = 12 };

#define DEFINE_CHAINS(name, vector, lanes)                                                       \
  INLINE double name(ptrdiff_t rounds, float *sum) {                                             \
    vector chains[CHAINS];                                                                       \
    UNROLL for (int i = 0; i < CHAINS; ++i) chains[i] = (vector)(1.0f + (float)i);               \
    const vector factor = (vector)(0.5f + *sum);                                                 \
    const vector term = (vector)(0.25f + *sum);                                                  \
    for (ptrdiff_t round = 0; round < rounds; ++round)                                           \
      UNROLL for (int i = 0; i < CHAINS; ++i) chains[i] = chains[i] * factor + term;             \
    vector total = chains[0];                                                                    \
    UNROLL for (int i = 1; i < CHAINS; ++i) total += chains[i];                                  \
    *sum = total[0];                                                                             \
    return 2.0 * CHAINS * (lanes) * (double)rounds;                                              \
  }

DEFINE_CHAINS(chainsOf8, float8, 8)
DEFINE_CHAINS(chainsOf16, float16, 16)

INLINE double fma_chains_body(const Instructions instructions, ptrdiff_t rounds, float *sum) {
  return instructions == AVX512 ? chainsOf16(rounds, sum) : chainsOf8(rounds, sum);
}

DEFINE_WIDE_KERNEL(double, fma_chains, (ptrdiff_t rounds, float *sum), rounds, sum)

ptrdiff_t grafs_addition_chain(ptrdiff_t rounds) {
  ptrdiff_t value = 1;
  // Eight at a time, so that counting the rounds costs nothing beside them.
  for (ptrdiff_t round = 0; round < rounds; round += 8)
    UNROLL for (int i = 0; i < 8; ++i) {
      value += value;
      // The compiler must take each for an addition of its own.
      __asm__ volatile("" : "+r"(value));
    }
  return value;
}
