/// An idx file of unsigned bytes, the format of MNIST and Fashion-MNIST.
///
/// - Parameters:
///   - extents: Outermost first.
///   - bytes: Row-major.
///   - type: The element type's code; 0x08 stands for unsigned bytes.
/// - Returns: The file's bytes.
public func idx(_ extents: [Int], _ bytes: [UInt8], type: UInt8 = 0x08) -> [UInt8] {
  [0, 0, type, UInt8(extents.count)]
    + extents.flatMap { extent in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: extent >> $0) }
    } + bytes
}
