#!/usr/bin/env bash
# Writes the documentation of all libraries to .build/documentation; fails on a warning of DocC.
#
# The symbols come from the modules of the release build, so that nothing is compiled once more.
# A library is a folder Sources/<Module> with a catalog <Module>.docc.
set -euo pipefail
cd "$(dirname "$0")/.."

build=.build/release
output=.build/documentation
graphs=.build/symbolgraphs
rm -rf "$output" "$graphs" .build/archives
mkdir -p "$graphs" .build/archives

target=$(swift -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)".*/\1/p')
options=(-I "$build/Modules" -target "$target" -minimum-access-level public)
# The C modules that the Swift modules import, ours and those of packages.
for map in $(find Sources .build/checkouts/*/Sources -name module.modulemap) \
  "$build"/*.build/module.modulemap; do
  options+=(-Xcc "-fmodule-map-file=$map")
done
for flag in $(pkg-config --cflags hdf5 matio zlib); do options+=(-Xcc "$flag"); done

failed=
for catalog in Sources/*/*.docc; do
  module=$(basename "$catalog" .docc)
  mkdir "$graphs/$module"
  swift-symbolgraph-extract -module-name "$module" "${options[@]}" -output-dir "$graphs/$module"
  docc convert "$catalog" --warnings-as-errors --additional-symbol-graph-dir "$graphs/$module" \
    --fallback-display-name "$module" --fallback-bundle-identifier "grafs-swift.$module" \
    --fallback-default-module-kind Library --output-dir ".build/archives/$module.doccarchive" \
    2>&1 | sed '/^$/d' \
    || failed+=" $module"
done
if [ -n "$failed" ]; then
  echo "DocC warned about$failed" >&2
  exit 1
fi
docc merge .build/archives/*.doccarchive --output-path "$output" \
  --synthesized-landing-page-name grafs-swift
