/// A column to which rows are appended while others still read an earlier state of it.
///
/// It lies in blocks. Copies share all that are full, so that a snapshot of a long column costs one
/// block where an array would be copied as a whole, and no more room is set aside than a block.
public struct GrowingColumn<Element: Sendable>: RandomAccessCollection, Sendable {
  /// The elements of a full block.
  private static var blockSize: Int { 1 << 14 }

  private var full: [[Element]] = []
  private var last: [Element] = []

  /// A column without elements.
  public init() {}

  /// A column of elements that are there already.
  public init(_ elements: [Element]) { append(contentsOf: elements) }

  /// The index of the first element.
  public var startIndex: Int { 0 }
  /// The number of elements.
  public var endIndex: Int { full.count * Self.blockSize + last.count }

  /// The element at an index.
  public subscript(index: Int) -> Element {
    let block = index / Self.blockSize
    return block < full.count ? full[block][index % Self.blockSize] : last[index % Self.blockSize]
  }

  /// All elements, one after another.
  public var elements: [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for block in full { elements += block }
    return elements + last
  }

  /// Appends an element.
  mutating func append(_ element: Element) {
    last.append(element)
    if last.count == Self.blockSize { closeBlock() }
  }

  /// Appends elements.
  mutating func append(contentsOf elements: [Element]) {
    var rest = elements[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.blockSize - last.count)
      last += part
      rest = rest.dropFirst(part.count)
      if last.count == Self.blockSize { closeBlock() }
    }
  }

  private mutating func closeBlock() {
    full.append(last)
    last = []
  }

  /// The elements from an index on.
  func elements(from index: Int) -> [Element] {
    let block = index / Self.blockSize
    guard block < full.count else { return Array(last[(index % Self.blockSize)...]) }
    var elements = Array(full[block][(index % Self.blockSize)...])
    for other in full[(block + 1)...] { elements += other }
    return elements + last
  }

  /// Takes the last elements away.
  mutating func removeLast(_ number: Int) {
    self = GrowingColumn(Array(elements.dropLast(number)))
  }
}

extension GrowingColumn: Equatable where Element: Equatable {
  /// Whether both have the same elements.
  public static func == (left: GrowingColumn, right: GrowingColumn) -> Bool {
    left.elementsEqual(right)
  }
}

extension GrowingColumn: ExpressibleByArrayLiteral {
  /// A column of the elements that a literal names.
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension GrowingColumn: CustomStringConvertible {
  /// The elements as an array prints them.
  public var description: String { "\(elements)" }
}
