/// One value of a configuration: its name, how it is read and written as text, and what it may be.
///
/// A type lists its settings once. Configuration files, options of the command, checks, digests and
/// the documentation read that list.
///
///     extension Recipe {
///       static let settings: [Setting<Recipe>] = [
///         Setting("epochs", \.epochs, "a whole number", help: "Length of the training.")
///           .must("be at least 1") { $0.epochs >= 1 },
///       ]
///     }
public struct Setting<Root>: Sendable {
  /// The name, as in a configuration file and, where there is one, the option.
  public let name: String
  /// What the value may be, for messages and documentation.
  public let kind: String
  /// What it is for, in one sentence.
  public let help: String
  /// Where only some values of another setting have this one, that setting and those values, such
  /// as `optimizer sgd`.
  public let place: String?

  /// The value as text; nil where the configuration has no such value.
  let text: @Sendable (Root) -> String?
  /// Takes over a value given as text; false if it is of another kind.
  let set: @Sendable (inout Root, String) -> Bool
  /// What the value must be but is not, such as `be at least 1`; nil where nothing is wrong.
  var requirement: @Sendable (Root) -> String? = { _ in nil }

  /// What is wrong with the value, as a whole complaint; nil where nothing is.
  var fault: @Sendable (Root) -> String? = { _ in nil }

  /// What joins the elements of a list into the text of the value; nil where one is not taken.
  var separator: String?
  /// Which element of a list is wrong and how, such as `'relo' is no function`; nil where none is.
  var elementFault: @Sendable (String) -> String? = { _ in nil }
  /// Whether messages name the element that is wrong.
  var namesElements = false

  /// The value that configurations without this setting may be given all the same, since it says
  /// what is so without it.
  var idle: String?

  /// Describes a setting by what reads and writes it.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - kind: What the value may be, such as `a whole number, or all`.
  ///   - help: What it is for, in one sentence.
  ///   - place: Where only some values of another setting have it, which, such as `optimizer sgd`.
  ///   - text: The value as text; nil where the configuration has no such value.
  ///   - set: Takes over a value given as text; returns false if it is of another kind.
  public init(
    _ name: String, kind: String, help: String, onlyWith place: String? = nil,
    text: @escaping @Sendable (Root) -> String?,
    set: @escaping @Sendable (inout Root, String) -> Bool
  ) {
    self.name = name
    self.kind = kind
    self.help = help
    self.place = place
    self.text = text
    self.set = set
  }

  /// The same setting, of which configurations without it take one value: files of earlier versions
  /// name all settings.
  ///
  /// - Parameter value: What is so without the setting.
  /// - Returns: The changed setting.
  public func idle(_ value: String) -> Setting {
    var setting = self
    setting.idle = value
    return setting
  }

  /// The same setting, whose value may also be given as a list.
  ///
  /// - Parameters:
  ///   - separator: What joins the elements into the text of the value.
  ///   - fault: Which element of such a text is wrong and how, such as `'relo' is no function`; nil
  ///     where none is.
  /// - Returns: The changed setting.
  public func list(
    joinedBy separator: String,
    explaining fault: (@Sendable (String) -> String?)? = nil
  ) -> Setting {
    var setting = self
    setting.separator = separator
    setting.elementFault = fault ?? { _ in nil }
    setting.namesElements = fault != nil
    return setting
  }

  /// The same setting, which refuses some values.
  ///
  /// - Parameters:
  ///   - requirement: What the value must do, such as `be at least 1`.
  ///   - holds: Whether it does, perhaps beside other values.
  /// - Returns: The changed setting.
  public func must(
    _ requirement: String, _ holds: @escaping @Sendable (Root) -> Bool
  ) -> Setting {
    must { holds($0) ? nil : requirement }
  }

  /// The same setting, which refuses some values for reasons that depend on others.
  ///
  /// - Parameter requirement: What the value must do but does not; nil where nothing is wrong.
  /// - Returns: The changed setting.
  public func must(_ requirement: @escaping @Sendable (Root) -> String?) -> Setting {
    var setting = self
    setting.requirement = { [first = self.requirement] in first($0) ?? requirement($0) }
    return setting
  }

  /// The same setting, which refuses values for reasons that somebody else states.
  ///
  /// - Parameter fault: The whole complaint, such as `is 'relo', but there is no such operation`;
  ///   nil where nothing is wrong.
  /// - Returns: The changed setting.
  public func refusing(_ fault: @escaping @Sendable (Root) -> String?) -> Setting {
    var setting = self
    setting.fault = fault
    return setting
  }

  /// The setting of a part as one of the whole.
  ///
  /// - Parameter path: Where the part is.
  /// - Returns: The changed setting.
  public func inside<Whole>(
    _ path: WritableKeyPath<Whole, Root> & Sendable
  ) -> Setting<Whole> {
    var setting = Setting<Whole>(
      name, kind: kind, help: help, onlyWith: place, text: { [text] in text($0[keyPath: path]) },
      set: { [set] in set(&$0[keyPath: path], $1) }
    ).must { [requirement] in requirement($0[keyPath: path]) }
      .refusing { [fault] in fault($0[keyPath: path]) }
    (setting.idle, setting.separator) = (idle, separator)
    (setting.elementFault, setting.namesElements) = (elementFault, namesElements)
    return setting
  }

  /// The setting of a part that some configurations lack.
  ///
  /// - Parameters:
  ///   - path: Where the part is, if there is one.
  ///   - place: Which value of which setting has it, such as `method random`.
  /// - Returns: The changed setting.
  public func inside<Whole>(
    optional path: WritableKeyPath<Whole, Root?> & Sendable, onlyWith place: String
  ) -> Setting<Whole> {
    inside(onlyWith: place, part: { $0[keyPath: path] }, replace: { $0[keyPath: path] = $1 })
  }

  /// The setting of a part that some configurations lack, and that no key path leads to.
  ///
  /// - Parameters:
  ///   - place: Which value of which setting has it, such as `method random`.
  ///   - part: The part, if there is one.
  ///   - replace: Puts another part in its place.
  /// - Returns: The changed setting.
  public func inside<Whole>(
    onlyWith place: String, part: @escaping @Sendable (Whole) -> Root?,
    replace: @escaping @Sendable (inout Whole, Root) -> Void
  ) -> Setting<Whole> {
    var setting = Setting<Whole>(
      name, kind: kind, help: help, onlyWith: self.place ?? place,
      text: { [text] in part($0).flatMap(text) },
      set: { [set] whole, text in
        guard var found = part(whole), set(&found, text) else { return false }
        replace(&whole, found)
        return true
      }
    ).must { [requirement] in part($0).flatMap(requirement) }
      .refusing { [fault] in part($0).flatMap(fault) }
    (setting.idle, setting.separator) = (idle, separator)
    (setting.elementFault, setting.namesElements) = (elementFault, namesElements)
    return setting
  }
}
