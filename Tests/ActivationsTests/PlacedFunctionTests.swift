import Activations
import Foundation
import Testing

@Suite("Placed functions")
struct PlacedFunctionTests {
  private static let limits = [
    Limits.off, Limits(outputs: .output(10)), Limits(outputs: .input(1.0 / 3)), Limits(slopes: 20),
    Limits(outputs: .output(0.1), slopes: 1e-7),
  ]

  @Test("every function is read as it is written, whatever stands in it", arguments: 0..<40)
  func roundTrip(seed: Int) throws {
    var stream = TestStream(seed: UInt64(seed))
    for count in 1...4 {
      let cells = (0..<count).map { index in
        PlacedFunction.Cell(
          name: count == 1 ? "" : "stage\(index)",
          expression: .random(depth: 5, of: .allPrimitives, wild: true, from: &stream))
      }
      let function = PlacedFunction(cells: cells, limits: stream.element(of: Self.limits))
      #expect(try PlacedFunction(parsing: function.text) == function, "\(function.text)")
      let data = try JSONEncoder().encode([function])
      #expect(try JSONDecoder().decode([PlacedFunction].self, from: data) == [function])
    }
  }

  @Test("every operation by itself is read as it is written, with an open scalar and without")
  func operations() throws {
    for operation in OperationSet.allPrimitives.unary {
      let open = PlacedFunction(ActivationExpression(of: operation))
      #expect(open.isTrained == operation.isLearnable)
      #expect(try PlacedFunction(parsing: operation.name) == open)
      #expect(try PlacedFunction(parsing: open.text) == open, "\(open.text)")
      #expect(open.text == (operation.isLearnable ? operation.name : open.text))
    }
  }

  @Test("the argument of a constant does not count")
  func constants() throws {
    let constant = ActivationExpression(ElementaryOperation(Constant.self), scalars: [0.5], .input)
    let other = ActivationExpression(
      ElementaryOperation(Constant.self), scalars: [0.5], .init(of: ElementaryOperation(GELU.self)))
    #expect(PlacedFunction(constant) == PlacedFunction(other))
  }

  @Test(
    "what people write",
    arguments: [
      ("relu", "relu(x)", "relu(x)"), (" swish ", "swish", "swish"), ("x", "x", "x"),
      ("1", "1", "1"),
      ("swish(x, 1.5) within 10", "swish(x, 1.5) within 10", "swish(x, 1.5) within 10"),
      ("stage0:prelu;stage1: x", "stage0: prelu; stage1: x", "stage0: prelu; stage1: x"),
      (
        "left(gelu(x), x) + 0.123456789 within inputs 10 slopes 20",
        "left(gelu(x), x) + 0.123456789 within inputs 10 slopes 20",
        "gelu(x) + 0.123457 within inputs 10 slopes 20"
      ),
      ("gelu(x) within  10", "gelu(x) within 10", "gelu(x) within 10"),
      ("max(relu(x), relu(x))", "max(relu(x), relu(x))", "relu(x)"),
    ])
  func texts(written: String, text: String, short: String) throws {
    let function = try PlacedFunction(parsing: written)
    #expect(function.text == text)
    #expect(function.description == short)
  }

  @Test(
    "what is no function is said in one line, with the cure",
    arguments: [
      ("relu within", "write limits behind the function"),
      ("relu within ten", "write limits behind the function"),
      ("relu slopes 20 within 10", "write limits behind the function"),
      ("stage0: relu; x", "write several functions as"),
      ("stage0: relu; stage0: x", "stage0 stands twice"),
      ("rel", "did you mean 'relu'?"), ("relu(", "should"),
    ])
  func errors(text: String, part: String) {
    let error = #expect(throws: (any Error).self) { try PlacedFunction(parsing: text) }
    #expect(error.map { "\($0)".contains(part) && !"\($0)".contains("\n") } == true)
  }

  @Test(
    "which functions are the same",
    arguments: [
      ("max(gelu(x), relu(x))", "max(relu(x), gelu(x))", true),
      ("max(gelu(x), relu(x)) within 10", "max(relu(x), gelu(x)) within 10", false),
      ("relu(x)", "relu(x) within 10", false), ("relu(x)", "stage0: relu(x)", false),
      ("left(gelu(x), relu(x)) within 10", "left(gelu(x), silu(x)) within 10", true),
      ("identity(x) within 10", "x within 10", false), ("identity(x)", "x", true),
      ("identity(x) within inputs 10", "x within inputs 10", true),
      ("prelu", "prelu(x)", false), ("prelu", "prelu", true), ("swish", "prelu", false),
    ])
  func sameness(first: String, second: String, isSame: Bool) throws {
    let functions = try [first, second].map { try PlacedFunction(parsing: $0) }
    #expect(functions[0].isSame(as: functions[1]) == isSame)
    #expect(functions[1].isSame(as: functions[0]) == isSame)
  }

  @Test(
    "what is left out within limits does nothing, bit for bit",
    arguments: [
      Limits(outputs: .output(2)), Limits(outputs: .input(2)),
      Limits(outputs: .output(2), slopes: 3),
    ])
  func simplification(limits: Limits) {
    var stream = TestStream(seed: 9)
    for _ in 0..<300 {
      let function = ActivationExpression.random(depth: 5, of: .allPrimitives, from: &stream)
      let simplified = function.simplified(within: limits)
      for _ in 0..<10 {
        let x = 3 * stream.normal()
        let (a, b) = (
          function.value(at: x, limits: limits), simplified.value(at: x, limits: limits)
        )
        #expect(a == b || a.isNaN && b.isNaN, "\(function.exactText(for: .allPrimitives)) at \(x)")
      }
    }
  }

  @Test("cells have different names")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let cell = PlacedFunction.Cell(name: "stage0", expression: .input)
      _ = PlacedFunction(cells: [cell, cell])
    }
  }
}
