// Global average pooling: the mean over the rows of one image [height · width, channels].

#include "kernel.h"

INLINE void average_pool_forward_body(
  const Instructions instructions, const float *x, ptrdiff_t rows, ptrdiff_t columns, float *means
) {
  for (ptrdiff_t c = 0; c < columns; ++c) means[c] = 0;
  for (ptrdiff_t row = 0; row < rows; ++row, x += columns)
    INDEPENDENT for (ptrdiff_t c = 0; c < columns; ++c) means[c] += x[c];
  for (ptrdiff_t c = 0; c < columns; ++c) means[c] /= (float)rows;
}

INLINE void average_pool_backward_body(
  const Instructions instructions, const float *gradient, ptrdiff_t rows, ptrdiff_t columns,
  float *dx
) {
  for (ptrdiff_t row = 0; row < rows; ++row, dx += columns)
    INDEPENDENT for (ptrdiff_t c = 0; c < columns; ++c) dx[c] = gradient[c] / (float)rows;
}

DEFINE_KERNEL(
  void, average_pool_forward,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, float *means), x, rows, columns, means)

DEFINE_KERNEL(
  void, average_pool_backward,
  (const float *gradient, ptrdiff_t rows, ptrdiff_t columns, float *dx), gradient, rows, columns,
  dx)
