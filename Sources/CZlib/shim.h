#pragma once
#include <zlib.h>

// Macros over calls, which Swift does not import. 16 added to the window's bits means: with the
// header and trailer of gzip (RFC 1952), whose checksum and length zlib then checks.
static inline int zlib_gunzip_begin(z_stream *stream) {
  return inflateInit2(stream, 15 + 16);
}
// Without: the format of zlib itself (RFC 1950), with a checksum at its end.
static inline int zlib_inflate_begin(z_stream *stream) {
  return inflateInit2(stream, 15);
}
static inline int zlib_gzip_begin(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
