// The forward pass of convolution: windows of the padded image, `stride` apart.

#include "correlation.h"

INLINE void convolution_forward_body(
  const Instructions instructions, grafs_convolution s, const float *padded, const float *packed,
  float *output
) {
  ptrdiff_t line = (s.width + 2 * s.padding) * s.channels;
  ptrdiff_t columns = grafs_convolution_output_width(s);
  Correlation correlation = {
    .source = padded,
    .sourceRowStep = s.stride * line,
    .sourceLine = line,
    .pixelStep = s.channels,
    .stride = s.stride,
    .windowRows = s.kernelHeight,
    .taps = s.kernelWidth,
    .channels = s.channels,
    .target = output,
    .targetRowStep = columns * s.filters,
    .targetColumnStep = s.filters,
    .rows = grafs_convolution_output_height(s),
    .columns = columns,
  };
  correlate(instructions, &correlation, packed, s.filters);
}

DEFINE_WIDE_KERNEL(
  void, convolution_forward,
  (grafs_convolution shape, const float *padded, const float *packed, float *output), shape, padded,
  packed, output)
