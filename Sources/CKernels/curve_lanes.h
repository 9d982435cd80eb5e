// Curves of eight or sixteen elements at a time: included with LANES defined, and VECTOR, INTEGERS,
// LOAD, STORE and NAME for it.
//
// A row of the table is one 128-bit load. Rows lie side by side in quarters of a vector, elements
// i, i + 4, … in the same one, and are transposed within quarters; so elements stay in order.

INLINE VECTOR NAME(asFloat)(INTEGERS bits) { return (VECTOR)bits; }
INLINE INTEGERS NAME(asInt)(VECTOR x) { return (INTEGERS)x; }
INLINE INTEGERS NAME(blend)(INTEGERS mask, INTEGERS a, INTEGERS b) {
  return (mask & a) | (~mask & b);
}

/// Where the numbers lie on the grid.
typedef struct {
  INTEGERS interval;
  VECTOR t;
  VECTOR t2;      // t², or 0 in the last interval.
  VECTOR slope;   // dt/dx
} NAME(Location);

INLINE NAME(Location) NAME(locate)(VECTOR x, Grid g) {
  INTEGERS bits = NAME(asInt)(x);
  INTEGERS magnitude = bits & INT32_MAX;
  INTEGERS isLow = magnitude < g.lowBits;
  INTEGERS isNotLast = magnitude < g.highBits;

  // Subtracting the bits of the lowest node numbers the intervals; below it the shift gives a
  // negative number, and everything from the highest on, infinity and NaN too, a large one.
  INTEGERS interval = ((magnitude - g.lowBits) >> g.shift) + 1;
  interval = __builtin_elementwise_max(interval, (INTEGERS)0);
  interval = __builtin_elementwise_min(interval, (INTEGERS)g.last);
  interval += (bits >> 31) & (g.last + 1);

  // The mantissa's bits below the interval's, as the fraction of a float in [1, 2).
  INTEGERS fraction = ((magnitude << g.octaveShift) & 0x007fffff) | exponentBits(0);
  INTEGERS inside = NAME(asInt)(NAME(asFloat)(fraction) - 1.0f);
  INTEGERS inverse =
    NAME(blend)(isLow, (INTEGERS)g.lowInverseBits, (INTEGERS)g.highInverseBits);
  VECTOR outside = NAME(asFloat)(magnitude) * NAME(asFloat)(inverse)
    - NAME(asFloat)(~isLow & exponentBits(0));
  // The comparison is false for NaN, which stays.
  outside = NAME(asFloat)(NAME(blend)(
    outside > FLT_MAX, NAME(asInt)((VECTOR)FLT_MAX), NAME(asInt)(outside)));

  INTEGERS regular = isNotLast & ~isLow;
  // The exponent of 1 / 2^(e − s), from the bits of e: 127 − (e − s) = 254 + s − (127 + e).
  INTEGERS inverseInside = ((254 + g.octaveShift) << 23) - (magnitude & 0x7f800000);
  NAME(Location) result;
  result.interval = interval;
  result.t = NAME(asFloat)(NAME(blend)(regular, inside, NAME(asInt)(outside)));
  result.t2 = NAME(asFloat)(isNotLast & NAME(asInt)(result.t * result.t));
  result.slope =
    NAME(asFloat)(NAME(blend)(regular, inverseInside, inverse) | (bits & INT32_MIN));
  return result;
}

/// Where the rows of the table start, in floats; unsigned, which saves the extension of signs.
typedef struct {
  uint32_t of[LANES];
} NAME(Rows);

INLINE NAME(Rows) NAME(rowOffsets)(INTEGERS interval) {
  NAME(Rows) rows;
  INTEGERS offsets = interval * ROW;
  memcpy(&rows, &offsets, sizeof(rows));
  return rows;
}

/// Coefficients of the elements, one vector for each power of t.
typedef struct {
  VECTOR c0, c1, c2, c3;
} NAME(Coefficients);

INLINE NAME(Coefficients) NAME(lookUp)(const float *table, INTEGERS interval) {
  NAME(Rows) row = NAME(rowOffsets)(interval);
  VECTOR r0 = QUARTERS(table, row, 0), r1 = QUARTERS(table, row, 1);
  VECTOR r2 = QUARTERS(table, row, 2), r3 = QUARTERS(table, row, 3);
  VECTOR low01 = INTERLEAVE_LOW(r0, r1), low23 = INTERLEAVE_LOW(r2, r3);
  VECTOR high01 = INTERLEAVE_HIGH(r0, r1), high23 = INTERLEAVE_HIGH(r2, r3);
  return (NAME(Coefficients)){
    JOIN_LOW(low01, low23),
    JOIN_HIGH(low01, low23),
    JOIN_LOW(high01, high23),
    JOIN_HIGH(high01, high23),
  };
}

INLINE VECTOR NAME(value)(const float *table, NAME(Location) at) {
  NAME(Coefficients) c = NAME(lookUp)(table, at.interval);
  return (c.c0 + c.c1 * at.t) + at.t2 * (c.c2 + c.c3 * at.t);
}

INLINE VECTOR NAME(derivative)(const float *table, NAME(Location) at) {
  NAME(Coefficients) c = NAME(lookUp)(table, at.interval);
  return (c.c1 + (c.c2 + c.c2) * at.t + 3.0f * c.c3 * at.t2) * at.slope;
}

/// Adds the elements' moments, those of elements i, i + 4, … to copy i, in their order.
INLINE void NAME(addMoments)(
  NAME(Location) at, VECTOR gradient, ptrdiff_t copy, float *copies
) {
  NAME(Rows) row = NAME(rowOffsets)(at.interval);
  VECTOR m0 = gradient, m1 = gradient * at.t, m2 = gradient * at.t2, m3 = m2 * at.t;
  VECTOR low01 = INTERLEAVE_LOW(m0, m1), low23 = INTERLEAVE_LOW(m2, m3);
  VECTOR high01 = INTERLEAVE_HIGH(m0, m1), high23 = INTERLEAVE_HIGH(m2, m3);
  VECTOR rows[4] = {
    JOIN_LOW(low01, low23), JOIN_HIGH(low01, low23), JOIN_LOW(high01, high23),
    JOIN_HIGH(high01, high23)};
  UNROLL for (int quarter = 0; quarter < LANES / 4; ++quarter)
    UNROLL for (int i = 0; i < COPIES; ++i) {
      float *sum = copies + i * copy + row.of[4 * quarter + i];
      float4 moments;
      memcpy(&moments, (const float *)&rows[i] + 4 * quarter, sizeof(moments));
      STORE4(sum, LOAD4(sum) + moments);
    }
}

// Elements at the end are copied between zeros, whose results are dropped; zero gradients change no
// moments.

INLINE void NAME(forwardStep)(const float *x, const float *table, Grid g, float *y) {
  STORE(y, NAME(value)(table, NAME(locate)(LOAD(x), g)));
}

INLINE void NAME(forward)(
  const float *x, ptrdiff_t count, const float *table, grafs_curve_grid grid, float *y
) {
  Grid g = makeGrid(grid);
  ptrdiff_t i = 0;
  for (; i + LANES <= count; i += LANES) NAME(forwardStep)(x + i, table, g, y + i);
  if (i < count) {
    float lastX[LANES] = {0}, lastY[LANES];
    memcpy(lastX, x + i, (count - i) * sizeof(float));
    NAME(forwardStep)(lastX, table, g, lastY);
    memcpy(y + i, lastY, (count - i) * sizeof(float));
  }
}

INLINE void NAME(backwardStep)(
  const bool withMoments, const float *x, const float *gradient, const float *table, Grid g,
  float *dx, ptrdiff_t copy, float *copies
) {
  NAME(Location) at = NAME(locate)(LOAD(x), g);
  VECTOR upstream = LOAD(gradient);
  if (withMoments) NAME(addMoments)(at, upstream, copy, copies);
  STORE(dx, upstream * NAME(derivative)(table, at));
}

INLINE void NAME(backward)(
  const bool withMoments, const float *x, const float *gradient, ptrdiff_t count,
  const float *table, grafs_curve_grid grid, float *dx, float *scratch, float *moments
) {
  Grid g = makeGrid(grid);
  ptrdiff_t copy = ROW * grafs_curve_interval_count(grid);
  if (withMoments) memset(scratch, 0, COPIES * copy * sizeof(float));
  for (ptrdiff_t block = 0; block < count; block += BLOCK) {
    ptrdiff_t end = count - block < BLOCK ? count : block + BLOCK, i = block;
    for (; i + LANES <= end; i += LANES)
      NAME(backwardStep)(withMoments, x + i, gradient + i, table, g, dx + i, copy, scratch);
    if (i < end) {
      float lastX[LANES] = {0}, lastGradient[LANES] = {0}, lastDx[LANES];
      memcpy(lastX, x + i, (end - i) * sizeof(float));
      memcpy(lastGradient, gradient + i, (end - i) * sizeof(float));
      NAME(backwardStep)(withMoments, lastX, lastGradient, table, g, lastDx, copy, scratch);
      memcpy(dx + i, lastDx, (end - i) * sizeof(float));
    }
    if (withMoments) merge(scratch, copy, moments);
  }
}
