// Piecewise cubics over a grid read off the floats' own bits (see `grafs_curve_grid`).
//
// A row of the table is one 128-bit load; rows of eight elements, or of sixteen where registers are
// as wide, are transposed in registers, which on the processors at hand takes half the time of
// gather instructions, and works without any. Moments are added by the same transposition
// backwards.

#include "kernel.h"

#include <float.h>

enum {
  ROW = 4,

  // Neighbors in memory go to different copies of the table, so that equal ones do not wait for
  // each other's store.
  COPIES = 4,

  // Elements whose moments are summed in float before the copies are merged.
  BLOCK = 1 << 14,
};

/// The grid's constants, as the loops use them.
typedef struct {
  int32_t shift;
  int32_t octaveShift;
  int32_t lowBits;
  int32_t highBits;
  int32_t last;
  int32_t lowInverseBits;
  int32_t highInverseBits;
} Grid;

INLINE int32_t exponentBits(int32_t exponent) { return (127 + exponent) << 23; }

INLINE Grid makeGrid(grafs_curve_grid g) {
  return (Grid){
    .shift = 23 - g.log2IntervalsPerOctave,
    .octaveShift = g.log2IntervalsPerOctave,
    .lowBits = exponentBits(g.lowExponent),
    .highBits = exponentBits(g.highExponent),
    .last = ((g.highExponent - g.lowExponent) << g.log2IntervalsPerOctave) + 1,
    .lowInverseBits = exponentBits(-g.lowExponent),
    .highInverseBits = exponentBits(-g.highExponent),
  };
}

ptrdiff_t grafs_curve_interval_count(grafs_curve_grid grid) {
  return 2 * ((ptrdiff_t)makeGrid(grid).last + 1);
}

ptrdiff_t grafs_curve_scratch_count(grafs_curve_grid grid) {
  return COPIES * ROW * grafs_curve_interval_count(grid);
}

/// Adds the copies to `moments` and clears them.
INLINE void merge(float *copies, ptrdiff_t copy, float *moments) {
  for (ptrdiff_t i = 0; i < copy; i += ROW) {
    float4 sum = (LOAD4(copies + i) + LOAD4(copies + copy + i))
      + (LOAD4(copies + 2 * copy + i) + LOAD4(copies + 3 * copy + i));
    STORE4(moments + i, LOAD4(moments + i) + sum);
    for (int c = 0; c < COPIES; ++c) STORE4(copies + c * copy + i, (float4)0);
  }
}

// MARK: - Eight elements

#define LANES 8
#define VECTOR float8
#define INTEGERS int8
#define LOAD LOAD8
#define STORE STORE8
#define NAME(name) name##8
#define QUARTERS(table, row, i)                                                              \
  __builtin_shufflevector(                                                                   \
    LOAD4(table + row.of[i]), LOAD4(table + row.of[i + 4]), 0, 1, 2, 3, 4, 5, 6, 7)
// [a0 b0 a1 b1], [a2 b2 a3 b3] of two vectors' quarters; then their halves.
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define JOIN_LOW(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define JOIN_HIGH(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#include "curve_lanes.h"
#undef LANES
#undef VECTOR
#undef INTEGERS
#undef LOAD
#undef STORE
#undef NAME
#undef QUARTERS
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH
#undef JOIN_LOW
#undef JOIN_HIGH

// MARK: - Sixteen elements

#define LANES 16
#define VECTOR float16
#define INTEGERS int16
#define LOAD LOAD16
#define STORE STORE16
#define NAME(name) name##16
#define PAIR(table, row, i)                                                                  \
  __builtin_shufflevector(                                                                   \
    LOAD4(table + row.of[i]), LOAD4(table + row.of[i + 4]), 0, 1, 2, 3, 4, 5, 6, 7)
#define QUARTERS(table, row, i)                                                              \
  __builtin_shufflevector(                                                                   \
    PAIR(table, row, i), PAIR(table, row, i + 8), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,  \
    13, 14, 15)
#define INTERLEAVE_LOW(a, b)                                                                 \
  __builtin_shufflevector(                                                                   \
    a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define INTERLEAVE_HIGH(a, b)                                                                \
  __builtin_shufflevector(                                                                   \
    a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define JOIN_LOW(a, b)                                                                       \
  __builtin_shufflevector(                                                                   \
    a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
#define JOIN_HIGH(a, b)                                                                      \
  __builtin_shufflevector(                                                                   \
    a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31)
#include "curve_lanes.h"

// MARK: - Kernels

INLINE void curve_forward_body(
  const Instructions instructions, const float *x, ptrdiff_t count, const float *table,
  grafs_curve_grid grid, float *y
) {
  if (instructions == AVX512) forward16(x, count, table, grid, y);
  else forward8(x, count, table, grid, y);
}

INLINE void curve_backward_input_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx
) {
  if (instructions == AVX512) backward16(false, x, gradient, count, table, grid, dx, NULL, NULL);
  else backward8(false, x, gradient, count, table, grid, dx, NULL, NULL);
}

INLINE void curve_backward_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx, float *scratch, float *moments
) {
  // Sums of moments wait for each other's stores: wider vectors were measured to cost 8 % more.
  backward8(true, x, gradient, count, table, grid, dx, scratch, moments);
}

DEFINE_WIDE_KERNEL(
  void, curve_forward,
  (const float *x, ptrdiff_t count, const float *table, grafs_curve_grid grid, float *y), x, count,
  table, grid, y)

DEFINE_WIDE_KERNEL(
  void, curve_backward_input,
  (const float *x, const float *gradient, ptrdiff_t count, const float *table,
   grafs_curve_grid grid, float *dx),
  x, gradient, count, table, grid, dx)

DEFINE_WIDE_KERNEL(
  void, curve_backward,
  (const float *x, const float *gradient, ptrdiff_t count, const float *table,
   grafs_curve_grid grid, float *dx, float *scratch, float *moments),
  x, gradient, count, table, grid, dx, scratch, moments)
