// What convolutions and products share: columns of a result in tiles of 16, kept in registers for a
// strip of neighboring rows.

#ifndef GRAFS_TILES_H
#define GRAFS_TILES_H

#include "kernel.h"

// Two AVX registers, one of AVX-512, four of NEON.
enum { TILE = 16 };

/// `count` rounded up to whole tiles.
INLINE ptrdiff_t tiled(ptrdiff_t count) { return (count + TILE - 1) / TILE * TILE; }

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

/// `lanes` floats, then zeros.
INLINE float16 loadLanes(const float *source, ptrdiff_t lanes) {
  float16 result = 0;
  memcpy(&result, source, lanes * sizeof(float));
  return result;
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
