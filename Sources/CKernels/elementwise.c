// Elementwise maps. The loops are plain: the compiler vectorizes them for each instruction set.

#include "kernel.h"

// The comparisons are such that NaN is taken for positive, and so passes through.

INLINE void relu_forward_body(
  const Instructions instructions, const float *x, ptrdiff_t count, float *y
) {
  INDEPENDENT for (ptrdiff_t i = 0; i < count; ++i) y[i] = x[i] <= 0 ? 0 : x[i];
}

INLINE void relu_backward_body(
  const Instructions instructions, const float *x, const float *gradient, ptrdiff_t count, float *dx
) {
  INDEPENDENT for (ptrdiff_t i = 0; i < count; ++i) {
    // Read whatever x is, or SSE2 would have to branch.
    float upstream = gradient[i];
    dx[i] = x[i] <= 0 ? 0 : upstream;
  }
}

INLINE void accumulate_body(
  const Instructions instructions, const float *x, ptrdiff_t count, float *y
) {
  INDEPENDENT for (ptrdiff_t i = 0; i < count; ++i) y[i] += x[i];
}

INLINE void add_body(
  const Instructions instructions, const float *a, const float *b, ptrdiff_t count, float *y
) {
  INDEPENDENT for (ptrdiff_t i = 0; i < count; ++i) y[i] = a[i] + b[i];
}

INLINE void momentum_step_body(
  const Instructions instructions, const float *gradient, ptrdiff_t count, float rate,
  float momentum, float decay, float *velocities, float *weights
) {
  INDEPENDENT for (ptrdiff_t i = 0; i < count; ++i) {
    float velocity = momentum * velocities[i] + (gradient[i] + decay * weights[i]);
    velocities[i] = velocity;
    weights[i] -= rate * velocity;
  }
}

DEFINE_KERNEL(
  void, relu_forward, (const float *x, ptrdiff_t count, float *y), x, count, y)

DEFINE_KERNEL(
  void, relu_backward, (const float *x, const float *gradient, ptrdiff_t count, float *dx), x,
  gradient, count, dx)

DEFINE_KERNEL(void, accumulate, (const float *x, ptrdiff_t count, float *y), x, count, y)

DEFINE_KERNEL(
  void, add, (const float *a, const float *b, ptrdiff_t count, float *y), a, b, count, y)

DEFINE_KERNEL(
  void, momentum_step,
  (const float *gradient, ptrdiff_t count, float rate, float momentum, float decay,
   float *velocities, float *weights),
  gradient, count, rate, momentum, decay, velocities, weights)
