/// Functions that ONNX has no operator for, to single precision.
extension ONNXGraph {
  /// eˣ − 1: with h = tanh(x/2) it is 2h/(1 − h), which does not cancel near 0.
  mutating func exponentialMinusOne(_ x: String) -> String {
    let one = constant(1)
    let half = operation("Tanh", operation("Mul", constant(0.5), x))
    let near = operation(
      "Div", operation("Mul", constant(2), half), operation("Sub", one, half))
    let isNear = operation("Less", operation("Abs", x), one)
    return operation("Where", isNear, near, operation("Sub", operation("Exp", x), one))
  }

  /// ln(1 + x): near 0 it is 2·atanh(x/(2 + x)), which does not lose small x.
  mutating func logarithmOfOnePlus(_ x: String) -> String {
    let (one, two) = (constant(1), constant(2))
    let near = operation(
      "Mul", two, operation("Atanh", operation("Div", x, operation("Add", two, x))))
    let isNear = operation("Less", operation("Abs", x), constant(0.5))
    return operation("Where", isNear, near, operation("Log", operation("Add", one, x)))
  }

  /// erfc x: 1 − erf x up to ½, and t·exp(−x² + P(t)), t = 1/(1 + x/2), above.
  ///
  /// The polynomial is that of Press et al., "Numerical Recipes", `erfcc`: right to 1.2e−7,
  /// relative.
  mutating func complementaryErrorFunction(_ x: String) -> String {
    let (half, one) = (constant(0.5), constant(1))
    let isNear = operation("LessOrEqual", x, half)
    let near = operation("Sub", one, operation("Erf", x))
    let held = operation("Where", isNear, half, x)
    let t = operation("Div", one, operation("Add", one, operation("Mul", half, held)))
    let coefficients = [
      0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418,
      0.37409196, 1.00002368, -1.26551223,
    ]
    let polynomial = coefficients.dropFirst().reduce(constant(coefficients[0])) { sum, next in
      operation("Add", operation("Mul", sum, t), constant(next))
    }
    let exponent = operation("Sub", polynomial, operation("Mul", held, held))
    let far = operation("Mul", t, operation("Exp", exponent))
    return operation("Where", isNear, near, far)
  }

  /// e^−|x|·Iₙ(x): the power series below 20, the asymptotic series above, as in
  /// `ScaledBessel`, summed from the last term on.
  mutating func bessel(_ x: String, order n: Int) -> String {
    let m = operation("Abs", x)
    let (edge, one) = (constant(20), constant(1))
    let isNear = operation("Less", m, edge)
    let near = operation("Where", isNear, m, edge)
    let far = operation("Where", isNear, edge, m)
    let quarter = operation("Mul", operation("Mul", near, near), constant(0.25))
    var below = one
    for k in stride(from: 50, to: 0, by: -1) {
      let factor = operation("Mul", quarter, constant(1 / Double(k * (k + n))))
      below = operation("Add", one, operation("Mul", factor, below))
    }
    below = operation("Mul", operation("Exp", operation("Neg", near)), below)
    if n == 1 { below = operation("Mul", below, operation("Mul", constant(0.5), near)) }
    let reciprocal = operation("Div", one, far)
    var above = one
    for k in stride(from: 12, to: 0, by: -1) {
      let odd = 2 * k - 1
      let numerator = odd * odd - 4 * n
      let factor = Double(numerator) / Double(8 * k)
      let term = operation("Mul", operation("Mul", constant(factor), reciprocal), above)
      above = operation("Add", one, term)
    }
    let root = operation("Sqrt", operation("Mul", constant(2 * Double.pi), far))
    let value = operation("Where", isNear, below, operation("Div", above, root))
    guard n == 1 else { return value }
    return operation(
      "Where", operation("Less", x, constant(0)), operation("Neg", value), value)
  }
}
