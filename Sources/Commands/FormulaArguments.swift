/// Formulas among the arguments of a command.
enum FormulaArguments {
  /// The commands that take formulas.
  private static let commands: Set = ["export", "evaluate"]

  /// Their options that take no value; what follows another option is its value.
  private static let flags: Set = [
    "--force", "--transfer", "--test-every-epoch", "--save-weights", "--dry-run", "--json",
    "--quiet", "--version", "--help",
  ]

  /// The arguments with a space before each formula that begins with a minus, such as `-x^2`, which
  /// the parser of arguments would take for options. Formulas are read without it.
  ///
  /// - Parameter arguments: Those of this process, without its name.
  /// - Returns: What the parser takes for what it is.
  static func shielded(_ arguments: [String]) -> [String] {
    guard let command = arguments.first, commands.contains(command) else { return arguments }
    var shielded = arguments
    for index in arguments.indices.dropFirst() {
      if arguments[index] == "--" { break }
      let before = arguments[index - 1]
      let isValue = before.hasPrefix("--") && !before.contains("=") && !flags.contains(before)
      let canBeFormula = !isValue || before == "--baselines"
      if isFormula(arguments[index]), canBeFormula { shielded[index] = " " + arguments[index] }
    }
    return shielded
  }

  /// What begins with a minus behind an option and is none itself: the parser of arguments takes it
  /// for one.
  ///
  /// - Parameters:
  ///   - option: The option, as the user gives it.
  ///   - arguments: Those of this process.
  /// - Returns: The word that was probably meant as the option's value; nil if there is none.
  static func value(behind option: String, in arguments: [String]) -> String? {
    zip(arguments, arguments.dropFirst()).first { $0 == option && isFormula($1) }?.1
  }

  /// Whether what begins with a minus is no option, which is `-h`, or two and a name.
  private static func isFormula(_ argument: String) -> Bool {
    argument.hasPrefix("-") && argument.count > 1 && argument != "-h"
      && argument.wholeMatch(of: /--([a-z][a-z0-9-]*(=.*)?)?/.dotMatchesNewlines()) == nil
  }
}
