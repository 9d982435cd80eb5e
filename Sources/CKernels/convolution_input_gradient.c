// The gradient of convolution for the image.
//
// Pixel y of an axis meets tap k of the window at o where y + padding = o · stride + k. So the
// pixels whose y + padding leaves residue r meet only the taps r, r + stride, …, and those at
// consecutive windows: for each residue the gradient is a correlation of stride 1 of the output
// gradient with a part of the turned kernel, written to every stride-th pixel.

#include "correlation.h"
#include "spread.h"

/// The pixels of one residue along one axis, and where their windows start.
typedef struct {
  ptrdiff_t taps;
  ptrdiff_t firstPixel;
  ptrdiff_t pixels;
  ptrdiff_t firstWindow;
} Residue;

INLINE Residue residuePixels(
  ptrdiff_t residue, ptrdiff_t size, ptrdiff_t kernel, Margins margins, grafs_convolution s
) {
  ptrdiff_t taps = residueTaps(kernel, residue, s.stride);
  ptrdiff_t first = ((residue - s.padding) % s.stride + s.stride) % s.stride;
  return (Residue){
    .taps = taps,
    .firstPixel = first,
    .pixels = first < size ? (size - first - 1) / s.stride + 1 : 0,
    .firstWindow = (first + s.padding - residue) / s.stride - (taps - 1) + margins.before,
  };
}

INLINE void convolution_input_gradient_body(
  const Instructions instructions, grafs_convolution s, const float *outputGradient,
  const float *packedTurned, float *scratch, float *imageGradient
) {
  if (isSpread(s)) {
    spread(instructions, s, outputGradient, packedTurned, scratch, imageGradient);
    return;
  }
  Margins rows = gradientMargins(s.height, s.kernelHeight, s);
  Margins columns = gradientMargins(s.width, s.kernelWidth, s);
  ptrdiff_t height = grafs_convolution_output_height(s);
  ptrdiff_t width = grafs_convolution_output_width(s);
  const float *source = outputGradient;
  if (rows.total != height || columns.total != width) {
    copyWithMargins(outputGradient, height, width, s.filters, rows, columns, scratch);
    source = scratch;
  }
  ptrdiff_t line = columns.total * s.filters;
  for (ptrdiff_t yResidue = 0; yResidue < s.stride; ++yResidue) {
    Residue y = residuePixels(yResidue, s.height, s.kernelHeight, rows, s);
    for (ptrdiff_t xResidue = 0; xResidue < s.stride; ++xResidue) {
      Residue x = residuePixels(xResidue, s.width, s.kernelWidth, columns, s);
      Correlation correlation = {
        // Without taps nothing is read, and zeros are written.
        .source = source + y.firstWindow * line + x.firstWindow * s.filters,
        .sourceRowStep = line,
        .sourceLine = line,
        .pixelStep = s.filters,
        .stride = 1,
        .windowRows = y.taps,
        .taps = x.taps,
        .channels = s.filters,
        .target = imageGradient + (y.firstPixel * s.width + x.firstPixel) * s.channels,
        .targetRowStep = s.stride * s.width * s.channels,
        .targetColumnStep = s.stride * s.channels,
        .rows = y.pixels,
        .columns = x.pixels,
      };
      correlate(instructions, &correlation, packedTurned, s.channels);
      packedTurned += y.taps * x.taps * s.filters * tiled(s.channels);
    }
  }
}

DEFINE_WIDE_KERNEL(
  void, convolution_input_gradient,
  (grafs_convolution shape, const float *outputGradient, const float *packedTurned, float *scratch,
   float *imageGradient),
  shape, outputGradient, packedTurned, scratch, imageGradient)
