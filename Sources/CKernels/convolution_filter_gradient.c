// The gradient of convolution for the kernels.
//
// The gradient is a matrix [kernelHeight · kernelWidth · channels, filters]: row f is the sum over
// all windows of the window's float f times the output gradient's pixel. A tile of it, some rows by
// 16 filters, stays in registers while the pixels of a band of output rows pass by.

#include "convolution.h"

// Every tile of the matrix reads a cache line or two of each pixel of a band, of image and gradient
// both: so many pixels keep them in the first-level cache, and are enough work for a tile's loads
// and stores not to show.
enum { BAND_PIXELS = 128 };

/// `lanes` floats, then zeros.
INLINE float16 loadLanes(const float *source, ptrdiff_t lanes) {
  float16 result = 0;
  memcpy(&result, source, lanes * sizeof(float));
  return result;
}

/// Adds a band's part of a tile: the window's floats at `starts`, the gradient's channels from
/// `gradient` on, to the rows at `targets`. Only lanes from `skip` to `lanes` are stored.
INLINE void filterGradientTile(
  const int positions, const bool whole, const float *const *starts, ptrdiff_t windowStep,
  ptrdiff_t windowRowStep, const float *gradient, ptrdiff_t filters, ptrdiff_t rows,
  ptrdiff_t columns, ptrdiff_t skip, ptrdiff_t lanes, float *const *targets
) {
  float16 sums[MAX_POSITIONS];
  UNROLL for (int p = 0; p < positions; ++p) {
    sums[p] = whole ? LOAD16(targets[p]) : loadLanes(targets[p], lanes);
  }
  for (ptrdiff_t row = 0; row < rows; ++row) {
    ptrdiff_t offset = row * windowRowStep;
    for (ptrdiff_t column = 0; column < columns; ++column) {
      float16 upstream = whole ? LOAD16(gradient) : loadLanes(gradient, lanes);
      UNROLL for (int p = 0; p < positions; ++p) sums[p] += starts[p][offset] * upstream;
      gradient += filters;
      offset += windowStep;
    }
  }
  UNROLL for (int p = 0; p < positions; ++p) storeLanes(targets[p], skip, lanes, sums[p]);
}

/// All tiles of rows for one tile of filters, over the band of output rows that starts at `padded`.
INLINE void filterGradientBand(
  const int positions, const bool whole, grafs_convolution s, const float *padded,
  const float *gradient, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t skip, ptrdiff_t lanes,
  float *kernelGradient
) {
  ptrdiff_t line = (s.width + 2 * s.padding) * s.channels;
  ptrdiff_t run = s.kernelWidth * s.channels;
  ptrdiff_t count = s.kernelHeight * run;
  ptrdiff_t y = 0, x = 0;
  for (ptrdiff_t f = 0; f < count; f += positions) {
    // The last tile repeats the last row, whose sum is then stored more than once.
    const float *starts[MAX_POSITIONS];
    float *targets[MAX_POSITIONS];
    UNROLL for (int p = 0; p < positions; ++p) {
      starts[p] = padded + y * line + x;
      targets[p] = kernelGradient + (y * run + x) * s.filters;
      if (x + 1 < run) ++x;
      else if (y + 1 < s.kernelHeight) { ++y; x = 0; }
    }
    filterGradientTile(
      positions, whole, starts, s.stride * s.channels, s.stride * line, gradient, s.filters, rows,
      columns, skip, lanes, targets);
  }
}

INLINE void convolution_filter_gradient_body(
  const Instructions instructions, grafs_convolution s, const float *padded,
  const float *outputGradient, float *kernelGradient
) {
  const int positions = TILE_POSITIONS(instructions);
  ptrdiff_t line = (s.width + 2 * s.padding) * s.channels;
  ptrdiff_t height = grafs_convolution_output_height(s);
  ptrdiff_t columns = grafs_convolution_output_width(s);
  ptrdiff_t bandRows = BAND_PIXELS / columns;
  if (bandRows < 1) bandRows = 1;
  for (ptrdiff_t row = 0; row < height; row += bandRows) {
    ptrdiff_t rows = height - row < bandRows ? height - row : bandRows;
    const float *band = padded + row * s.stride * line;
    const float *gradient = outputGradient + row * columns * s.filters;
    ptrdiff_t k = 0;
    for (; k + TILE <= s.filters; k += TILE)
      filterGradientBand(
        positions, true, s, band, gradient + k, rows, columns, 0, TILE, kernelGradient + k);
    if (k < s.filters && s.filters >= TILE) {
      // The last 16 filters once more, of which those not yet done are stored.
      ptrdiff_t start = s.filters - TILE;
      filterGradientBand(
        positions, true, s, band, gradient + start, rows, columns, k - start, TILE,
        kernelGradient + start);
    } else if (k < s.filters) {
      filterGradientBand(
        positions, false, s, band, gradient, rows, columns, 0, s.filters, kernelGradient);
    }
  }
}

DEFINE_WIDE_KERNEL(
  void, convolution_filter_gradient,
  (grafs_convolution shape, const float *padded, const float *outputGradient,
   float *kernelGradient),
  shape, padded, outputGradient, kernelGradient)
