import Activations
import Foundation

extension Export {
  /// Comments and formulas, one a line, such as `activation(x) = gelu(x)`.
  var text: String {
    lines(comment: "#", of: functions.flatMap(\.equation))
  }

  /// Comments and equations in LaTeX.
  var latex: String {
    lines(
      comment: "%",
      of: functions.map { function in
        let name = Notation.operatorName(function.name)
        let limits = function.limits.sentences.map {
          " \\quad\\text{(\($0.replacingOccurrences(of: "±", with: "$\\pm$")))}"
        }.joined()
        return "\\[ \(name)\\left(x\\right) = \(function.latex)\(limits) \\]"
      })
  }

  private func lines(comment sign: String, of formulas: [String]) -> String {
    (origin.lines.map { "\(sign) \($0)" } + formulas).map { "\($0)\n" }.joined()
  }
}
