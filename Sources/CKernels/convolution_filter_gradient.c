// The gradient of convolution for the kernels.
//
// The gradient is a matrix [kernelHeight · kernelWidth · channels, filters]: row f is the sum over
// all windows of the window's float f times the output gradient's pixel. A strip of it, some rows
// by one or two tiles of filters, stays in registers while the pixels of a band of output rows pass
// by.

#include "convolution.h"

// Every strip of the matrix reads a cache line or two of each pixel of a band, of image and
// gradient both: so many pixels keep them in the first-level cache, and are enough work for a
// strip's loads and stores not to show.
enum { BAND_PIXELS = 128 };

// 24 of AVX-512's 32 registers, 12 of AVX2's 16.
enum { MAX_SUMS = 24 };

/// Output rows that pass by together, and what they add to.
typedef struct {
  grafs_convolution shape;
  /// The padded image from the band's first window on, `line` floats in a row.
  const float *padded;
  ptrdiff_t line;
  /// The output gradient from the band's first pixel and the first filter on.
  const float *gradient;
  /// The floats of the image's gradient from the band's first pixel on, without the last 15: where
  /// 16 can be read from.
  ptrdiff_t whole;
  ptrdiff_t rows, columns;
  /// From the first filter on.
  float *kernelGradient;
  /// Of the last tile of filters, only lanes from `skip` to `lanes` are stored.
  ptrdiff_t skip, lanes;
} Band;

/// Adds a band's part of a strip: the window's floats from `x` of its row `y` on. The first `done`
/// rows of the strip are not stored. `whole` says that there are 16 filters.
INLINE void filterGradientStrip(
  const int positions, const int tiles, const bool whole, const Band *b, ptrdiff_t y, ptrdiff_t x,
  ptrdiff_t done
) {
  const grafs_convolution s = b->shape;
  float *target = b->kernelGradient + (y * s.kernelWidth * s.channels + x) * s.filters;
  float16 sums[MAX_SUMS];
  UNROLL for (int p = 0; p < positions; ++p)
    UNROLL for (int t = 0; t < tiles; ++t) {
      const float *row = target + p * s.filters + t * TILE;
      sums[p * tiles + t] = whole ? LOAD16(row) : loadLanes(row, b->lanes);
    }
  const float *gradient = b->gradient;
  for (ptrdiff_t row = 0; row < b->rows; ++row) {
    const float *pixel = b->padded + (row * s.stride + y) * b->line + x;
    for (ptrdiff_t column = 0; column < b->columns; ++column) {
      float16 upstream[2];
      // What stands behind the filters is the next pixel's: its sums are not stored.
      UNROLL for (int t = 0; t < tiles; ++t)
        upstream[t] =
          whole || gradient - b->gradient < b->whole ? LOAD16(gradient + t * TILE)
                                                     : loadLanes(gradient, b->lanes);
      UNROLL for (int p = 0; p < positions; ++p) {
        const float16 value = (float16)(pixel[p]);
        UNROLL for (int t = 0; t < tiles; ++t) sums[p * tiles + t] += value * upstream[t];
      }
      gradient += s.filters;
      pixel += s.stride * s.channels;
    }
  }
  UNROLL for (int p = 0; p < positions; ++p)
    if (p >= done)
      UNROLL for (int t = 0; t < tiles; ++t)
        storeLanes(target + p * s.filters + t * TILE, b->skip, b->lanes, sums[p * tiles + t]);
}

/// All strips of one length over a band. The last of a window's row may begin earlier.
INLINE void filterGradientStrips(
  const int positions, const int tiles, const bool whole, const Band *b
) {
  const ptrdiff_t run = b->shape.kernelWidth * b->shape.channels;
  for (ptrdiff_t y = 0; y < b->shape.kernelHeight; ++y)
    for (ptrdiff_t x = 0; x < run; x += positions) {
      ptrdiff_t start = x + positions <= run ? x : run - positions;
      filterGradientStrip(positions, tiles, whole, b, y, start, x - start);
    }
}

/// Adds a band's part for one tile of filters, or for two.
INLINE void filterGradientBand(
  const Instructions instructions, const int tiles, const bool whole, Band b, ptrdiff_t filter
) {
  static const int ofOne[] = {24, 16, 12, 9, 6, 3, 1}, ofTwo[] = {12, 8, 6, 3, 1};
  b.gradient += filter;
  b.kernelGradient += filter;
  const int *lengths = instructions == PORTABLE ? ofOne + 5
    : instructions == AVX2 ? ofOne + 4 : tiles == 1 ? ofOne : ofTwo;
  ptrdiff_t length = stripLength(b.shape.kernelWidth * b.shape.channels, lengths);
  const bool isWide = instructions == AVX512;
  if (isWide && tiles == 1 && length == 24) filterGradientStrips(24, 1, whole, &b);
  else if (isWide && tiles == 1 && length == 16) filterGradientStrips(16, 1, whole, &b);
  else if (isWide && tiles == 1 && length == 9) filterGradientStrips(9, 1, whole, &b);
  else if (isWide && tiles == 2 && length == 8) filterGradientStrips(8, 2, whole, &b);
  else if (isWide && length == 12) filterGradientStrips(12, tiles, whole, &b);
  else if (instructions != PORTABLE && length == 6) filterGradientStrips(6, tiles, whole, &b);
  else if (length == 3) filterGradientStrips(3, tiles, whole, &b);
  else filterGradientStrips(1, tiles, whole, &b);
}

INLINE void convolution_filter_gradient_body(
  const Instructions instructions, grafs_convolution s, const float *padded,
  const float *outputGradient, float *kernelGradient
) {
  ptrdiff_t line = (s.width + 2 * s.padding) * s.channels;
  ptrdiff_t height = grafs_convolution_output_height(s);
  ptrdiff_t columns = grafs_convolution_output_width(s);
  ptrdiff_t bandRows = BAND_PIXELS / columns;
  if (bandRows < 1) bandRows = 1;
  for (ptrdiff_t row = 0; row < height; row += bandRows) {
    Band b = {
      .shape = s,
      .padded = padded + row * s.stride * line,
      .line = line,
      .gradient = outputGradient + row * columns * s.filters,
      .whole = (height - row) * columns * s.filters - (TILE - 1),
      .rows = height - row < bandRows ? height - row : bandRows,
      .columns = columns,
      .kernelGradient = kernelGradient,
      .lanes = TILE,
    };
    ptrdiff_t k = 0;
    if (instructions == AVX512)
      for (; k + 2 * TILE <= s.filters; k += 2 * TILE)
        filterGradientBand(instructions, 2, true, b, k);
    for (; k + TILE <= s.filters; k += TILE) filterGradientBand(instructions, 1, true, b, k);
    if (k < s.filters && s.filters >= TILE) {
      // The last 16 filters once more, of which those not yet done are stored.
      b.skip = k - (s.filters - TILE);
      filterGradientBand(instructions, 1, true, b, s.filters - TILE);
    } else if (k < s.filters) {
      b.lanes = s.filters;
      filterGradientBand(instructions, 1, false, b, 0);
    }
  }
}

DEFINE_WIDE_KERNEL(
  void, convolution_filter_gradient,
  (grafs_convolution shape, const float *padded, const float *outputGradient,
   float *kernelGradient),
  shape, padded, outputGradient, kernelGradient)
