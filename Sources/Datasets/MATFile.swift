import CMatio
import Foundation

/// A MATLAB 5 file, read by libmatio.
///
/// Before the library sees it, its outline is checked: a header of 128 bytes, then elements, each a
/// type, a length, and so many bytes, which end where the file ends; packed bytes agree with their
/// checksum. So damage is found here, whatever the library makes of it.
final class MATFile {
  let path: String
  private let bytes: PlainBytes
  private let handle: OpaquePointer

  /// The most that zlib packs into a byte.
  private static let largestRatio = 1032
  /// More bytes than any image data set known here has, fewer than would hurt.
  private static let largest = 1 << 30

  init(_ path: String, cure: String) throws(DatasetError) {
    self.path = path
    bytes = try PlainBytes(path, cure: cure)
    try Self.checkOutline(of: bytes)
    guard let handle = Mat_Open(path, Int32(MAT_ACC_RDONLY.rawValue)) else {
      throw bytes.failure(
        .wrongFormat(path, expected: "a MATLAB 5 file", found: "what libmatio does not open"))
    }
    self.handle = handle
  }

  deinit { Mat_Close(handle) }

  /// An error about this file.
  func failure(_ problem: DatasetError.Problem) -> DatasetError { bytes.failure(problem) }

  /// The extents of a variable, without its elements; none if there is no such variable.
  func extents(of name: String) -> [Int] {
    guard let variable = Mat_VarReadInfo(handle, name) else { return [] }
    defer { Mat_VarFree(variable) }
    return (0..<max(0, Int(variable.pointee.rank))).map {
      Int(clamping: variable.pointee.dims[$0])
    }
  }

  /// Reads an array of whole numbers from 0 to 255, stored as such or as double-precision numbers.
  ///
  /// - Parameters:
  ///   - name: The variable's name.
  ///   - expected: The extents that the array must have; `nil` stands for any but 0.
  ///   - check: Called with the extents before anything is unpacked.
  /// - Returns: Its extents and its elements, the first index fastest.
  /// - Throws: `DatasetError` when there is no such array, or the file is damaged, and what `check`
  ///   throws.
  func variable(
    _ name: String, extents expected: [Int?],
    check: ([Int]) throws(DatasetError) -> Void = { _ in }
  ) throws(DatasetError) -> (extents: [Int], bytes: [UInt8]) {
    let shape = expected.map { $0.map(String.init) ?? "n" }.joined(separator: "×")
    let wanted = "variable \(name) of extents \(shape) and type uint8 or double"
    guard let variable = Mat_VarReadInfo(handle, name) else {
      throw failure(.wrongFormat(path, expected: wanted, found: "no readable \(name)"))
    }
    defer { Mat_VarFree(variable) }
    let rank = Int(variable.pointee.rank)
    let extents = (0..<max(0, rank)).map { Int(clamping: variable.pointee.dims[$0]) }
    let count = extents.reduce(1) { product, extent in
      let (next, overflows) = product.multipliedReportingOverflow(by: extent)
      return overflows ? Int.max : next
    }
    let type = variable.pointee.class_type
    let fits =
      extents.count == expected.count
      && zip(extents, expected).allSatisfy { $0 > 0 && $0 == $1 ?? $0 }
    // A header that promises more than the file can hold must cost no memory.
    let limit = min(try bytes.size() * Self.largestRatio, Self.largest)
    let size = type == MAT_C_DOUBLE ? MemoryLayout<Double>.size : 1
    guard fits, count <= limit / size, variable.pointee.isComplex == 0,
      type == MAT_C_UINT8 || type == MAT_C_DOUBLE
    else {
      throw failure(
        .wrongFormat(
          path, expected: wanted,
          found: "\(extents.map(String.init).joined(separator: "×")) of class \(type.rawValue)"))
    }
    try check(extents)
    if type == MAT_C_UINT8 { return (extents, try read(variable, count, as: UInt8.self)) }
    var whole: [UInt8] = []
    whole.reserveCapacity(count)
    for number in try read(variable, count, as: Double.self) {
      guard let byte = UInt8(exactly: number) else {
        throw failure(
          .wrongFormat(path, expected: "whole numbers 0…255 in \(name)", found: "\(number)"))
      }
      whole.append(byte)
    }
    return (extents, whole)
  }

  /// The elements of a variable whose type is known.
  private func read<Element: Numeric>(
    _ variable: UnsafeMutablePointer<matvar_t>, _ count: Int, as type: Element.Type
  ) throws(DatasetError) -> [Element] {
    var elements = [Element](repeating: 0, count: count)
    let status = elements.withUnsafeMutableBytes {
      Mat_VarReadDataLinear(handle, variable, $0.baseAddress, 0, 1, Int32(count))
    }
    guard status == 0 else {
      throw failure(.unreadable(path, reason: "libmatio, code \(status): the data are damaged"))
    }
    return elements
  }

  /// Makes sure that the file has the header of a MATLAB 5 file, and elements up to its end.
  private static func checkOutline(of file: PlainBytes) throws(DatasetError) {
    let size = try file.size()
    let header = try file.bytes(at: 0, count: 128)
    guard header.count == 128 else {
      throw file.failure(.truncated(file.path, expectedBytes: 128, foundBytes: header.count))
    }
    // The last four bytes: the version 1.0 and "MI", in the order of the writer's machine.
    let isLittle: Bool
    switch Array(header[124...]) {
    case [0x00, 0x01, 0x49, 0x4D]: isLittle = true
    case [0x01, 0x00, 0x4D, 0x49]: isLittle = false
    default:
      throw file.failure(
        .wrongFormat(
          file.path, expected: "a MATLAB 5 file",
          found: header[..<10].allSatisfy { (32..<127).contains($0) }
            ? "a file that begins with '\(String(decoding: header[..<10], as: UTF8.self))'"
            : "other bytes"))
    }
    var position = 128
    while position < size {
      let tag = try file.bytes(at: position, count: 8)
      let words = [tag.prefix(4), tag.dropFirst(4)].map { word in
        (isLittle ? Array(word.reversed()) : Array(word)).reduce(0) { $0 << 8 | Int($1) }
      }
      // 14: an array; 15: a packed one.
      guard tag.count < 8 || words[0] == 14 || words[0] == 15 else {
        throw file.failure(
          .wrongFormat(
            file.path, expected: "an array at byte \(position)", found: "an element \(words[0])"))
      }
      let start = position + 8
      position = start + words[1]
      guard position <= size else { break }
      if words[0] == 15 { try checkPacked(file, from: start, count: words[1]) }
    }
    guard position == size else {
      throw file.failure(.truncated(file.path, expectedBytes: position, foundBytes: size))
    }
  }
}

extension MATFile: DatasetFile {}
