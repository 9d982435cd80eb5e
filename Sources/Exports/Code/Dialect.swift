import Foundation

/// How a language writes what `CodePrinter` prints.
struct Dialect {
  /// The name of each elementary function that is called; operators are not in it.
  var functions: [ElementaryFunction: String]
  /// How a function of the code is called.
  var helperName: (Helper) -> String
  /// How a choice is written: condition, then, otherwise; nil for `condition ? then : otherwise`.
  var select: ((String, String, String) -> String)?
  /// An array of one number, like another array; nil where arguments are numbers.
  var fill: ((_ number: String, _ like: String) -> String)?
  /// The largest finite number of an argument's type.
  var largest: (_ argument: String) -> String
  /// A number that is not finite.
  var special: (Double) -> String
  /// A statement that names a value.
  var binding: (_ name: String, _ value: String) -> String
  /// A function: name, parameters, comment, statements, result.
  var definition: (String, [String], String?, [String], String) -> [String]

  /// A number that reads back exactly.
  func literal(_ value: Double) -> String { value.isFinite ? "\(value)" : special(value) }

  /// The words of `helper_name` as `helperName`.
  static func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_").map(String.init)
    return words.dropFirst().reduce(words.first ?? "") {
      $0 + $1.prefix(1).uppercased() + $1.dropFirst()
    }
  }
}
