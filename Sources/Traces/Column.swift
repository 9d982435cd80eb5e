import Files

/// One column of a table: its name in the file, its unit, and where its values stand in a row.
///
/// A column is written down once, in the `table` of its row type; writing, reading and comparing
/// all go through that list.
struct Column<Row>: Sendable {
  /// The name of the dataset inside the table's group; may hold a `/`.
  let name: String
  /// The unit, `nil` for a plain number or a text.
  let units: String?
  /// The type in the file and the way to the value.
  let cells: Cells
  /// Whether files may lack it, because those of earlier programs do.
  var isOptional = false
  /// Which whole numbers it may hold.
  var counts = WholeNumbers.range
  /// Which other numbers it may hold; nil for any.
  var bounds: NumberBounds?

  /// A type that a file can hold, with the access to a row's value of that type.
  enum Cells: Sendable {
    case int64(WritableKeyPath<Row, Int> & Sendable)
    case float32(WritableKeyPath<Row, Float> & Sendable)
    case float64(WritableKeyPath<Row, Double> & Sendable)
    /// `set` returns false for a text that has no meaning in this column.
    case text(get: @Sendable (Row) -> String, set: @Sendable (inout Row, String) -> Bool)
  }

  init(_ name: String, _ path: WritableKeyPath<Row, Int> & Sendable) {
    self.init(name: name, units: nil, cells: .int64(path))
  }

  init(_ name: String, units: String? = nil, _ path: WritableKeyPath<Row, Float> & Sendable) {
    self.init(name: name, units: units, cells: .float32(path))
  }

  init(_ name: String, units: String? = nil, _ path: WritableKeyPath<Row, Double> & Sendable) {
    self.init(name: name, units: units, cells: .float64(path))
  }

  init(_ name: String, _ path: WritableKeyPath<Row, String> & Sendable) {
    let cells = Cells.text(
      get: { $0[keyPath: path] },
      set: { row, text in
        row[keyPath: path] = text
        return true
      })
    self.init(name: name, units: nil, cells: cells)
  }

  /// A column of labels: the raw strings of an enumeration.
  init<Label: RawRepresentable<String> & SendableMetatype>(
    _ name: String, label path: WritableKeyPath<Row, Label> & Sendable
  ) {
    let cells = Cells.text(
      get: { $0[keyPath: path].rawValue },
      set: { row, text in
        guard let label = Label(rawValue: text) else { return false }
        row[keyPath: path] = label
        return true
      })
    self.init(name: name, units: nil, cells: cells)
  }

  /// The same column, which files may lack.
  var optional: Column {
    var copy = self
    copy.isOptional = true
    return copy
  }

  /// The same column of numbers of epochs.
  var ofEpochs: Column {
    var copy = self
    copy.counts = WholeNumbers.epochs
    return copy
  }

  /// The same column, within bounds that its unit does not say.
  func within(_ bounds: NumberBounds) -> Column {
    var copy = self
    copy.bounds = bounds
    return copy
  }

  init(name: String, units: String?, cells: Cells) {
    self.name = name
    self.units = units
    self.cells = cells
    bounds = units.flatMap(NumberBounds.init(units:))
  }

  /// Whether two rows hold the same value here; NaN is the same as NaN, 0 is not the same as −0.
  func same(_ left: Row, _ right: Row) -> Bool {
    switch cells {
    case .int64(let path): left[keyPath: path] == right[keyPath: path]
    case .float32(let path): left[keyPath: path].isSame(as: right[keyPath: path])
    case .float64(let path): left[keyPath: path].isSame(as: right[keyPath: path])
    case .text(let get, _): get(left) == get(right)
    }
  }
}

/// Which whole numbers a table may hold: no search counts further, and what is computed with them
/// stays whole in double precision.
enum WholeNumbers {
  static let range = 0...1 << 53
  /// Of epochs; the setting `epochs` is at most a million.
  static let epochs = 0...999_999
}

/// Which numbers a table may hold that are not whole; what was not measured is NaN.
enum NumberBounds: Sendable {
  /// Seconds of a computation, which are always measured.
  case seconds
  /// A part of a whole.
  case fraction
  /// A rate.
  case notNegative
  /// Any that is finite.
  case finite

  /// Those of numbers with a unit.
  init?(units: String) {
    switch units {
    case "s": self = .seconds
    case "1": self = .fraction
    default: return nil
    }
  }

  /// Whether a column may hold a number.
  func contains(_ number: Double) -> Bool {
    switch self {
    case .seconds: ElapsedSeconds.range.contains(number)
    case .fraction: number.isNaN || (0...1).contains(number)
    case .notNegative: number.isNaN || number >= 0
    case .finite: !number.isInfinite
    }
  }

  /// What it holds, for messages.
  var words: String {
    switch self {
    case .seconds: "seconds from 0 to \(Int(ElapsedSeconds.range.upperBound))"
    case .fraction: "parts from 0 to 1"
    case .notNegative: "rates from 0 on"
    case .finite: "finite numbers"
    }
  }
}

/// A table: rows of one type, each column a dataset `[rows]` of one group.
struct Table<Row>: Sendable where Row: Sendable {
  /// The group's name.
  let group: String
  /// The column that a viewer plots over the first one; `nil` where there is nothing to plot.
  let signal: String?
  /// A row whose values reading replaces.
  let blank: Row
  /// The columns; the first is the dimension scale of all others.
  let columns: [Column<Row>]

  /// Whether two rows agree in every column, NaN being the same as NaN.
  func same(_ left: Row, _ right: Row) -> Bool {
    columns.allSatisfy { $0.same(left, right) }
  }
}

extension BinaryFloatingPoint {
  /// Whether the two are the same value for a record: identical, or both NaN.
  func isSame(as other: Self) -> Bool {
    (self == other && sign == other.sign) || (isNaN && other.isNaN)
  }
}

extension RandomAccessCollection<Float> {
  /// Whether the two hold the same values, NaN being the same as NaN.
  func isSame(as other: some RandomAccessCollection<Float>) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.isSame(as: $1) }
  }
}
