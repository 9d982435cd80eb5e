import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// `∛x`, odd, as mathematics has it: a power x^(1/3) has no value below 0.
///
/// Slope 1/(3·∛x²), held finite at 0.
public enum CubeRoot: UnaryPrimitive {
  public static let name = "cbrt"
  public static let formula = "∛x"
  public static let latex = "\\sqrt[3]{x}"

  @inlinable public static func value(_ x: Double) -> Double { cbrt(x) }
  @inlinable public static func derivative(_ x: Double) -> Double {
    let root = cbrt(x)
    return (1 / (3 * root * root)).saturated
  }

  public static func notation(of argument: Notation) -> Notation {
    .symbol("\(name)(\(argument.text))", latex: "\\sqrt[3]{\(argument.latex)}")
  }
}
