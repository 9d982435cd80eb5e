extension Setting {
  /// A value that text stands for, such as a number.
  public init<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ kind: String, help: String
  ) {
    self.init(
      name, kind: kind, help: help, text: { $0[keyPath: path].description },
      set: { root, text in
        guard let value = Value(text) else { return false }
        root[keyPath: path] = value
        return true
      })
  }

  /// A number that may be missing, for which a word stands then.
  public init<Value: LosslessStringConvertible & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Root, Value?> & Sendable, _ kind: String,
    none word: String, help: String
  ) {
    self.init(
      name, kind: "\(kind), or \(word)", help: help,
      text: { $0[keyPath: path]?.description ?? word },
      set: { root, text in
        root[keyPath: path] = Value(text)
        return root[keyPath: path] != nil || text == word
      })
  }

  /// A choice among the cases of an enumeration.
  public init<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
    _ name: String, _ path: WritableKeyPath<Root, Choice> & Sendable, help: String
  ) {
    self.init(
      name, kind: Choice.allCases.map(\.rawValue).joined(separator: ", "), help: help,
      text: { $0[keyPath: path].rawValue },
      set: { root, text in
        guard let choice = Choice(rawValue: text) else { return false }
        root[keyPath: path] = choice
        return true
      })
  }
}
