import Activations

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
        let bound = function.bound.map {
          " \\quad\\text{(every operation clipped to $\\pm\($0)$)}"
        }
        return "\\[ \(name)\\left(x\\right) = \(function.latex)\(bound ?? "") \\]"
      })
  }

  private func lines(comment sign: String, of formulas: [String]) -> String {
    (origin.lines.map { "\(sign) \($0)" } + formulas).map { "\($0)\n" }.joined()
  }
}
