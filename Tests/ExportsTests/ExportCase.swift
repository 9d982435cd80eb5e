import Activations
import Exports
import Testing

/// A function to export, and what it must compute.
struct ExportCase: Sendable, CustomTestStringConvertible {
  let function: ExportedFunction
  /// Whether it is one unary operation.
  let isUnaryOperation: Bool
  /// Whether a file of its own is tested, too, so that it imports all that it needs.
  let isAlone: Bool

  var testDescription: String { "\(function.name): \(function.formula)" }

  /// Arguments: some that single precision has exactly, then some that it has not.
  static let grid: [Double] = {
    let magnitudes: [Float] = [
      1e-30, 1e-6, 0.000_976_562_5, 0.001_464_843_75, 0.01, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3,
      5, 10, 20, 30, 50, 100, 1000, 1e4,
    ]
    let inner = [1e-300, 1e-5, 2e-5, 1e-3, 705, 1e8]
    let both = magnitudes.map(Double.init) + inner
    return [0, -0.0, .nan] + both + both.map { -$0 }
  }()

  /// What we compute on the grid.
  var expected: [(value: Double, derivative: Double)] {
    Self.grid.map {
      function.expression.valueAndDerivative(at: $0, limits: function.limits)
    }
  }

  /// Every unary operation, every binary one with different, equal and constant arguments, and
  /// functions made of several, without and with limits of every kind.
  static let all: [ExportCase] = {
    let none = ActivationExpression.input
    let operations = OperationSet.allPrimitives
    let tanh = try? ActivationExpression(parsing: "tanh(x)")
    let constant = try? ActivationExpression(parsing: "beta(0.75)")
    guard let tanh, let constant else { preconditionFailure("ExportCase: tanh and beta") }
    func scalars(_ operation: ElementaryOperation) -> [Double] {
      operation.scalars.map { _ in -0.7 }
    }
    let unary = operations.unary.map {
      ActivationExpression($0, scalars: scalars($0), none)
    }
    let binary = operations.binary.flatMap { operation in
      // Beside its pole the derivative of x / tanh(x) is a difference that cancels all digits, and
      // in single precision tanh(−10) is −1, a whole exponent.
      let other = ["quotient", "pow"].contains(operation.name) ? constant : tanh
      return [(none, other), (none, none), (constant, none)].map {
        ActivationExpression(operation, scalars: scalars(operation), $0, $1)
      }
    }
    let compositions = formulas.map { text in
      do {
        return try ActivationExpression(parsing: text, operations: .allPrimitives)
      } catch {
        preconditionFailure("\(error)")
      }
    }
    let published = Baselines.published.filter { !$0.isTrained }.map(\.expression)
      .filter { !compositions.contains($0) }
    let free = unary + binary + compositions + published
    let bounded = unary + compositions
    let functions =
      free.map { ($0, Limits.off) } + bounded.map { ($0, Limits(outputs: .output(10))) }
      + (unary + binary + compositions).map { ($0, Limits(outputs: .input(10))) }
      + (unary + compositions).map { ($0, Limits(outputs: .output(10), slopes: 3)) }
    return functions.enumerated().map { index, function in
      do {
        return ExportCase(
          function: try ExportedFunction(
            name: "f\(index)", expression: function.0, limits: function.1),
          isUnaryOperation: index < unary.count, isAlone: index < free.count)
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }()

  /// Functions that searches and people have found, and some that are hard on the code.
  static let formulas = [
    "sigmoid(gelu(x)) * gelu(x)", "sigmoid(relu(x)) * gelu(x)", "relu(sigmoid(gelu(x)) * gelu(x))",
    "silu(sigmoid(relu(x)) * gelu(x)) * silu(x)", "max(x, sigmoid(x))", "cos(x) - x",
    "min(x, sin(x))", "atan(x)^2 - x", "max(x, tanh(x))", "sinc(x) + x",
    "log_sigmoid(x) * asinh(x)",
    "1.25 * x - 0.5 * log_sigmoid(0.75 * x)", "softplus(elu(x))", "x * tanh(exp(x))",
    "x * tanh(softplus(x))", "mix(-0.21351800397530563 + x, x * gelu(x), 1.1)",
    "tanh(exp(exp(x)))", "sigmoid(x^3)^2", "log_abs(gelu(x))", "divide(x, sigmoid(x))",
    "divide_shifted(relu(x), relu(x))", "power(softplus(x), sigmoid(x))",
    "sqrt(abs(x)) - sqrt(x^2)",
    "erf(sinh(x)) * erfc(x)", "gaussian_kernel(x, sin(x))", "laplacian_kernel(relu(x), x)",
    "x - -x - (x - (x + 0.001953125))", "bessel_i0e(x) + bessel_i1e(relu(x))",
    "hard_sigmoid(selu(x)) * softsign(x)", "square(square(tanh(x))) * cube(sigmoid(x) - x)",
    "0.125 + x * 0", "beta(-3.5)", "leaky_relu(x) * leaky_relu(x) + expm1(min(x, 0))",
    "reciprocal(cosh(x))", "swish(x, 1.5) - swish(-x, -1.5)", "x / (1 + |x|)", "softplus(x)^1.5",
    "1 / (1 + x^4) - x^5", "sign(x) * log1p(|x|)", "log(1 + x^2) - log(0.5 + |x|)",
  ]
}
