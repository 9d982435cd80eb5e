/// Carries a state into a checkpoint or out of one, by the same list of names.
///
/// A type lists its state once, in a function that calls `code` for every part. Saving, `code`
/// notes the value; restoring, it replaces the value. What does not fit is kept as `mismatch`, the
/// value stays, and `finish` throws it.
public struct StateCoder {
  /// Whether values are replaced by those of a checkpoint.
  public let isRestoring: Bool
  /// Saving: what was noted so far. Restoring: what nobody has asked for yet.
  public private(set) var checkpoint: Checkpoint
  /// The first thing that did not fit.
  public private(set) var mismatch: CheckpointMismatch?
  private var prefix = ""

  /// Begins to save, beside what a checkpoint holds already.
  public init(continuing checkpoint: Checkpoint = Checkpoint()) {
    isRestoring = false
    self.checkpoint = checkpoint
  }

  /// Begins to restore.
  public init(restoring checkpoint: Checkpoint) {
    isRestoring = true
    self.checkpoint = checkpoint
  }

  /// Codes parts whose names begin with `name` and a dot.
  public mutating func group(_ name: String, _ body: (inout StateCoder) -> Void) {
    let outer = prefix
    prefix += name + "."
    body(&self)
    prefix = outer
  }

  /// Whether the checkpoint has parts whose names begin with `name` and a dot.
  public func holds(_ name: String) -> Bool {
    checkpoint.entries.keys.contains { $0.hasPrefix(prefix + name + ".") }
  }

  /// Whether the checkpoint has an entry of that name.
  package func holds(entry name: String) -> Bool { checkpoint.entries[prefix + name] != nil }

  /// Ends the coding.
  ///
  /// - Returns: What was saved.
  /// - Throws: `CheckpointMismatch` if an entry was missing or did not fit, or nobody asked for it.
  public func finish() throws(CheckpointMismatch) -> Checkpoint {
    if let mismatch { throw mismatch }
    if isRestoring, let unknown = checkpoint.names.first {
      throw CheckpointMismatch("it has an entry '\(unknown)' too many")
    }
    return checkpoint
  }

  /// A checkpoint of a value.
  ///
  /// - Parameters:
  ///   - state: The value.
  ///   - code: Lists everything of it that changes.
  /// - Returns: All that its continuation needs.
  /// - Throws: `CheckpointMismatch` if two entries have the same name.
  public static func checkpoint<State>(
    of state: State, _ code: (inout State, inout StateCoder) -> Void
  ) throws(CheckpointMismatch) -> Checkpoint {
    var copy = state
    var coder = StateCoder()
    code(&copy, &coder)
    return try coder.finish()
  }

  /// Takes up a value where a checkpoint of it stands, as a whole or not at all.
  ///
  /// - Parameters:
  ///   - state: The value.
  ///   - checkpoint: Of an equal one.
  ///   - code: The list that made it.
  /// - Throws: `CheckpointMismatch` if it is of another; the value is unchanged then.
  public static func restore<State>(
    _ state: inout State, from checkpoint: Checkpoint,
    _ code: (inout State, inout StateCoder) -> Void
  ) throws(CheckpointMismatch) {
    var copy = state
    var coder = StateCoder(restoring: checkpoint)
    code(&copy, &coder)
    _ = try coder.finish()
    state = copy
  }

  /// Notes that something does not fit, unless something else did not before.
  public mutating func fail(_ description: String) {
    mismatch = mismatch ?? CheckpointMismatch(description)
  }

  /// The number of elements that an entry holds; restoring, that of the checkpoint.
  public func count(_ name: String, saving count: Int) -> Int {
    guard isRestoring else { return count }
    return checkpoint.entries[prefix + name]?.count ?? 0
  }

  // MARK: - Parts

  /// Codes bytes; `count`, if given, is how many there must be.
  public mutating func code(_ name: String, _ values: inout [UInt8], count: Int? = nil) {
    code(name, &values, count: count, as: Checkpoint.Values.bytes) {
      if case .bytes(let values) = $0 { values } else { nil }
    }
  }

  /// Codes whole numbers; `count`, if given, is how many there must be.
  public mutating func code(_ name: String, _ values: inout [Int], count: Int? = nil) {
    code(name, &values, count: count, as: { .int64($0.map { Int64($0) }) }) {
      if case .int64(let values) = $0 { values.map { Int($0) } } else { nil }
    }
  }

  /// Codes numbers; `count`, if given, is how many there must be.
  public mutating func code(_ name: String, _ values: inout [Float], count: Int? = nil) {
    code(name, &values, count: count, as: Checkpoint.Values.float32) {
      if case .float32(let values) = $0 { values } else { nil }
    }
  }

  /// Codes numbers; `count`, if given, is how many there must be.
  public mutating func code(_ name: String, _ values: inout [Double], count: Int? = nil) {
    code(name, &values, count: count, as: Checkpoint.Values.float64) {
      if case .float64(let values) = $0 { values } else { nil }
    }
  }

  /// Codes texts; `count`, if given, is how many there must be.
  public mutating func code(_ name: String, _ values: inout [String], count: Int? = nil) {
    code(name, &values, count: count, as: Checkpoint.Values.texts) {
      if case .texts(let values) = $0 { values } else { nil }
    }
  }

  /// Codes a whole number.
  public mutating func code(_ name: String, _ value: inout Int) {
    var values = [value]
    code(name, &values, count: 1)
    value = values[0]
  }

  /// Codes a choice between two, as 1 or 0.
  public mutating func code(_ name: String, _ value: inout Bool) {
    var number = value ? 1 : 0
    code(name, &number)
    guard (0...1).contains(number) else {
      return fail("its entry '\(prefix + name)' is \(number) instead of 0 or 1")
    }
    value = number == 1
  }

  /// Codes a number.
  public mutating func code(_ name: String, _ value: inout Double) {
    var values = [value]
    code(name, &values, count: 1)
    value = values[0]
  }

  /// Codes a text.
  public mutating func code(_ name: String, _ value: inout String) {
    var values = [value]
    code(name, &values, count: 1)
    value = values[0]
  }

  private mutating func code<Element>(
    _ name: String, _ values: inout [Element], count: Int?,
    as wrap: ([Element]) -> Checkpoint.Values, from unwrap: (Checkpoint.Values) -> [Element]?
  ) {
    let name = prefix + name
    guard isRestoring else {
      precondition(checkpoint.entries[name] == nil, "checkpoint: two entries '\(name)'")
      checkpoint.entries[name] = wrap(values)
      return
    }
    guard let entry = checkpoint.entries.removeValue(forKey: name) else {
      return fail("it has no entry '\(name)'")
    }
    guard let found = unwrap(entry) else {
      return fail("its entry '\(name)' is of another type")
    }
    guard count == nil || found.count == count else {
      return fail("its entry '\(name)' has \(found.count) elements instead of \(count ?? 0)")
    }
    values = found
  }
}
