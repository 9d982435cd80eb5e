// Shapes and copies of convolution: padded images and packed kernels.

#include "spread.h"

ptrdiff_t grafs_convolution_output_height(grafs_convolution s) {
  return (s.height + 2 * s.padding - s.kernelHeight) / s.stride + 1;
}

ptrdiff_t grafs_convolution_output_width(grafs_convolution s) {
  return (s.width + 2 * s.padding - s.kernelWidth) / s.stride + 1;
}

ptrdiff_t grafs_convolution_padded_count(grafs_convolution s) {
  return (s.height + 2 * s.padding) * (s.width + 2 * s.padding) * s.channels;
}

ptrdiff_t grafs_convolution_packed_count(grafs_convolution s) {
  return s.kernelHeight * s.kernelWidth * s.channels * tiled(s.filters);
}

ptrdiff_t grafs_convolution_packed_turned_count(grafs_convolution s) {
  if (isSpread(s)) return spreadPackedCount(s);
  return s.kernelHeight * s.kernelWidth * s.filters * tiled(s.channels);
}

ptrdiff_t grafs_convolution_scratch_count(grafs_convolution s) {
  if (isSpread(s)) return spreadCount(s);
  Margins rows = gradientMargins(s.height, s.kernelHeight, s);
  Margins columns = gradientMargins(s.width, s.kernelWidth, s);
  return rows.total * columns.total * s.filters;
}

void grafs_convolution_pad(grafs_convolution s, const float *image, float *padded) {
  Margins rows = {s.padding, s.height + 2 * s.padding};
  Margins columns = {s.padding, s.width + 2 * s.padding};
  copyWithMargins(image, s.height, s.width, s.channels, rows, columns, padded);
}

void grafs_convolution_pack(grafs_convolution s, const float *kernels, float *packed) {
  for (ptrdiff_t k = 0; k < s.filters; k += TILE) {
    ptrdiff_t lanes = s.filters - k < TILE ? s.filters - k : TILE;
    for (ptrdiff_t y = 0; y < s.kernelHeight; ++y)
      for (ptrdiff_t c = 0; c < s.channels; ++c)
        for (ptrdiff_t x = 0; x < s.kernelWidth; ++x, packed += TILE) {
          const float *tap = kernels + ((y * s.kernelWidth + x) * s.channels + c) * s.filters;
          memset(packed, 0, TILE * sizeof(float));
          memcpy(packed, tap + k, lanes * sizeof(float));
        }
  }
}

// Rows of windows, their taps and channels side by side (see `spread.h`).
static void packRows(grafs_convolution s, const float *kernels, float *packed) {
  ptrdiff_t run = s.kernelWidth * s.channels, padded = rowTiles(s) * TILE;
  for (ptrdiff_t k = 0; k < s.filters; ++k)
    for (ptrdiff_t y = 0; y < s.kernelHeight; ++y, packed += padded) {
      memset(packed, 0, padded * sizeof(float));
      for (ptrdiff_t i = 0; i < run; ++i) packed[i] = kernels[(y * run + i) * s.filters + k];
    }
}

// The order is that in which the windows of a residue's correlation are read (see
// `convolution_input_gradient.c`): their first tap is the last of the kernel with this residue.
void grafs_convolution_pack_turned(grafs_convolution s, const float *kernels, float *packed) {
  if (isSpread(s)) {
    packRows(s, kernels, packed);
    return;
  }
  for (ptrdiff_t yResidue = 0; yResidue < s.stride; ++yResidue)
    for (ptrdiff_t xResidue = 0; xResidue < s.stride; ++xResidue)
      for (ptrdiff_t c = 0; c < s.channels; c += TILE) {
        ptrdiff_t lanes = s.channels - c < TILE ? s.channels - c : TILE;
        for (ptrdiff_t i = residueTaps(s.kernelHeight, yResidue, s.stride) - 1; i >= 0; --i)
          for (ptrdiff_t k = 0; k < s.filters; ++k)
            for (ptrdiff_t j = residueTaps(s.kernelWidth, xResidue, s.stride) - 1; j >= 0; --j) {
              ptrdiff_t y = yResidue + i * s.stride, x = xResidue + j * s.stride;
              const float *tap = kernels + ((y * s.kernelWidth + x) * s.channels + c) * s.filters;
              memset(packed, 0, TILE * sizeof(float));
              for (ptrdiff_t lane = 0; lane < lanes; ++lane)
                packed[lane] = tap[lane * s.filters + k];
              packed += TILE;
            }
      }
}
