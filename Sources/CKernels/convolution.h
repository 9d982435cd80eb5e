// What the files of convolution share: the layouts, and zeros around images.

#ifndef GRAFS_CONVOLUTION_H
#define GRAFS_CONVOLUTION_H

#include "kernel.h"

// Filters are taken in tiles of 16: two AVX registers, one of AVX-512, four of NEON.
enum { TILE = 16 };

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

/// The length of strips that computes least for `count` neighbors, the last strip overlapping the
/// one before; a strip costs about one more than it is long.
INLINE ptrdiff_t stripLength(ptrdiff_t count, const int *lengths) {
  ptrdiff_t best = 1, least = 2 * count;
  for (; *lengths > 1; ++lengths) {
    ptrdiff_t cost = (count + *lengths - 1) / *lengths * (*lengths + 1);
    if (*lengths <= count && cost < least) { least = cost; best = *lengths; }
  }
  return best;
}

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

#endif
