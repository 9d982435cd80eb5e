import Activations
import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Baselines")
struct BaselineTests {
  @Test func namesAreThoseOfTheUsualFunctions() {
    #expect(
      Baselines.all.map(\.name) == [
        "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "mish", "hardswish",
        "tanhexp", "prelu", "swish", "sigmoid", "tanh", "golu", "squared_relu", "star_relu",
        "gelu_sine", "gelu_sinc",
      ])
    #expect(Baselines.all.filter(\.isTrained).map(\.name) == ["prelu", "swish"])
    #expect(Baselines.grafs.map(\.name) == ["relu", "gelu", "silu", "elu", "leaky_relu"])
    #expect(Baselines.baseline(named: "gelu")?.title == "GELU")
    #expect(Baselines.baseline(named: "square") == nil)
    for baseline in Baselines.all {
      #expect(baseline.expression.openScalars.isEmpty == !baseline.isTrained)
      #expect(!baseline.title.isEmpty && baseline.source.contains(/[A-Z]\w+.* (19|20)\d\d/))
    }
  }

  @Test func publishedOnesAreFoundByName() throws {
    let names = Baselines.published.map(\.name)
    #expect(Set(names).count == 20 && names.first == "swish")
    #expect(Baselines.published.filter(\.isTrained).map(\.name) == ["swish"])
    for baseline in Baselines.published {
      #expect(baseline.source.contains(/[A-Z]\w+.* (19|20)\d\d/))
      let function = try PlacedFunction(parsing: baseline.name, reading: .mathematics)
      #expect(function == baseline.function)
      // Only what was found within a bound has one.
      #expect((function.limits == .off) == !baseline.name.contains(/^grafs_[0-9]/))
      #expect(
        try PlacedFunction(parsing: baseline.name + " within 5").limits
          == Limits(outputs: .output(5)))
      #expect(try PlacedFunction(parsing: function.text) == function)
      // A name is a function's, and never an operation's besides.
      let operation = try? OperationSet.allPrimitives.operation(named: baseline.name)
      #expect((operation == nil) == (baseline.name != "swish"))
    }
    // All are different functions.
    let functions = Baselines.published.map(\.function)
    for (index, function) in functions.enumerated() {
      #expect(functions.firstIndex { $0.isSame(as: function) } == index)
    }
  }

  @Test(
    "are known by the spellings that people use",
    arguments: [
      ("GoLU", "golu"), ("ReLU²", "squared_relu"), ("relu2", "squared_relu"),
      ("Relu_Squared", "squared_relu"), ("SquaredReLU", "squared_relu"),
      ("StarReLU", "star_relu"), ("star-relu", "star_relu"), ("GELUSine", "gelu_sine"),
      ("GELU-Sine", "gelu_sine"), ("GELU-Sinc", "gelu_sinc"), ("gelusinc", "gelu_sinc"),
      ("EELU-1", "eelu_1"), ("GRAFS_GPT_2", "grafs_gpt_2"), ("Leaky-ReLU", "leaky_relu"),
    ])
  func spellings(spelling: String, name: String) throws {
    for text in [spelling, " \(spelling) "] {
      #expect(
        try PlacedFunction(parsing: text, reading: .mathematics)
          == PlacedFunction(parsing: name, reading: .mathematics))
    }
  }

  @Test("of formulas that look like names mean what they say")
  func formulas() throws {
    for (text, value) in [("x-1", 1.0), ("x²", 4), ("x", 2), ("2-x", 0), ("e-x", M_E - 2)] {
      let function = try PlacedFunction(parsing: text, reading: .mathematics)
      #expect(agrees(function.cells[0].expression.value(at: 2), value, relative: 1e-15))
    }
    for text in ["gelu-cinc", "relu3", "eelu_9", "published"] {
      #expect(throws: (any Error).self) { try PlacedFunction(parsing: text) }
    }
  }

  /// Figures of six digits, computed with other programs from the sources' formulas.
  @Test(arguments: [
    (
      "golu",
      [-1.75369e-64, -5.67654e-9, -0.065988, -0.0961478, 0, 0.27262, 0.692201, 2.8543, 4.96642]
    ),
    (
      "gelu_sine",
      [0.095891, -0.0181617, -0.242802, -0.202211, 0, 0.393674, 0.925492, 3.01006, 4.90411]
    ),
    (
      "gelu_sinc",
      [-1.43326e-6, -0.00404969, -0.158655, -0.203374, 0, 0.455781, 0.841345, 2.99595, 5]
    ),
    ("star_relu", [-0.4472, -0.4472, -0.4472, -0.4472, -0.4472, -0.2236, 0.4472, 7.6024, 21.9128]),
    ("eelu_1", [-0.0380142, -0.168397, -0.397118, -0.304489, 0, 0.49014, 0.999879, 3, 5]),
    (
      "softplus_elu",
      [0.315078, 0.326897, 0.426224, 0.515641, 0.693147, 0.974077, 1.31326, 3.04859, 5.00672]
    ),
  ])
  func valuesAreThoseOfTheSources(name: String, values: [Double]) throws {
    let function = try PlacedFunction(parsing: name).cells[0].expression
    for (x, value) in zip([-5, -3, -1, -0.5, 0, 0.5, 1, 3, 5], values) {
      #expect(agrees(function.value(at: x), value, relative: 6e-6), "\(name) at \(x)")
      let difference = centralDifference({ function.value(at: $0) }, at: x + 0.01)
      #expect(
        agrees(
          function.valueAndDerivative(at: x + 0.01).derivative, difference, relative: 1e-6,
          absolute: 1e-10), "\(name)′ at \(x)")
    }
  }

  /// EELU-2 is EELU-1 mirrored.
  @Test func mirrored() throws {
    let (first, second) = (
      try PlacedFunction(parsing: "eelu_1"), try PlacedFunction(parsing: "eelu_2")
    )
    for x in [-800.0, -3.5, -0.2, 0, 0.7, 90, 1e4] {
      let left = first.cells[0].expression.valueAndDerivative(at: x)
      let right = second.cells[0].expression.valueAndDerivative(at: -x)
      #expect(left.value == right.value && left.derivative == -right.derivative)
    }
  }

  /// As networks have them: curves in single precision, forward and backward. Beyond ±32 they go on
  /// on their tangents; from 16 on intervals are half a number wide, a quarter of sinc's period.
  @Test(arguments: [
    "golu", "squared_relu", "star_relu", "gelu_sine", "gelu_sinc", "sigmoid", "tanh",
  ])
  func curvesAreRightAtZeroAndAtExtremes(name: String) throws {
    let expression = try PlacedFunction(parsing: name).cells[0].expression
    let points: [Float] = [
      0, -0.0, 1e-30, -1e-30, 1e-4, -1e-4, -0.3, 0.3, -1, 1, -2.5, 2.5, -6.5, -7, -8, 6, -30, 30,
      -88, -90, -104, 100, -1e4,
    ]
    let tape = Tape(device: Device(threads: 1))
    let input = tape.parameter(Tensor(points, [1, points.count]))
    let curve = CurveActivation(expression, grid: CurveGrid(), on: tape)
    let output = curve(input, at: 0)
    tape.pullBack(from: projection(output, on: Tensor(repeating: 1, [1, points.count])))
    let slopes = try #require(input.gradient).scalars
    for (index, x) in points.enumerated() {
      let inner = min(max(Double(x), -32), 32)
      let wide = abs(x) > 16
      var exact = expression.valueAndDerivative(at: inner)
      exact.value += exact.derivative * (Double(x) - inner)
      #expect(
        agrees(
          Double(output.value.scalars[index]), exact.value, relative: wide ? 1e-2 : 1e-4,
          absolute: 2e-5),
        "\(name) at \(x): \(output.value.scalars[index]), \(exact.value)")
      #expect(
        agrees(
          Double(slopes[index]), exact.derivative, relative: wide ? 1e-2 : 2e-3, absolute: 2e-3),
        "\(name)′ at \(x): \(slopes[index]), \(exact.derivative)")
    }
  }
}
