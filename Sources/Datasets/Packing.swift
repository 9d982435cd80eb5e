/// A way of packing files that is not read here: gzip alone is.
struct Packing: Sendable {
  /// What people call it.
  let title: String
  /// How names of such files end.
  let ending: String
  /// How all such files begin.
  let beginning: [UInt8]
  /// The program that unpacks them.
  let program: String

  /// Those that people use.
  static let all = [
    Packing(
      title: "xz", ending: ".xz", beginning: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], program: "unxz"),
    Packing(
      title: "zstd", ending: ".zst", beginning: [0x28, 0xB5, 0x2F, 0xFD], program: "unzstd"),
    Packing(title: "zip", ending: ".zip", beginning: [0x50, 0x4B, 3, 4], program: "unzip"),
    Packing(title: "bzip2", ending: ".bz2", beginning: [0x42, 0x5A, 0x68], program: "bunzip2"),
    Packing(title: "lz4", ending: ".lz4", beginning: [0x04, 0x22, 0x4D, 0x18], program: "unlz4"),
    Packing(
      title: "7z", ending: ".7z", beginning: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C],
      program: "7z x"),
  ]

  /// Says that a file is packed so.
  func error(for path: String) -> DatasetError {
    // Without its ending the name is the one that is looked for, which some programs insist on.
    let hasEnding = path.hasSuffix(ending)
    return DatasetError(
      .wrongFormat(path, expected: "a plain file, or one packed by gzip", found: "\(title)"),
      cure: hasEnding ? "unpack it: \(program) \(path)" : "unpack it with \(program)")
  }
}
