/// A column to which rows are appended while others still read an earlier state of it.
///
/// It lies in blocks. Copies share all that are full, so that a snapshot of a long column costs one
/// block where an array would be copied as a whole, and no more room is set aside than a block.
/// With a store, full blocks lie there, and memory does not grow with the column.
public struct GrowingColumn<Element: BitwiseCopyable & Sendable>: RandomAccessCollection, Sendable {
  private enum Block: Sendable {
    case held([Element])
    case stored(ColumnStore.Place)
  }

  /// The elements of a full block: 64 KiB.
  private static var blockSize: Int { Swift.max(1, (1 << 16) / MemoryLayout<Element>.stride) }

  private var full: [Block] = []
  private var last: [Element] = []
  /// Where full blocks go; nil for memory. Those that are full stay where they are.
  var store: ColumnStore?

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
    let (block, offset) = index.quotientAndRemainder(dividingBy: Self.blockSize)
    guard block < full.count else { return last[offset] }
    switch full[block] {
    case .held(let elements): return elements[offset]
    case .stored(let place): return place.elements(offset..<offset + 1)[0]
    }
  }

  /// All elements, one after another.
  public var elements: [Element] { elements(from: 0) }

  /// The elements from an index on.
  func elements(from index: Int) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count - index)
    for block in (index / Self.blockSize)..<Swift.max(full.count, index / Self.blockSize) {
      let range = Swift.max(0, index - block * Self.blockSize)..<Self.blockSize
      switch full[block] {
      case .held(let held): elements += held[range]
      case .stored(let place): elements += place.elements(range) as [Element]
      }
    }
    return elements + last[Swift.max(0, index - full.count * Self.blockSize)...]
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
    // A store that has no room is no reason to lose a row.
    full.append(store?.write(last).map(Block.stored) ?? .held(last))
    last = []
  }

  /// Takes the last elements away.
  mutating func removeLast(_ number: Int) {
    if number <= last.count { return last.removeLast(number) }
    replace(by: Array(elements.dropLast(number)))
  }

  /// Begins anew with other elements, in the same store.
  mutating func replace(by elements: [Element]) {
    (full, last) = ([], [])
    append(contentsOf: elements)
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
