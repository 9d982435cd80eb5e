// What the files of convolution share: the layouts, and zeros around images.

#ifndef GRAFS_CONVOLUTION_H
#define GRAFS_CONVOLUTION_H

#include "tiles.h"

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

#endif
