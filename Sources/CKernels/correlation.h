// What the forward pass of convolution and the gradient by the images have in common: dot products
// of windows with filters.
//
// Kernels are packed `[⌈filters / 16⌉, windowRows, channels, taps, 16]`, and every sum is formed in
// that order, whichever way windows are taken together: so AVX2 and AVX-512 give the same bits.

#ifndef GRAFS_CORRELATION_H
#define GRAFS_CORRELATION_H

#include "convolution.h"

/// A correlation whose windows lie on a lattice of `source` and whose results lie on one of
/// `target`.
///
/// Steps are in floats. A window has `windowRows` rows, `sourceLine` apart, of `taps` pixels,
/// `pixelStep` apart, of `channels` floats. The windows of a row are `stride` pixels apart.
typedef struct {
  const float *source;
  ptrdiff_t sourceRowStep, sourceLine, pixelStep, stride;
  ptrdiff_t windowRows, taps, channels;
  float *target;
  ptrdiff_t targetRowStep, targetColumnStep;
  ptrdiff_t rows, columns;
} Correlation;

/// The packed floats of one tile of filters.
INLINE ptrdiff_t packedTile(const Correlation *c) {
  return c->windowRows * c->channels * c->taps * TILE;
}

// MARK: - Windows anywhere, where registers are few
//
// Six by two AVX registers fill 12 of 16; SSE has room for three.
#if defined(__x86_64__)
#define TILE_POSITIONS(instructions) ((instructions) == PORTABLE ? 3 : 6)
#else
#define TILE_POSITIONS(instructions) 6
#endif
enum { MAX_POSITIONS = 6 };

/// Dot products of `positions` windows with a tile of filters.
INLINE void correlateTile(
  const int positions, const Correlation *c, const float *const *windows, const float *packed,
  float *const *targets, ptrdiff_t lanes
) {
  float16 sums[MAX_POSITIONS];
  UNROLL for (int p = 0; p < positions; ++p) sums[p] = 0;
  for (ptrdiff_t row = 0; row < c->windowRows; ++row) {
    const float *lines[MAX_POSITIONS];
    UNROLL for (int p = 0; p < positions; ++p) lines[p] = windows[p] + row * c->sourceLine;
    for (ptrdiff_t channel = 0; channel < c->channels; ++channel) {
      ptrdiff_t offset = channel;
      for (ptrdiff_t tap = 0; tap < c->taps; ++tap, offset += c->pixelStep, packed += TILE) {
        float16 filters = LOAD16(packed);
        UNROLL for (int p = 0; p < positions; ++p) sums[p] += lines[p][offset] * filters;
      }
    }
  }
  UNROLL for (int p = 0; p < positions; ++p) storeLanes(targets[p], 0, lanes, sums[p]);
}

/// Correlates with a tile of filters. Tiles of windows run on over the ends of rows, so that small
/// images fill them too; the last one repeats the last window, whose result is then stored more
/// than once.
INLINE void correlateTiles(
  const int positions, const Correlation *c, const float *packed, float *target, ptrdiff_t lanes
) {
  ptrdiff_t count = c->rows * c->columns;
  ptrdiff_t row = 0, column = 0;
  for (ptrdiff_t done = 0; done < count; done += positions) {
    const float *windows[MAX_POSITIONS];
    float *targets[MAX_POSITIONS];
    UNROLL for (int p = 0; p < positions; ++p) {
      windows[p] = c->source + row * c->sourceRowStep + column * c->stride * c->pixelStep;
      targets[p] = target + row * c->targetRowStep + column * c->targetColumnStep;
      if (column + 1 < c->columns) ++column;
      else if (row + 1 < c->rows) { ++row; column = 0; }
    }
    correlateTile(positions, c, windows, packed, targets, lanes);
  }
}

// MARK: - Strips of neighboring windows, where registers are many
//
// A float that neighboring windows share is broadcast once, for all taps that meet it and for both
// tiles of filters: three taps by 16 windows are 48 multiply-adds for 21 loads. One window after
// another they would be bound by loads.
enum { STRIP_SUMS = 16, MAX_TAPS = 3 };

/// Where a strip begins, and what it is correlated with.
typedef struct {
  const float *window;
  const float *packed;
  float *target;
  /// How many filters of the last tile there are.
  ptrdiff_t lanes;
} Strip;

INLINE void storeStrip(
  const int positions, const int tiles, const Correlation *c, Strip s, const float16 *sums
) {
  UNROLL for (int p = 0; p < positions; ++p)
    UNROLL for (int t = 0; t < tiles; ++t)
      storeLanes(
        s.target + p * c->targetColumnStep + t * TILE, 0, t == tiles - 1 ? s.lanes : TILE,
        sums[p * tiles + t]);
}

/// Dot products of a strip of windows, of `taps` columns and `stride` apart, with tiles of filters.
INLINE void correlateStrip(
  const int positions, const int tiles, const int taps, const int stride, const Correlation *c,
  Strip s
) {
  float16 sums[STRIP_SUMS];
  UNROLL for (int i = 0; i < positions * tiles; ++i) sums[i] = 0;
  const ptrdiff_t step = c->pixelStep, tile = packedTile(c);
  const float *packed = s.packed;
  for (ptrdiff_t row = 0; row < c->windowRows; ++row) {
    const float *line = s.window + row * c->sourceLine;
    for (ptrdiff_t channel = 0; channel < c->channels; ++channel, packed += taps * TILE) {
      float16 filters[MAX_TAPS * 2];
      UNROLL for (int k = 0; k < taps; ++k)
        UNROLL for (int t = 0; t < tiles; ++t)
          filters[k * tiles + t] = LOAD16(packed + k * TILE + t * tile);
      const float *pixel = line + channel;
      UNROLL for (int x = 0; x < (positions - 1) * stride + taps; ++x, pixel += step) {
        const float16 value = (float16)(*pixel);
        UNROLL for (int p = 0; p < positions; ++p) {
          const int k = x - p * stride;
          if (k >= 0 && k < taps)
            UNROLL for (int t = 0; t < tiles; ++t)
              sums[p * tiles + t] += value * filters[k * tiles + t];
        }
      }
    }
  }
  storeStrip(positions, tiles, c, s, sums);
}

/// The same for windows of any number of columns, one after another.
INLINE void correlateWideStrip(
  const int positions, const int tiles, const Correlation *c, Strip s
) {
  float16 sums[STRIP_SUMS];
  UNROLL for (int i = 0; i < positions * tiles; ++i) sums[i] = 0;
  const ptrdiff_t step = c->pixelStep * c->stride, tile = packedTile(c);
  const float *packed = s.packed;
  for (ptrdiff_t row = 0; row < c->windowRows; ++row) {
    const float *line = s.window + row * c->sourceLine;
    for (ptrdiff_t channel = 0; channel < c->channels; ++channel, ++line) {
      const float *first = line;
      for (ptrdiff_t k = 0; k < c->taps; ++k, packed += TILE, first += c->pixelStep) {
        float16 filters[2];
        UNROLL for (int t = 0; t < tiles; ++t) filters[t] = LOAD16(packed + t * tile);
        const float *pixel = first;
        UNROLL for (int p = 0; p < positions; ++p, pixel += step) {
          const float16 value = (float16)(*pixel);
          UNROLL for (int t = 0; t < tiles; ++t) sums[p * tiles + t] += value * filters[t];
        }
      }
    }
  }
  storeStrip(positions, tiles, c, s, sums);
}

/// Correlates a row of windows. Where strips do not fill it the last one begins earlier, and some
/// results are stored twice.
INLINE void correlateRow(const int positions, const int tiles, const Correlation *c, Strip first) {
  for (ptrdiff_t column = 0; column < c->columns; column += positions) {
    ptrdiff_t start = column + positions <= c->columns ? column : c->columns - positions;
    Strip s = first;
    s.window += start * c->stride * c->pixelStep;
    s.target += start * c->targetColumnStep;
    if (c->taps == 3 && c->stride == 1) correlateStrip(positions, tiles, 3, 1, c, s);
    else if (c->taps == 3 && c->stride == 2) correlateStrip(positions, tiles, 3, 2, c, s);
    else if (c->taps == 2 && c->stride == 1) correlateStrip(positions, tiles, 2, 1, c, s);
    else if (c->taps == 1 && c->stride == 1) correlateStrip(positions, tiles, 1, 1, c, s);
    else correlateWideStrip(positions, tiles, c, s);
  }
}

/// Correlates with a tile of filters, or with two.
INLINE void correlateStrips(const Correlation *c, const int tiles, Strip first) {
  // More sums than 16 are more than the registers hold beside two tiles of three taps.
  static const int ofOne[] = {16, 14, 8, 7, 4, 1}, ofTwo[] = {8, 7, 4, 1};
  ptrdiff_t length = stripLength(c->columns, tiles == 1 ? ofOne : ofTwo);
  for (ptrdiff_t row = 0; row < c->rows; ++row) {
    Strip s = first;
    s.window += row * c->sourceRowStep;
    s.target += row * c->targetRowStep;
    if (tiles == 1 && length == 16) correlateRow(16, 1, c, s);
    else if (tiles == 1 && length == 14) correlateRow(14, 1, c, s);
    else if (length == 8) correlateRow(8, tiles, c, s);
    else if (length == 7) correlateRow(7, tiles, c, s);
    else if (length == 4) correlateRow(4, tiles, c, s);
    else correlateRow(1, tiles, c, s);
  }
}

/// The same correlation with as few and as long rows as there can be.
INLINE Correlation joined(Correlation c) {
  if (c.taps == 1) {
    c.pixelStep *= c.stride;
    c.stride = 1;
  }
  if (c.windowRows == 1 && c.taps == 1 && c.sourceRowStep == c.columns * c.pixelStep
      && c.targetRowStep == c.columns * c.targetColumnStep) {
    c.columns *= c.rows;
    c.rows = 1;
  }
  return c;
}

/// Correlates at all positions with `filters` filters.
INLINE void correlate(
  const Instructions instructions, const Correlation *given, const float *packed, ptrdiff_t filters
) {
  const Correlation c = joined(*given);
  for (ptrdiff_t k = 0; k < filters;) {
    ptrdiff_t left = filters - k;
    bool isPair = instructions == AVX512 && left > TILE;
    ptrdiff_t behind = left - (isPair ? TILE : 0);
    ptrdiff_t lanes = behind < TILE ? behind : TILE;
    Strip first = {.window = c.source, .packed = packed, .target = c.target + k, .lanes = lanes};
    if (isPair) correlateStrips(&c, 2, first);
    else if (instructions == AVX512) correlateStrips(&c, 1, first);
    else correlateTiles(TILE_POSITIONS(instructions), &c, packed, c.target + k, lanes);
    packed += packedTile(&c) * (isPair ? 2 : 1);
    k += isPair ? 2 * TILE : TILE;
  }
}

#endif
