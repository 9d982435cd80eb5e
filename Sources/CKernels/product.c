// Products of matrices: a strip of rows of the left factor by one or two tiles of columns of the
// right one.
//
// The caller cuts long sums: a block of `inner` that stays in the caches is added to the result of
// those before it. A sum is formed in the order of `inner` whatever the blocks of rows and columns.

#include "tiles.h"

// 16 of AVX-512's 32 registers hide the latency of two units and leave room for both tiles; AVX2
// takes 12 of 16, SSE has room for three rows.
enum { MAX_PRODUCT_SUMS = 16 };

/// The rows of a strip, and what it is multiplied with.
typedef struct {
  const float *left;
  ptrdiff_t rowStep, innerStep;
  const float *packed;
  float *result;
  ptrdiff_t resultLine;
  ptrdiff_t inner;
  /// How many columns of the last tile there are.
  ptrdiff_t lanes;
  bool adds;
} ProductStrip;

/// The products of a strip; the first `done` rows are not stored.
INLINE void productStrip(const int rows, const int tiles, ProductStrip s, ptrdiff_t done) {
  float16 sums[MAX_PRODUCT_SUMS];
  UNROLL for (int i = 0; i < rows * tiles; ++i) sums[i] = 0;
  const ptrdiff_t tile = s.inner * TILE;
  const float *packed = s.packed;
  for (ptrdiff_t i = 0; i < s.inner; ++i, packed += TILE) {
    float16 right[2];
    UNROLL for (int t = 0; t < tiles; ++t) right[t] = LOAD16(packed + t * tile);
    const float *left = s.left + i * s.innerStep;
    UNROLL for (int row = 0; row < rows; ++row, left += s.rowStep) {
      const float16 value = (float16)(*left);
      UNROLL for (int t = 0; t < tiles; ++t) sums[row * tiles + t] += value * right[t];
    }
  }
  UNROLL for (int row = 0; row < rows; ++row)
    if (row >= done)
      UNROLL for (int t = 0; t < tiles; ++t) {
        float *result = s.result + row * s.resultLine + t * TILE;
        ptrdiff_t lanes = t == tiles - 1 ? s.lanes : TILE;
        float16 sum = sums[row * tiles + t];
        if (s.adds && lanes == TILE) sum += LOAD16(result);
        else if (s.adds) sum += loadLanes(result, lanes);
        storeLanes(result, 0, lanes, sum);
      }
}

/// All rows by one tile of columns, or by two. The last strip may begin earlier.
INLINE void productStrips(const int length, const int tiles, ptrdiff_t rows, ProductStrip first) {
  for (ptrdiff_t row = 0; row < rows; row += length) {
    ptrdiff_t start = row + length <= rows ? row : rows - length;
    ProductStrip s = first;
    s.left += start * s.rowStep;
    s.result += start * s.resultLine;
    productStrip(length, tiles, s, row - start);
  }
}

INLINE void product_body(
  const Instructions instructions, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t inner,
  const float *left, ptrdiff_t rowStep, ptrdiff_t innerStep, const float *packed, bool adds,
  float *result, ptrdiff_t resultLine
) {
  for (ptrdiff_t column = 0; column < columns;) {
    ptrdiff_t rest = columns - column;
    bool isPair = instructions == AVX512 && rest > TILE;
    ptrdiff_t behind = rest - (isPair ? TILE : 0);
    ProductStrip s = {
      .left = left,
      .rowStep = rowStep,
      .innerStep = innerStep,
      .packed = packed,
      .result = result + column,
      .resultLine = resultLine,
      .inner = inner,
      .lanes = behind < TILE ? behind : TILE,
      .adds = adds,
    };
    if (isPair && rows >= 8) productStrips(8, 2, rows, s);
    else if (isPair) productStrips(1, 2, rows, s);
    else if (instructions == AVX512 && rows >= 16) productStrips(16, 1, rows, s);
    else if (instructions == AVX512 && rows >= 8) productStrips(8, 1, rows, s);
    else if (instructions != PORTABLE && rows >= 6) productStrips(6, 1, rows, s);
    else if (rows >= 3) productStrips(3, 1, rows, s);
    else productStrips(1, 1, rows, s);
    packed += inner * TILE * (isPair ? 2 : 1);
    column += isPair ? 2 * TILE : TILE;
  }
}

DEFINE_WIDE_KERNEL(
  void, product,
  (ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t inner, const float *left, ptrdiff_t rowStep,
   ptrdiff_t innerStep, const float *packed, bool adds, float *result, ptrdiff_t resultLine),
  rows, columns, inner, left, rowStep, innerStep, packed, adds, result, resultLine)

ptrdiff_t grafs_product_packed_count(ptrdiff_t inner, ptrdiff_t columns) {
  return inner * tiled(columns);
}

/// Four rows of four floats, exchanged with their columns.
INLINE void transpose4(const float *source, ptrdiff_t line, float *target) {
  float4 a = LOAD4(source), b = LOAD4(source + line);
  float4 c = LOAD4(source + 2 * line), d = LOAD4(source + 3 * line);
  float4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  float4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  float4 abHigh = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  float4 cdHigh = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  STORE4(target, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
  STORE4(target + TILE, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
  STORE4(target + 2 * TILE, __builtin_shufflevector(abHigh, cdHigh, 0, 1, 4, 5));
  STORE4(target + 3 * TILE, __builtin_shufflevector(abHigh, cdHigh, 2, 3, 6, 7));
}

void grafs_product_pack(
  const float *right, ptrdiff_t innerStep, ptrdiff_t columnStep, ptrdiff_t inner,
  ptrdiff_t columns, float *packed
) {
  for (ptrdiff_t column = 0; column < columns; column += TILE, packed += inner * TILE) {
    const float *source = right + column * columnStep;
    ptrdiff_t lanes = columns - column < TILE ? columns - column : TILE;
    ptrdiff_t i = 0;
    if (lanes == TILE && columnStep == 1) {
      for (; i < inner; ++i) memcpy(packed + i * TILE, source + i * innerStep, sizeof(float16));
    } else if (lanes == TILE && innerStep == 1) {
      for (; i + 4 <= inner; i += 4)
        for (int lane = 0; lane < TILE; lane += 4)
          transpose4(source + lane * columnStep + i, columnStep, packed + i * TILE + lane);
    }
    for (; i < inner; ++i)
      for (ptrdiff_t lane = 0; lane < TILE; ++lane)
        packed[i * TILE + lane] =
          lane < lanes ? source[i * innerStep + lane * columnStep] : 0;
  }
}
