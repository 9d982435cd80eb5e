/// A value of a setting with which nothing can be computed.
public struct ImpossibleValue: Error, CustomStringConvertible, Sendable, Hashable {
  /// The setting's name, as on the command line and in configuration files.
  public let setting: String
  /// What is wrong and the cure, such as `is 0, but must be at least 1`.
  public let complaint: String

  /// Names a setting and what is wrong with its value.
  public init(setting: String, complaint: String) {
    self.setting = setting
    self.complaint = complaint
  }

  /// One line, for a value that stands on the command line.
  public var description: String { "--\(setting) \(complaint)" }

  /// Checks a value.
  ///
  /// - Parameters:
  ///   - holds: Whether it is possible.
  ///   - setting: The setting's name.
  ///   - value: The value.
  ///   - cure: What it must be.
  /// - Throws: `ImpossibleValue` if it is not.
  public static func check<Value>(
    _ holds: Bool, _ setting: String, _ value: Value, mustBe cure: String
  ) throws(ImpossibleValue) {
    if !holds {
      throw ImpossibleValue(setting: setting, complaint: "is \(value), but must be \(cure)")
    }
  }
}
