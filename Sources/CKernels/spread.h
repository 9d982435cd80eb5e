// The gradient by an image of few channels: a pixel's 16 lanes would be mostly empty, but a row of
// its window fills them. Each pixel of the output gradient is spread over its window, to which the
// products with the kernel are added.
//
// Kernels are packed `[filters, tiles, 16]`, where each of a window's rows has
// ⌈taps · channels / 16⌉ tiles. A sum over the filters is formed in registers, then added to the
// image. Windows follow each other in row-major order, but of two neighbors the right one is first:
// it meets a float no later than the left one, whichever tiles are taken together. So AVX2 and
// AVX-512 give the same bits. Idle lanes add 0 to what stands behind a window's row, which a
// gradient that is not finite turns into NaN.

#ifndef GRAFS_SPREAD_H
#define GRAFS_SPREAD_H

#include "convolution.h"

/// The tiles of a row of a window.
INLINE ptrdiff_t rowTiles(grafs_convolution s) {
  return tiled(s.kernelWidth * s.channels) / TILE;
}

/// The floats of packed kernels.
INLINE ptrdiff_t spreadPackedCount(grafs_convolution s) {
  return s.filters * s.kernelHeight * rowTiles(s) * TILE;
}

// Every pair of pixels reads all packed kernels: so many floats stay in a first-level cache.
enum { MOST_PACKED = 1 << 13 };

/// Whether spreading computes clearly less than correlating. To add a tile to the image costs about
/// as much as three filters.
INLINE bool isSpread(grafs_convolution s) {
  ptrdiff_t spread = (s.filters + 3) * rowTiles(s) * TILE;
  ptrdiff_t correlated = s.filters * s.kernelWidth * tiled(s.channels);
  return spread * 5 < correlated * 4 && spreadPackedCount(s) <= MOST_PACKED;
}

/// The floats of the padded image that windows are added to; the last window's last tile may end
/// behind it.
INLINE ptrdiff_t spreadCount(grafs_convolution s) {
  return (s.height + 2 * s.padding) * (s.width + 2 * s.padding) * s.channels + TILE;
}

/// Two registers of AVX-512 for every tile but those that a kernel's float is loaded to, or what
/// else there is; sums of two neighboring pixels need each such float once.
enum { MOST_TILES = 10 };

/// Adds `tiles` tiles of the windows of `pixels` neighboring pixels, from tile `first` on.
INLINE void spreadTiles(
  const int pixels, const int tiles, grafs_convolution s, const float *gradient,
  const float *packed, ptrdiff_t first, float *window
) {
  const ptrdiff_t ofRow = rowTiles(s), stride = s.kernelHeight * ofRow * TILE;
  const ptrdiff_t line = (s.width + 2 * s.padding) * s.channels;
  float16 sums[2 * MOST_TILES];
  UNROLL for (int i = 0; i < pixels * tiles; ++i) sums[i] = 0;
  packed += first * TILE;
  for (ptrdiff_t filter = 0; filter < s.filters; ++filter, packed += stride) {
    float16 values[2];
    UNROLL for (int p = 0; p < pixels; ++p) values[p] = (float16)(gradient[p * s.filters + filter]);
    UNROLL for (int t = 0; t < tiles; ++t) {
      const float16 kernel = LOAD16(packed + t * TILE);
      UNROLL for (int p = 0; p < pixels; ++p) sums[p * tiles + t] += values[p] * kernel;
    }
  }
  UNROLL for (int p = pixels - 1; p >= 0; --p) {
    ptrdiff_t tile = first % ofRow;
    float *row = window + first / ofRow * line + p * s.stride * s.channels;
    UNROLL for (int t = 0; t < tiles; ++t) {
      STORE16(row + tile * TILE, LOAD16(row + tile * TILE) + sums[p * tiles + t]);
      if (++tile == ofRow) { tile = 0; row += line; }
    }
  }
}

/// Adds all tiles of the windows of `pixels` neighboring pixels.
INLINE void spreadPixels(
  const Instructions instructions, const int pixels, grafs_convolution s, const float *gradient,
  const float *packed, float *window
) {
  const ptrdiff_t count = s.kernelHeight * rowTiles(s);
  for (ptrdiff_t tile = 0; tile < count;) {
    ptrdiff_t left = count - tile;
    const bool isWide = instructions == AVX512;
    if (isWide && left >= 10) {
      spreadTiles(pixels, 10, s, gradient, packed, tile, window);
      tile += 10;
    } else if (isWide && left >= 6) {
      spreadTiles(pixels, 6, s, gradient, packed, tile, window);
      tile += 6;
    } else if (isWide && left >= 5) {
      spreadTiles(pixels, 5, s, gradient, packed, tile, window);
      tile += 5;
    } else if (instructions != PORTABLE && left >= 3) {
      spreadTiles(pixels, 3, s, gradient, packed, tile, window);
      tile += 3;
    } else if (instructions != PORTABLE && left == 2) {
      spreadTiles(pixels, 2, s, gradient, packed, tile, window);
      tile += 2;
    } else {
      spreadTiles(pixels, 1, s, gradient, packed, tile, window);
      tile += 1;
    }
  }
}

/// The whole gradient by an image; `padded` is scratch of `spreadCount` floats.
INLINE void spread(
  const Instructions instructions, grafs_convolution s, const float *gradient, const float *packed,
  float *padded, float *image
) {
  const ptrdiff_t width = (s.width + 2 * s.padding), line = width * s.channels;
  const ptrdiff_t rows = grafs_convolution_output_height(s);
  const ptrdiff_t columns = grafs_convolution_output_width(s);
  memset(padded, 0, spreadCount(s) * sizeof(float));
  for (ptrdiff_t y = 0; y < rows; ++y) {
    float *window = padded + y * s.stride * line;
    ptrdiff_t x = 0;
    for (; x + 2 <= columns; x += 2, gradient += 2 * s.filters)
      spreadPixels(instructions, 2, s, gradient, packed, window + x * s.stride * s.channels);
    for (; x < columns; ++x, gradient += s.filters)
      spreadPixels(instructions, 1, s, gradient, packed, window + x * s.stride * s.channels);
  }
  for (ptrdiff_t y = 0; y < s.height; ++y)
    memcpy(
      image + y * s.width * s.channels,
      padded + (y + s.padding) * line + s.padding * s.channels,
      s.width * s.channels * sizeof(float));
}

#endif
