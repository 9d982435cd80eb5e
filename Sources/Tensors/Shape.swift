/// The extents of a tensor, outermost first; the last one is contiguous in memory.
///
/// Images are `[batch, height, width, channels]`; every tensor can be read as a matrix
/// `[rows, columns]` whose columns are the last extent.
public struct Shape: Hashable, Sendable {
  /// The extents, outermost first.
  public let dimensions: [Int]

  /// Makes a shape of the extents given.
  ///
  /// - Precondition: no extent is negative.
  public init(_ dimensions: [Int]) {
    precondition(dimensions.allSatisfy { $0 >= 0 }, "Shape: negative extent in \(dimensions)")
    self.dimensions = dimensions
  }

  /// The number of elements: 1 for a scalar, whose shape is `[]`.
  public var count: Int { dimensions.reduce(1, *) }

  /// The number of extents.
  public var rank: Int { dimensions.count }

  /// The last extent, 1 for a scalar.
  public var columns: Int { dimensions.last ?? 1 }

  /// The product of all extents but the last.
  public var rows: Int { dimensions.dropLast().reduce(1, *) }

  /// The extent of axis `axis`, counted from the outermost.
  public subscript(axis: Int) -> Int { dimensions[axis] }
}

extension Shape: ExpressibleByArrayLiteral {
  /// Makes a shape from its extents, outermost first.
  public init(arrayLiteral elements: Int...) { self.init(elements) }
}

extension Shape: CustomStringConvertible {
  /// The extents with "×" between them, such as `[2×3]`.
  public var description: String {
    "[" + dimensions.map(String.init).joined(separator: "×") + "]"
  }
}
