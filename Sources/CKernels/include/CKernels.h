// The vector kernels of grafs-swift: convolution, products of matrices, curves, batch
// normalization, elementwise maps.
//
// Conventions of every function:
//
// - Numbers are 32-bit floats unless a parameter says otherwise. Arrays are dense and row-major,
//   images are channels last: `[height, width, channels]`. Shapes stand in brackets.
// - No alignment beyond that of the element type is assumed.
// - Buffers do not overlap, unless the function says "in place": then an output may be the very
//   buffer of an input (same address), but may not overlap it otherwise.
// - Counts may be zero. Nothing is allocated, no thread is started, no state is kept: the bits of
//   the result depend on the arguments and on the instruction set, and on nothing else. A caller
//   who wants the same bits for every number of threads cuts the work into fixed pieces.
// - A caller keeps the preconditions; nothing is checked here.
//
// Instruction sets: `grafs_f` takes the widest variant the machine can run. The variants have
// symbols of their own, so that tests can compare them: `grafs_f_portable` everywhere,
// `grafs_f_avx2` on x86-64 and, for those declared wide, `grafs_f_avx512`; calling one the machine
// lacks is a fault. See `grafs_has_avx2` and `grafs_has_avx512`.

#ifndef GRAFS_CKERNELS_H
#define GRAFS_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether the machine runs the `_avx2` variants (AVX2 and FMA). False off x86-64.
bool grafs_has_avx2(void);

/// Whether the machine runs the `_avx512` variants (AVX-512 F, VL, DQ and BW). False off x86-64.
bool grafs_has_avx512(void);

/// Tells the processor that the caller looks again and again at what another thread will write.
void grafs_relax(void);

// Declares a function and its variants: GRAFS_WIDE_KERNEL with AVX-512, GRAFS_KERNEL without.
#if defined(__x86_64__)
#define GRAFS_KERNEL(result, name, parameters) \
  result name parameters;                      \
  result name##_portable parameters;           \
  result name##_avx2 parameters;
#define GRAFS_WIDE_KERNEL(result, name, parameters) \
  GRAFS_KERNEL(result, name, parameters)            \
  result name##_avx512 parameters;
#else
#define GRAFS_KERNEL(result, name, parameters) \
  result name parameters;                      \
  result name##_portable parameters;
#define GRAFS_WIDE_KERNEL(result, name, parameters) GRAFS_KERNEL(result, name, parameters)
#endif

// MARK: - Convolution

/// A two-dimensional cross-correlation of one image; all members are positive, `padding` may be
/// zero.
///
/// The output has `(height + 2 padding − kernelHeight) / stride + 1` rows (rounded down, at least
/// one), columns likewise, and `filters` channels. Kernels are `[kernelHeight, kernelWidth,
/// channels, filters]`.
typedef struct grafs_convolution {
  ptrdiff_t height;
  ptrdiff_t width;
  ptrdiff_t channels;
  ptrdiff_t filters;
  ptrdiff_t kernelHeight;
  ptrdiff_t kernelWidth;
  ptrdiff_t stride;
  ptrdiff_t padding;
} grafs_convolution;

/// The rows of the output.
ptrdiff_t grafs_convolution_output_height(grafs_convolution shape);

/// The columns of the output.
ptrdiff_t grafs_convolution_output_width(grafs_convolution shape);

/// The floats of a padded image: `(height + 2 padding) · (width + 2 padding) · channels`.
ptrdiff_t grafs_convolution_padded_count(grafs_convolution shape);

/// The floats that `grafs_convolution_pack` writes.
ptrdiff_t grafs_convolution_packed_count(grafs_convolution shape);

/// The floats that `grafs_convolution_pack_turned` writes.
ptrdiff_t grafs_convolution_packed_turned_count(grafs_convolution shape);

/// The floats of the scratch of `grafs_convolution_input_gradient`.
ptrdiff_t grafs_convolution_scratch_count(grafs_convolution shape);

/// Copies `image` `[height, width, channels]` into the middle of `padded`
/// `[height + 2 padding, width + 2 padding, channels]` and writes zeros around it.
void grafs_convolution_pad(grafs_convolution shape, const float *image, float *padded);

/// Lays `kernels` out for `grafs_convolution_forward`: tiles of 16 filters, the last filled with
/// zeros.
///
/// Done once per layer and step, not once per image.
///
/// - Parameters:
///   - kernels: `[kernelHeight, kernelWidth, channels, filters]`.
///   - packed: `[⌈filters / 16⌉, kernelHeight, channels, kernelWidth, 16]`.
void grafs_convolution_pack(grafs_convolution shape, const float *kernels, float *packed);

/// Lays `kernels` out for `grafs_convolution_input_gradient`: both spatial axes turned, channels
/// and filters exchanged, one part for each residue of the pixel's position modulo the stride.
///
/// Done once per layer and step, not once per image.
///
/// - Parameters:
///   - kernels: `[kernelHeight, kernelWidth, channels, filters]`.
///   - packed: `grafs_convolution_packed_turned_count` floats; for stride 1
///     `[⌈channels / 16⌉, kernelHeight, filters, kernelWidth, 16]`. Where there are few channels,
///     `[filters, kernelHeight, ⌈kernelWidth · channels / 16⌉, 16]`.
void grafs_convolution_pack_turned(grafs_convolution shape, const float *kernels, float *packed);

/// Correlates one image with the kernels.
///
/// - Parameters:
///   - padded: From `grafs_convolution_pad`; with padding 0 the image itself.
///   - packed: From `grafs_convolution_pack`.
///   - output: `[outputHeight, outputWidth, filters]`, overwritten.
GRAFS_WIDE_KERNEL(
  void, grafs_convolution_forward,
  (grafs_convolution shape, const float *padded, const float *packed, float *output))

/// The gradient for one image, given that for its output. No inserted zeros are multiplied,
/// whatever the stride; pixels that no window reached get zero.
///
/// - Parameters:
///   - outputGradient: `[outputHeight, outputWidth, filters]`.
///   - packedTurned: From `grafs_convolution_pack_turned`.
///   - scratch: `grafs_convolution_scratch_count` floats, overwritten.
///   - imageGradient: `[height, width, channels]`, without padding, overwritten.
GRAFS_WIDE_KERNEL(
  void, grafs_convolution_input_gradient,
  (grafs_convolution shape, const float *outputGradient, const float *packedTurned, float *scratch,
   float *imageGradient))

/// **Adds** the gradient for the kernels that one image causes.
///
/// - Parameters:
///   - padded: From `grafs_convolution_pad`; with padding 0 the image itself.
///   - outputGradient: `[outputHeight, outputWidth, filters]`.
///   - kernelGradient: `[kernelHeight, kernelWidth, channels, filters]`, added to.
GRAFS_WIDE_KERNEL(
  void, grafs_convolution_filter_gradient,
  (grafs_convolution shape, const float *padded, const float *outputGradient,
   float *kernelGradient))

// MARK: - Products of matrices

/// The floats that `grafs_product_pack` writes.
ptrdiff_t grafs_product_packed_count(ptrdiff_t inner, ptrdiff_t columns);

/// Lays the right factor of a product out: tiles of 16 columns, the last filled with zeros.
///
/// - Parameters:
///   - right: `[inner, columns]`; its element (i, j) is `right[i · innerStep + j · columnStep]`.
///   - packed: `[⌈columns / 16⌉, inner, 16]`, overwritten.
void grafs_product_pack(
  const float *right, ptrdiff_t innerStep, ptrdiff_t columnStep, ptrdiff_t inner,
  ptrdiff_t columns, float *packed);

/// The product of two matrices, or a part of it: sums over `inner`, in its order.
///
/// - Parameters:
///   - left: `[rows, inner]`; its element (i, j) is `left[i · rowStep + j · innerStep]`.
///   - packed: From `grafs_product_pack`.
///   - adds: Whether the sums are added to what stands in `result`.
///   - result: `[rows, columns]`, its rows `resultLine` apart.
GRAFS_WIDE_KERNEL(
  void, grafs_product,
  (ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t inner, const float *left, ptrdiff_t rowStep,
   ptrdiff_t innerStep, const float *packed, bool adds, float *result, ptrdiff_t resultLine))

// MARK: - Curves

/// A grid over the reals whose interval is read off a float's bits, for piecewise cubics.
///
/// With n = (highExponent − lowExponent) · 2^log2IntervalsPerOctave, a sign has n + 2 intervals of
/// |x|: index 0 is [0, 2^lowExponent), 1 … n cut every octave up to 2^highExponent into equal
/// parts, and n + 1 is [2^highExponent, ∞). Negative numbers, −0 among them, have n + 2 added to
/// their index.
///
/// The coordinate t within an interval is |x| / 2^lowExponent for index 0, the fraction in [0, 1)
/// for 1 … n, and |x| / 2^highExponent − 1 for the last. The curve is c₀ + c₁ t + c₂ t² + c₃ t³. It
/// is linear in the last interval: its c₂ and c₃ are zero, and t² and t³ count as zero there, so
/// that their moments stay finite. t is bounded by the largest float, so that ±∞ give c₀ where c₁
/// is zero. NaN gives NaN. Subnormal numbers are in index 0.
///
/// 0 ≤ log2IntervalsPerOctave ≤ 16, and the widths and their inverses are normal floats:
/// log2IntervalsPerOctave − 127 < lowExponent < highExponent ≤ 126.
typedef struct grafs_curve_grid {
  int32_t lowExponent;
  int32_t highExponent;
  int32_t log2IntervalsPerOctave;
} grafs_curve_grid;

/// The intervals of both signs, 2 (n + 2): the rows of a table `[intervals, 4]`.
ptrdiff_t grafs_curve_interval_count(grafs_curve_grid grid);

/// The floats of the scratch of `grafs_curve_backward`.
ptrdiff_t grafs_curve_scratch_count(grafs_curve_grid grid);

/// y = c₀ + c₁ t + c₂ t² + c₃ t³ for each element; in place allowed.
///
/// - Parameters:
///   - x: `[count]`.
///   - table: The coefficients c₀ … c₃ of each interval, `[intervals, 4]`.
///   - y: `[count]`, overwritten.
GRAFS_WIDE_KERNEL(
  void, grafs_curve_forward,
  (const float *x, ptrdiff_t count, const float *table, grafs_curve_grid grid, float *y))

/// dx = gradient · (c₁ + 2 c₂ t + 3 c₃ t²) · dt/dx for each element; in place allowed.
///
/// dt/dx is the sign of x over the width of the interval: 2^(e − log2IntervalsPerOctave) for an
/// interval of the octave [2^e, 2^(e + 1)), 2^lowExponent for index 0, 2^highExponent for the last.
/// At a node the interval above in |x| counts.
///
/// - Parameters:
///   - x: `[count]`.
///   - gradient: `[count]`, for y.
///   - table: As for `grafs_curve_forward`.
///   - dx: `[count]`, overwritten.
GRAFS_WIDE_KERNEL(
  void, grafs_curve_backward_input,
  (const float *x, const float *gradient, ptrdiff_t count, const float *table,
   grafs_curve_grid grid, float *dx))

/// `grafs_curve_backward_input`, and in the same pass **adds** gradient · (1, t, t², t³) of each
/// element to its interval's row: the gradient for the table. `dx` may be `x` or `gradient` in
/// place.
///
/// Sums are formed in float within blocks of 2¹⁴ elements, in four partial sums each, and the
/// blocks' sums are added to `moments` one after the other. Each call costs a pass over the
/// scratch, about as long as 2,000 elements for 32 intervals an octave, so calls should have
/// several times as many.
///
/// - Parameters:
///   - x: `[count]`.
///   - gradient: `[count]`, for y.
///   - table: As for `grafs_curve_forward`.
///   - dx: `[count]`, overwritten.
///   - scratch: `grafs_curve_scratch_count` floats, overwritten.
///   - moments: `[intervals, 4]`, added to.
GRAFS_WIDE_KERNEL(
  void, grafs_curve_backward,
  (const float *x, const float *gradient, ptrdiff_t count, const float *table,
   grafs_curve_grid grid, float *dx, float *scratch, float *moments))

// MARK: - Batch normalization

/// Sums over the rows of a matrix, and of the squares, both relative to a pivot:
/// Σ (x − pivot) and Σ (x − pivot)².
///
/// Summed in float over 64 rows, in double beyond. A pivot near the mean (the last step's, or the
/// first row) keeps the variance, Σ (x − pivot)² / rows − (Σ (x − pivot) / rows)², from cancelling.
///
/// - Parameters:
///   - x: `[rows, columns]`.
///   - pivot: `[columns]`.
///   - sums: `[2, columns]` in double, overwritten: the sums, then those of the squares.
GRAFS_KERNEL(
  void, grafs_column_sums,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, const float *pivot, double *sums))

/// y = x · scale + shift, column by column; in place allowed.
///
/// - Parameters:
///   - x: `[rows, columns]`.
///   - scale: `[columns]`.
///   - shift: `[columns]`.
///   - y: `[rows, columns]`, overwritten.
GRAFS_KERNEL(
  void, grafs_scale_shift,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, const float *scale, const float *shift,
   float *y))

/// y = x · scale + shift + residual; `y` may be `x` or `residual` in place.
///
/// - Parameters:
///   - x: `[rows, columns]`.
///   - residual: `[rows, columns]`.
///   - scale: `[columns]`.
///   - shift: `[columns]`.
///   - y: `[rows, columns]`, overwritten.
GRAFS_KERNEL(
  void, grafs_scale_shift_add,
  (const float *x, const float *residual, ptrdiff_t rows, ptrdiff_t columns, const float *scale,
   const float *shift, float *y))

/// The two column sums of the backward pass: Σ g and Σ g x̂ with x̂ = (x − mean) ·
/// inverseDeviation.
///
/// Summed in float over 64 rows, in double beyond.
///
/// - Parameters:
///   - x: `[rows, columns]`.
///   - gradient: `[rows, columns]`.
///   - mean: `[columns]`.
///   - inverseDeviation: `[columns]`.
///   - sums: `[2, columns]` in double, overwritten: Σ g, then Σ g x̂.
GRAFS_KERNEL(
  void, grafs_normalization_backward_sums,
  (const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns, const float *mean,
   const float *inverseDeviation, double *sums))

/// dx = a · gradient + b · x + d, column by column; `dx` may be `x` or `gradient` in place.
///
/// With scale γ, inverse deviation r, mean m and N rows in all, batch normalization has
/// a = γ r, b = −a r Σ(g x̂) / N and d = −a Σ(g) / N − b m.
///
/// - Parameters:
///   - x: `[rows, columns]`.
///   - gradient: `[rows, columns]`.
///   - a, b, d: `[columns]` each.
///   - dx: `[rows, columns]`, overwritten.
GRAFS_KERNEL(
  void, grafs_normalization_backward,
  (const float *x, const float *gradient, ptrdiff_t rows, ptrdiff_t columns, const float *a,
   const float *b, const float *d, float *dx))

// MARK: - Elementwise maps, all over `count` elements

/// y = max(x, 0); NaN stays NaN. In place allowed.
GRAFS_KERNEL(void, grafs_relu_forward, (const float *x, ptrdiff_t count, float *y))

/// dx = gradient where x > 0 or x is NaN, else 0 (0 at x = 0); `x` may be the output of the forward
/// pass as well. `dx` may be `x` or `gradient` in place.
GRAFS_KERNEL(
  void, grafs_relu_backward, (const float *x, const float *gradient, ptrdiff_t count, float *dx))

/// y = y + x. `x` may be `y`.
GRAFS_KERNEL(void, grafs_accumulate, (const float *x, ptrdiff_t count, float *y))

/// y = a + b; in place allowed.
GRAFS_KERNEL(void, grafs_add, (const float *a, const float *b, ptrdiff_t count, float *y))

/// A step of stochastic gradient descent with momentum and coupled weight decay, on both in place:
/// v = momentum · v + (gradient + decay · w), then w = w − rate · v.
GRAFS_KERNEL(
  void, grafs_momentum_step,
  (const float *gradient, ptrdiff_t count, float rate, float momentum, float decay,
   float *velocities, float *weights))

// MARK: - Global average pooling of one image

/// The mean over the rows of `x` `[rows, columns]`, rows = height · width > 0: `means` `[columns]`.
GRAFS_KERNEL(
  void, grafs_average_pool_forward,
  (const float *x, ptrdiff_t rows, ptrdiff_t columns, float *means))

/// dx = gradient / rows in every row: `gradient` `[columns]`, `dx` `[rows, columns]`, overwritten.
GRAFS_KERNEL(
  void, grafs_average_pool_backward,
  (const float *gradient, ptrdiff_t rows, ptrdiff_t columns, float *dx))

// MARK: - The floor

/// Runs independent chains of multiply-adds in registers, for a measurement of the peak rate.
///
/// - Parameters:
///   - rounds: Multiply-adds in a chain.
///   - sum: Must hold 0; overwritten with a number that depends on all chains.
/// - Returns: The floating-point operations done, a multiply-add counting as two.
GRAFS_WIDE_KERNEL(double, grafs_fma_chains, (ptrdiff_t rounds, float *sum))

/// Runs a chain of additions each of which waits for the one before: one for each cycle of the
/// clock.
///
/// - Parameter rounds: Additions; a multiple of eight.
/// - Returns: A number that depends on all of them.
ptrdiff_t grafs_addition_chain(ptrdiff_t rounds);

#ifdef __cplusplus
}
#endif

#endif
