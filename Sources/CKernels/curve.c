// Piecewise cubics over a grid read off the floats' own bits (see `grafs_curve_grid`).
//
// Eight elements at a time. A row of the table is one 128-bit load; eight rows are transposed in
// registers, which on the processors at hand takes half the time of gather instructions, and works
// without any. Moments are added by the same transposition backwards.

#include "kernel.h"

#include <float.h>

enum {
  WIDTH = 8,
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

INLINE float8 asFloat(int8 bits) { return (float8)bits; }
INLINE int8 asInt(float8 x) { return (int8)x; }
INLINE int8 blend(int8 mask, int8 a, int8 b) { return (mask & a) | (~mask & b); }

/// Where eight numbers lie on the grid.
typedef struct {
  int8 interval;
  float8 t;
  float8 t2;      // t², or 0 in the last interval.
  float8 slope;   // dt/dx
} Location;

INLINE Location locate(float8 x, Grid g) {
  int8 bits = asInt(x);
  int8 magnitude = bits & INT32_MAX;
  int8 isLow = magnitude < g.lowBits;
  int8 isNotLast = magnitude < g.highBits;

  // Subtracting the bits of the lowest node numbers the intervals; below it the shift gives a
  // negative number, and everything from the highest on, infinity and NaN too, a large one.
  int8 interval = ((magnitude - g.lowBits) >> g.shift) + 1;
  interval = __builtin_elementwise_max(interval, (int8)0);
  interval = __builtin_elementwise_min(interval, (int8)g.last);
  interval += (bits >> 31) & (g.last + 1);

  // The mantissa's bits below the interval's, as the fraction of a float in [1, 2).
  int8 fraction = ((magnitude << g.octaveShift) & 0x007fffff) | exponentBits(0);
  int8 inside = asInt(asFloat(fraction) - 1.0f);
  int8 inverse = blend(isLow, (int8)g.lowInverseBits, (int8)g.highInverseBits);
  float8 outside = asFloat(magnitude) * asFloat(inverse) - asFloat(~isLow & exponentBits(0));
  // The comparison is false for NaN, which stays.
  outside = asFloat(blend(outside > FLT_MAX, asInt((float8)FLT_MAX), asInt(outside)));

  int8 regular = isNotLast & ~isLow;
  // The exponent of 1 / 2^(e − s), from the bits of e: 127 − (e − s) = 254 + s − (127 + e).
  int8 inverseInside = ((254 + g.octaveShift) << 23) - (magnitude & 0x7f800000);
  Location result;
  result.interval = interval;
  result.t = asFloat(blend(regular, inside, asInt(outside)));
  result.t2 = asFloat(isNotLast & asInt(result.t * result.t));
  result.slope = asFloat(blend(regular, inverseInside, inverse) | (bits & INT32_MIN));
  return result;
}

INLINE float8 pair(const float *low, const float *high) {
  return __builtin_shufflevector(LOAD4(low), LOAD4(high), 0, 1, 2, 3, 4, 5, 6, 7);
}

// The two steps of a transposition within 128-bit halves: [a0 b0 a1 b1], [a2 b2 a3 b3] of two
// vectors.
INLINE float8 interleaveLow(float8 a, float8 b) {
  return __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13);
}
INLINE float8 interleaveHigh(float8 a, float8 b) {
  return __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15);
}
INLINE float8 joinLow(float8 a, float8 b) {
  return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
}
INLINE float8 joinHigh(float8 a, float8 b) {
  return __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
}

/// Where eight rows of a table start, in floats; unsigned, which saves the extension of signs.
typedef struct {
  uint32_t of[WIDTH];
} Rows;

INLINE Rows rowOffsets(int8 interval) {
  Rows rows;
  int8 offsets = interval * ROW;
  memcpy(&rows, &offsets, sizeof(rows));
  return rows;
}

/// Coefficients of eight elements, one vector for each power of t.
typedef struct {
  float8 c0, c1, c2, c3;
} Coefficients;

INLINE Coefficients lookUp(const float *table, int8 interval) {
  Rows row = rowOffsets(interval);
  float8 r04 = pair(table + row.of[0], table + row.of[4]);
  float8 r15 = pair(table + row.of[1], table + row.of[5]);
  float8 r26 = pair(table + row.of[2], table + row.of[6]);
  float8 r37 = pair(table + row.of[3], table + row.of[7]);
  float8 low01 = interleaveLow(r04, r15), low23 = interleaveLow(r26, r37);
  float8 high01 = interleaveHigh(r04, r15), high23 = interleaveHigh(r26, r37);
  return (Coefficients){
    joinLow(low01, low23),
    joinHigh(low01, low23),
    joinLow(high01, high23),
    joinHigh(high01, high23),
  };
}

INLINE float8 value(const float *table, Location at) {
  Coefficients c = lookUp(table, at.interval);
  return (c.c0 + c.c1 * at.t) + at.t2 * (c.c2 + c.c3 * at.t);
}

INLINE float8 derivative(const float *table, Location at) {
  Coefficients c = lookUp(table, at.interval);
  return (c.c1 + (c.c2 + c.c2) * at.t + 3.0f * c.c3 * at.t2) * at.slope;
}

#define ADD4(p, v) STORE4(p, LOAD4(p) + (v))
#define LOW_HALF(v) __builtin_shufflevector(v, v, 0, 1, 2, 3)
#define HIGH_HALF(v) __builtin_shufflevector(v, v, 4, 5, 6, 7)

/// Adds the eight elements' moments, elements i and i + 4 to copy i.
INLINE void addMoments(Location at, float8 gradient, ptrdiff_t copy, float *copies) {
  Rows row = rowOffsets(at.interval);
  float8 m0 = gradient, m1 = gradient * at.t, m2 = gradient * at.t2, m3 = m2 * at.t;
  float8 low01 = interleaveLow(m0, m1), low23 = interleaveLow(m2, m3);
  float8 high01 = interleaveHigh(m0, m1), high23 = interleaveHigh(m2, m3);
  float8 r04 = joinLow(low01, low23), r15 = joinHigh(low01, low23);
  float8 r26 = joinLow(high01, high23), r37 = joinHigh(high01, high23);
  ADD4(copies + row.of[0], LOW_HALF(r04));
  ADD4(copies + copy + row.of[1], LOW_HALF(r15));
  ADD4(copies + 2 * copy + row.of[2], LOW_HALF(r26));
  ADD4(copies + 3 * copy + row.of[3], LOW_HALF(r37));
  ADD4(copies + row.of[4], HIGH_HALF(r04));
  ADD4(copies + copy + row.of[5], HIGH_HALF(r15));
  ADD4(copies + 2 * copy + row.of[6], HIGH_HALF(r26));
  ADD4(copies + 3 * copy + row.of[7], HIGH_HALF(r37));
}

/// Adds the copies to `moments` and clears them.
INLINE void merge(float *copies, ptrdiff_t copy, float *moments) {
  for (ptrdiff_t i = 0; i < copy; i += ROW) {
    float4 sum = (LOAD4(copies + i) + LOAD4(copies + copy + i))
      + (LOAD4(copies + 2 * copy + i) + LOAD4(copies + 3 * copy + i));
    ADD4(moments + i, sum);
    for (int c = 0; c < COPIES; ++c) STORE4(copies + c * copy + i, (float4)0);
  }
}

// Each loop takes eight elements a step. Those at the end are copied between zeros, whose results
// are dropped; zero gradients change no moments.

INLINE void forwardStep(const float *x, const float *table, Grid g, float *y) {
  STORE8(y, value(table, locate(LOAD8(x), g)));
}

INLINE void curve_forward_body(
  const Instructions instructions, const float *x, ptrdiff_t count, const float *table,
  grafs_curve_grid grid, float *y
) {
  Grid g = makeGrid(grid);
  ptrdiff_t i = 0;
  for (; i + WIDTH <= count; i += WIDTH) forwardStep(x + i, table, g, y + i);
  if (i < count) {
    float lastX[WIDTH] = {0}, lastY[WIDTH];
    memcpy(lastX, x + i, (count - i) * sizeof(float));
    forwardStep(lastX, table, g, lastY);
    memcpy(y + i, lastY, (count - i) * sizeof(float));
  }
}

INLINE void backwardStep(
  const bool withMoments, const float *x, const float *gradient, const float *table, Grid g,
  float *dx, ptrdiff_t copy, float *copies
) {
  Location at = locate(LOAD8(x), g);
  float8 upstream = LOAD8(gradient);
  if (withMoments) addMoments(at, upstream, copy, copies);
  STORE8(dx, upstream * derivative(table, at));
}

INLINE void backward(
  const bool withMoments, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx, float *scratch, float *moments
) {
  Grid g = makeGrid(grid);
  ptrdiff_t copy = ROW * grafs_curve_interval_count(grid);
  if (withMoments) memset(scratch, 0, COPIES * copy * sizeof(float));
  for (ptrdiff_t block = 0; block < count; block += BLOCK) {
    ptrdiff_t end = count - block < BLOCK ? count : block + BLOCK, i = block;
    for (; i + WIDTH <= end; i += WIDTH)
      backwardStep(withMoments, x + i, gradient + i, table, g, dx + i, copy, scratch);
    if (i < end) {
      float lastX[WIDTH] = {0}, lastGradient[WIDTH] = {0}, lastDx[WIDTH];
      memcpy(lastX, x + i, (end - i) * sizeof(float));
      memcpy(lastGradient, gradient + i, (end - i) * sizeof(float));
      backwardStep(withMoments, lastX, lastGradient, table, g, lastDx, copy, scratch);
      memcpy(dx + i, lastDx, (end - i) * sizeof(float));
    }
    if (withMoments) merge(scratch, copy, moments);
  }
}

INLINE void curve_backward_input_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx
) {
  backward(false, x, gradient, count, table, grid, dx, NULL, NULL);
}

INLINE void curve_backward_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx, float *scratch, float *moments
) {
  backward(true, x, gradient, count, table, grid, dx, scratch, moments);
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
