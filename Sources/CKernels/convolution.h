// What the files of convolution share: the layouts, and the tile that forward pass and input
// gradient have in common.

#ifndef GRAFS_CONVOLUTION_H
#define GRAFS_CONVOLUTION_H

#include "kernel.h"

// Filters are taken in tiles of 16: two AVX registers, one of AVX-512, four of NEON.
enum { TILE = 16 };

// Positions of a tile: as many as leave registers for one tile of filters and a broadcast. Six by
// two AVX registers fill 12 of 16, eight AVX-512 registers are enough to hide the latency of a
// multiply-add and divide the 64, 256 and 1024 pixels of the networks; SSE has room for three.
#if defined(__x86_64__)
#define TILE_POSITIONS(instructions) \
  ((instructions) == AVX512 ? 8 : (instructions) == AVX2 ? 6 : 3)
#else
#define TILE_POSITIONS(instructions) 6
#endif
enum { MAX_POSITIONS = 8 };

/// `count` rounded up to whole tiles.
INLINE ptrdiff_t tiled(ptrdiff_t count) { return (count + TILE - 1) / TILE * TILE; }

/// The taps 0 ≤ residue + i · stride < size of a kernel's side.
INLINE ptrdiff_t residueTaps(ptrdiff_t size, ptrdiff_t residue, ptrdiff_t stride) {
  return residue < size ? (size - residue - 1) / stride + 1 : 0;
}

/// An axis with zeros around its elements: how many stand before them, and the length in all.
typedef struct {
  ptrdiff_t before;
  ptrdiff_t total;
} Margins;

/// What the input gradient needs around one axis of the output gradient: windows of the longest
/// residue, at every position whose pixel lies in the image of length `size`.
INLINE Margins gradientMargins(ptrdiff_t size, ptrdiff_t kernel, grafs_convolution s) {
  ptrdiff_t length = (size + 2 * s.padding - kernel) / s.stride + 1;
  ptrdiff_t last = (size - 1 + s.padding) / s.stride;
  ptrdiff_t before = residueTaps(kernel, 0, s.stride) - 1;
  return (Margins){before, before + (last + 1 > length ? last + 1 : length)};
}

/// Copies `image` `[height, width, channels]` into zeros `[rows.total, columns.total, channels]`.
INLINE void copyWithMargins(
  const float *image, ptrdiff_t height, ptrdiff_t width, ptrdiff_t channels, Margins rows,
  Margins columns, float *padded
) {
  ptrdiff_t line = columns.total * channels, run = width * channels;
  ptrdiff_t before = columns.before * channels, after = line - before - run;
  memset(padded, 0, rows.before * line * sizeof(float));
  padded += rows.before * line;
  for (ptrdiff_t y = 0; y < height; ++y, padded += line) {
    memset(padded, 0, before * sizeof(float));
    memcpy(padded + before, image + y * run, run * sizeof(float));
    memset(padded + before + run, 0, after * sizeof(float));
  }
  memset(padded, 0, (rows.total - rows.before - height) * line * sizeof(float));
}

/// A correlation whose windows lie on a lattice of `source` and whose results lie on one of
/// `target`.
///
/// Steps are in floats. A window has `windowRows` rows of `windowRun` floats, `sourceLine` apart:
/// with channels last, the columns and channels of a kernel's row are one run.
typedef struct {
  const float *source;
  ptrdiff_t sourceRowStep, sourceColumnStep, sourceLine;
  ptrdiff_t windowRows, windowRun;
  float *target;
  ptrdiff_t targetRowStep, targetColumnStep;
  ptrdiff_t rows, columns;
} Correlation;

/// Stores the elements of `v` from `start` to `end` at their places from `target` on.
INLINE void storeLanes(float *target, ptrdiff_t start, ptrdiff_t end, float16 v) {
  if (end - start == TILE) {
    STORE16(target, v);
  } else {
    // A copy, or the variable length would keep the original out of the registers.
    float elements[TILE];
    STORE16(elements, v);
    memcpy(target + start, elements + start, (end - start) * sizeof(float));
  }
}

/// Dot products of `positions` windows with a tile of filters, `packed` `[windowRows, windowRun,
/// 16]`.
INLINE void correlateTile(
  const int positions, const Correlation *c, const float *const *windows, const float *packed,
  float *const *targets, ptrdiff_t lanes
) {
  float16 sums[MAX_POSITIONS];
  UNROLL for (int p = 0; p < positions; ++p) sums[p] = 0;
  for (ptrdiff_t row = 0; row < c->windowRows; ++row) {
    const float *lines[MAX_POSITIONS];
    UNROLL for (int p = 0; p < positions; ++p) lines[p] = windows[p] + row * c->sourceLine;
    for (ptrdiff_t i = 0; i < c->windowRun; ++i, packed += TILE) {
      float16 filters = LOAD16(packed);
      UNROLL for (int p = 0; p < positions; ++p) sums[p] += lines[p][i] * filters;
    }
  }
  UNROLL for (int p = 0; p < positions; ++p) storeLanes(targets[p], 0, lanes, sums[p]);
}

/// Correlates at all positions with `filters` filters, `packed` `[⌈filters/16⌉, window, 16]`.
INLINE void correlate(const int positions, const Correlation *c, const float *packed,
                      ptrdiff_t filters) {
  ptrdiff_t count = c->rows * c->columns;
  for (ptrdiff_t k = 0; k < filters; k += TILE) {
    ptrdiff_t lanes = filters - k < TILE ? filters - k : TILE;
    ptrdiff_t row = 0, column = 0;
    for (ptrdiff_t done = 0; done < count; done += positions) {
      // Tiles run on over the ends of rows, so that small images fill them too; the last tile
      // repeats the last position, whose result is then stored more than once.
      const float *windows[MAX_POSITIONS];
      float *targets[MAX_POSITIONS];
      UNROLL for (int p = 0; p < positions; ++p) {
        windows[p] = c->source + row * c->sourceRowStep + column * c->sourceColumnStep;
        targets[p] = c->target + row * c->targetRowStep + column * c->targetColumnStep + k;
        if (column + 1 < c->columns) ++column;
        else if (row + 1 < c->rows) { ++row; column = 0; }
      }
      correlateTile(positions, c, windows, packed, targets, lanes);
    }
    packed += c->windowRows * c->windowRun * TILE;
  }
}

#endif
