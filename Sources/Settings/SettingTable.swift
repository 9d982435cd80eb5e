import Suggestions

/// The settings of a type, in the order in which files list them.
extension Array {
  /// Every value that a configuration has, by its setting's name, as text.
  public func texts<Root>(of root: Root) -> [(name: String, text: String)]
  where Element == Setting<Root> {
    compactMap { setting in setting.text(root).map { (setting.name, $0) } }
  }

  /// Checks every value, also beside others.
  ///
  /// - Parameter root: The configuration.
  /// - Throws: `ImpossibleValue`, naming the first setting with a value that nothing can be done
  ///   with.
  public func check<Root>(_ root: Root) throws(ImpossibleValue) where Element == Setting<Root> {
    for setting in self {
      guard let text = setting.text(root) else { continue }
      let requirement = setting.requirement(root).map { "is \(text), but must \($0)" }
      if let complaint = setting.fault(root) ?? requirement {
        throw ImpossibleValue(setting: setting.name, complaint: complaint)
      }
    }
  }

  /// The names of the settings in which two configurations differ.
  public func differences<Root>(_ first: Root, _ second: Root) -> [String]
  where Element == Setting<Root> {
    filter { $0.text(first) != $0.text(second) }.map(\.name)
  }

  /// Takes over values given as text, in the order of the table, so that a setting which decides
  /// what others there are comes before them.
  ///
  /// - Parameters:
  ///   - values: Names and values; of two with the same name the last holds.
  ///   - root: What is changed; perhaps in part, where an error is thrown.
  /// - Throws: `SettingError` at the first name or value at fault.
  public func assign<Root>(
    _ values: [(name: String, value: SettingValue)], to root: inout Root
  ) throws(SettingError) where Element == Setting<Root> {
    for (name, value) in values where !contains(where: { $0.name == name }) {
      if case .other(let words) = value {
        throw SettingError(
          "'\(name)' is \(words), and settings have no groups; write one 'name: value' a line")
      }
      throw SettingError(unknownName(name, kind: "setting", known: map(\.name)))
    }
    for setting in self {
      guard let (_, value) = values.last(where: { $0.name == setting.name }) else { continue }
      guard setting.text(root) != nil else {
        let readings = value.line(joining: nil)?.readings ?? []
        if let idle = setting.idle, readings.contains(idle) { continue }
        // Another method may have a setting of the same name.
        if contains(where: { $0.name == setting.name && $0.text(root) != nil }) { continue }
        throw SettingError(
          "'\(setting.name)' is only for \(setting.place ?? "other configurations"); leave it out")
      }
      let line = value.line(joining: setting.separator)
      guard let line, line.readings.contains(where: { setting.set(&root, $0) }) else {
        var cure = ""
        // One value says what it should be; what is nested says nothing of how to write it.
        if case .other = value {
          cure = "; write '\(setting.name): value'"
          if setting.separator != nil { cure += ", or a list of such values" }
        }
        let fault = line.flatMap(setting.elementFault).map { ": \($0)" } ?? ""
        throw SettingError(
          "'\(setting.name)' must be \(setting.kind)\(setting.separation), not "
            + value.quoted + fault + cure)
      }
    }
  }

  /// Takes over values given as text.
  ///
  /// - Parameters:
  ///   - values: Names and values; of two with the same name the last holds.
  ///   - root: What is changed; perhaps in part, where an error is thrown.
  /// - Throws: `SettingError` at the first name or value at fault.
  public func assign<Root>(
    _ values: [(name: String, value: String)], to root: inout Root
  ) throws(SettingError) where Element == Setting<Root> {
    let values = values.map { (name: $0.name, value: SettingValue.text($0.value)) }
    try assign(values, to: &root)
  }
}

extension Setting {
  /// What stands between the elements of a list, for messages that may name one of them; empty
  /// where the kind says it.
  fileprivate var separation: String {
    separator == " " && namesElements ? ", separated by spaces" : ""
  }
}

/// A setting that there is not, or a value of another kind than the setting's.
public struct SettingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line: the setting, what is wrong, the cure.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension String {
  /// Without white space at both ends.
  package var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
