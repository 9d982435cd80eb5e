import Activations
import Foundation

/// Functions that somebody wants in a race, exactly: what other searches have found, say.
public struct GivenFunctions: Sendable, Hashable, LosslessStringConvertible {
  /// The functions, none of them twice.
  public let functions: [PlacedFunction]

  /// What stands between two of them. (`|x|` is a function; ` | ` is in none.)
  private static let separator = " | "

  /// Takes functions; nil if there are none.
  public init?(_ functions: [PlacedFunction]) {
    var own: [PlacedFunction] = []
    for function in functions where !own.contains(function) { own.append(function) }
    guard !own.isEmpty else { return nil }
    self.functions = own
  }

  /// Reads functions as traces and results write them, such as `mix(gelu(x), x, 0.25) within 10 |
  /// silu(x)`; nil if there is one that is none.
  public init?(_ text: String) {
    let parts = text.components(separatedBy: Self.separator)
    let functions = parts.compactMap { try? PlacedFunction(parsing: $0) }
    guard functions.count == parts.count else { return nil }
    self.init(functions)
  }

  /// What is wrong with such a text: the first function that is none, and why.
  @Sendable static func fault(in text: String) -> String? {
    for part in text.components(separatedBy: separator) {
      do {
        _ = try PlacedFunction(parsing: part)
      } catch {
        return "'\(part)' is no function (\(error))"
      }
    }
    return nil
  }

  /// The text that `init` reads, on one line of a configuration file.
  public var description: String {
    // A blank behind a colon would make a mapping of it.
    functions.map { $0.text.replacing(": ", with: ":") }.joined(separator: Self.separator)
  }
}
