// What every kernel's file shares: vector types, and the macros that compile a body once per
// instruction set.
//
// A kernel is written once, as an `INLINE` function `f_body` over vectors that may be wider than
// the machine's registers: the compiler splits them. `DEFINE_KERNEL` wraps the body in
// `grafs_f_portable` (the target's baseline: SSE2 or NEON), `grafs_f_avx2`, and `grafs_f`, which
// asks the processor.

#ifndef GRAFS_KERNEL_H
#define GRAFS_KERNEL_H

#include <string.h>

#include "include/CKernels.h"

// A product that feeds a sum becomes one fused operation; nothing else is reordered, so results are
// the same bits at each call. Holds to the end of the file that includes this one.
#pragma clang fp contract(fast)

// Vectors wider than the baseline's registers are passed between functions here, but all of these
// are inlined: there is no calling convention that could change.
#pragma clang diagnostic ignored "-Wpsabi"

// Inlined for certain, or the body would keep the baseline's instructions within a wider wrapper.
#define INLINE static inline __attribute__((always_inline))

// Before a loop over the elements of an array that is to live in registers.
#define UNROLL _Pragma("clang loop unroll(full)")

// Before a loop whose steps are independent, in place or not: vectorized without checks for
// overlap.
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

typedef float float4 __attribute__((ext_vector_type(4)));
typedef float float8 __attribute__((ext_vector_type(8)));
typedef float float16 __attribute__((ext_vector_type(16)));
typedef int32_t int8 __attribute__((ext_vector_type(8)));
typedef int32_t int16 __attribute__((ext_vector_type(16)));

// The same where they lie in a caller's array, which promises no alignment.
typedef float float4_unaligned __attribute__((ext_vector_type(4), aligned(4), may_alias));
typedef float float8_unaligned __attribute__((ext_vector_type(8), aligned(4), may_alias));
typedef float float16_unaligned __attribute__((ext_vector_type(16), aligned(4), may_alias));

#define LOAD4(p) ((float4)(*(const float4_unaligned *)(p)))
#define LOAD8(p) ((float8)(*(const float8_unaligned *)(p)))
#define LOAD16(p) ((float16)(*(const float16_unaligned *)(p)))
#define STORE4(p, v) (*(float4_unaligned *)(p) = (v))
#define STORE8(p, v) (*(float8_unaligned *)(p) = (v))
#define STORE16(p, v) (*(float16_unaligned *)(p) = (v))

// The width of the wrapper that a body stands in, for bodies whose tiling depends on it.
typedef enum { PORTABLE, AVX2, AVX512 } Instructions;

#if defined(__x86_64__)

#define TARGET_AVX2 __attribute__((target("avx2,fma")))
#define TARGET_AVX512 __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma")))

#define DEFINE_VARIANT(target, suffix, set, result, name, parameters, ...) \
  target result grafs_##name##suffix parameters { return name##_body(set, __VA_ARGS__); }

#define DEFINE_KERNEL(result, name, parameters, ...)                                    \
  DEFINE_VARIANT(, _portable, PORTABLE, result, name, parameters, __VA_ARGS__)          \
  DEFINE_VARIANT(TARGET_AVX2, _avx2, AVX2, result, name, parameters, __VA_ARGS__)       \
  result grafs_##name parameters {                                                      \
    if (grafs_has_avx2()) return grafs_##name##_avx2(__VA_ARGS__);                      \
    return grafs_##name##_portable(__VA_ARGS__);                                        \
  }

#define DEFINE_WIDE_KERNEL(result, name, parameters, ...)                               \
  DEFINE_VARIANT(, _portable, PORTABLE, result, name, parameters, __VA_ARGS__)          \
  DEFINE_VARIANT(TARGET_AVX2, _avx2, AVX2, result, name, parameters, __VA_ARGS__)       \
  DEFINE_VARIANT(TARGET_AVX512, _avx512, AVX512, result, name, parameters, __VA_ARGS__) \
  result grafs_##name parameters {                                                      \
    if (grafs_has_avx512()) return grafs_##name##_avx512(__VA_ARGS__);                  \
    if (grafs_has_avx2()) return grafs_##name##_avx2(__VA_ARGS__);                      \
    return grafs_##name##_portable(__VA_ARGS__);                                        \
  }

#else

#define DEFINE_KERNEL(result, name, parameters, ...)                                            \
  result grafs_##name##_portable parameters { return name##_body(PORTABLE, __VA_ARGS__); }      \
  result grafs_##name parameters { return grafs_##name##_portable(__VA_ARGS__); }
#define DEFINE_WIDE_KERNEL DEFINE_KERNEL

#endif

#endif
