// Column statistics of a matrix [rows, columns], and the maps that apply them.

#include "kernel.h"

enum {
  TILE = 16,

  // Rows that are summed in float before the sums go to double; they stay in the first-level cache
  // while the tiles of columns pass over them.
  BLOCK_ROWS = 64,
};

/// Σ a and Σ b over `rows` rows of one tile of columns, where
/// a = x − pivot, b = a² (statistics) or a = g, b = g · (x − mean) · inverseDeviation (backward).
///
/// Even and odd rows have sums of their own, for the latency of additions.
INLINE void sumTile(
  const bool backward, const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns,
  float16 center, float16 factor, double *first, double *second
) {
  float16 a[2] = {0, 0}, b[2] = {0, 0};
  ptrdiff_t row = 0;
#define ADD_ROW(i, offset)                                                \
  {                                                                       \
    float16 centered = LOAD16(x + (offset)) - center;                     \
    float16 left = backward ? LOAD16(gradient + (offset)) : centered;     \
    a[i] += left;                                                         \
    b[i] += left * (backward ? centered * factor : centered);             \
  }
  for (; row + 2 <= rows; row += 2) {
    ADD_ROW(0, row * columns)
    ADD_ROW(1, (row + 1) * columns)
  }
  if (row < rows) ADD_ROW(0, row * columns)
#undef ADD_ROW
  float16 sumA = a[0] + a[1], sumB = b[0] + b[1];
  UNROLL for (int lane = 0; lane < TILE; ++lane) {
    first[lane] += sumA[lane];
    second[lane] += sumB[lane];
  }
}

/// The loops of both kinds of sums; columns beyond the last whole tile one by one.
INLINE void columnSums(
  const bool backward, const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns,
  const float *center, const float *factor, double *sums
) {
  double *second = sums + columns;
  for (ptrdiff_t c = 0; c < 2 * columns; ++c) sums[c] = 0;
  for (ptrdiff_t block = 0; block < rows; block += BLOCK_ROWS) {
    ptrdiff_t count = rows - block < BLOCK_ROWS ? rows - block : BLOCK_ROWS;
    const float *blockX = x + block * columns;
    const float *blockGradient = backward ? gradient + block * columns : NULL;
    ptrdiff_t c = 0;
    for (; c + TILE <= columns; c += TILE)
      sumTile(
        backward, blockX + c, backward ? blockGradient + c : NULL, count, columns,
        LOAD16(center + c), backward ? LOAD16(factor + c) : (float16)0, sums + c, second + c);
    for (; c < columns; ++c) {
      float a = 0, b = 0;
      for (ptrdiff_t i = c; i < count * columns; i += columns) {
        float centered = blockX[i] - center[c];
        float left = backward ? blockGradient[i] : centered;
        a += left;
        b += left * (backward ? centered * factor[c] : centered);
      }
      sums[c] += a;
      second[c] += b;
    }
  }
}

INLINE void column_sums_body(
  const Instructions instructions, const float *x, ptrdiff_t rows, ptrdiff_t columns,
  const float *pivot, double *sums
) {
  columnSums(false, x, NULL, rows, columns, pivot, NULL, sums);
}

INLINE void normalization_backward_sums_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t rows,
  ptrdiff_t columns, const float *mean, const float *inverseDeviation, double *sums
) {
  columnSums(true, x, gradient, rows, columns, mean, inverseDeviation, sums);
}

// The maps take several narrow rows as one, with the coefficients repeated, so that the loops over
// columns are long enough for full vectors.
enum { WIDE = 64 };

/// How many rows of `columns` elements are taken as one.
INLINE ptrdiff_t rowsTogether(ptrdiff_t columns) { return columns < WIDE ? WIDE / columns : 1; }

/// Writes `coefficients` `[columns]` `copies` times to `repeated`, and returns the longer row; a
/// wide row is returned itself.
INLINE const float *repeat(
  const float *coefficients, ptrdiff_t columns, ptrdiff_t copies, float *repeated
) {
  if (copies == 1) return coefficients;
  for (ptrdiff_t i = 0; i < copies; ++i)
    memcpy(repeated + i * columns, coefficients, columns * sizeof(float));
  return repeated;
}

/// Runs `statement` with the element's index `i` and its coefficients' index `c` for all elements.
#define FOR_ALL_ELEMENTS(rows, columns, together, statement)                                   \
  {                                                                                            \
    ptrdiff_t count = (rows) * (columns), width = (columns) * (together);                      \
    for (ptrdiff_t start = 0; start < count; start += width) {                                 \
      ptrdiff_t length = count - start < width ? count - start : width;                        \
      INDEPENDENT for (ptrdiff_t c = 0; c < length; ++c) { ptrdiff_t i = start + c; statement; } \
    }                                                                                          \
  }

INLINE void scale_shift_body(
  const Instructions instructions, const float *x, ptrdiff_t rows, ptrdiff_t columns,
  const float *scale, const float *shift, float *y
) {
  float scales[WIDE], shifts[WIDE];
  ptrdiff_t together = rowsTogether(columns);
  scale = repeat(scale, columns, together, scales);
  shift = repeat(shift, columns, together, shifts);
  FOR_ALL_ELEMENTS(rows, columns, together, y[i] = x[i] * scale[c] + shift[c])
}

INLINE void scale_shift_add_body(
  const Instructions instructions, const float *x, const float *residual, ptrdiff_t rows,
  ptrdiff_t columns, const float *scale, const float *shift, float *y
) {
  float scales[WIDE], shifts[WIDE];
  ptrdiff_t together = rowsTogether(columns);
  scale = repeat(scale, columns, together, scales);
  shift = repeat(shift, columns, together, shifts);
  FOR_ALL_ELEMENTS(rows, columns, together, y[i] = x[i] * scale[c] + shift[c] + residual[i])
}

INLINE void normalization_backward_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t rows,
  ptrdiff_t columns, const float *a, const float *b, const float *d, float *dx
) {
  float as[WIDE], bs[WIDE], ds[WIDE];
  ptrdiff_t together = rowsTogether(columns);
  a = repeat(a, columns, together, as);
  b = repeat(b, columns, together, bs);
  d = repeat(d, columns, together, ds);
  FOR_ALL_ELEMENTS(rows, columns, together, dx[i] = a[c] * gradient[i] + b[c] * x[i] + d[c])
}

DEFINE_KERNEL(
  void, column_sums,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, const float *pivot, double *sums), x, rows,
  columns, pivot, sums)

DEFINE_KERNEL(
  void, normalization_backward_sums,
  (const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns, const float *mean,
   const float *inverseDeviation, double *sums),
  x, gradient, rows, columns, mean, inverseDeviation, sums)

DEFINE_KERNEL(
  void, scale_shift,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, const float *scale, const float *shift,
   float *y),
  x, rows, columns, scale, shift, y)

DEFINE_KERNEL(
  void, scale_shift_add,
  (const float *x, const float *residual, ptrdiff_t rows, ptrdiff_t columns, const float *scale,
   const float *shift, float *y),
  x, residual, rows, columns, scale, shift, y)

DEFINE_KERNEL(
  void, normalization_backward,
  (const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns, const float *a,
   const float *b, const float *d, float *dx),
  x, gradient, rows, columns, a, b, d, dx)
