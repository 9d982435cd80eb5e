/// Why a text is no placed function, though its formulas may be right.
public enum PlacedFunctionError: Error, Sendable, Hashable {
  /// A part between semicolons is not `name: function`.
  case malformedCells(String)
  /// A cell stands twice in the text.
  case repeatedCell(String, String)
  /// What follows the functions says no limits.
  case malformedLimits(String)
  /// What shares scalars is unknown.
  case unknownPlacement(String)
  /// What shares scalars stands before the end.
  case misplacedPlacement(String)
}

extension PlacedFunctionError: CustomStringConvertible {
  /// One line: the text, what is wrong, the cure.
  public var description: String {
    switch self {
    case .malformedCells(let text):
      "'\(text)': write several functions as 'stage0: relu(x); stage1: …'"
    case .repeatedCell(let name, let text):
      "'\(text)': \(name) stands twice; give each part of the network one function"
    case .malformedLimits(let text):
      "'\(text)': write limits behind the function as 'within 10', 'within inputs 10' or "
        + "'slopes 20': positive numbers, each once, behind all that they are for"
    case .unknownPlacement(let word):
      "'scalars \(word)': scalars are shared by network, site or channel"
    case .misplacedPlacement(let text):
      "'\(text)': write 'scalars channel' once, behind all functions that it is for"
    }
  }
}
