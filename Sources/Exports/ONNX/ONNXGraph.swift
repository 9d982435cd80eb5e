/// Terms as the nodes of an ONNX graph, each value once, functions of the code put in place.
struct ONNXGraph {
  /// A node: its operator, its inputs and its output.
  struct Node: Hashable {
    let operation: String
    let inputs: [String]
  }

  private(set) var nodes: [(node: Node, output: String)] = []
  private(set) var constants: [(value: Float, name: String)] = []
  private var outputs: [Node: String] = [:]
  private var names: [UInt32: String] = [:]
  /// The name of the graph's input.
  static let input = "x"
  /// The oldest operator set in which operators are as we use them, of ONNX 1.8.
  static let operatorSet = 13
  /// The version of the file format that came with it.
  static let version = 7

  /// Appends a function.
  ///
  /// - Parameters:
  ///   - term: What it computes of the input.
  ///   - name: The name of the graph's output.
  mutating func append(_ term: Term, as name: String) {
    let parameters = [Self.input]
    let value = write(term, parameters)
    let isConstant = constants.contains { $0.name == value }
    // An output has the input's shape, and a name of its own.
    let node =
      isConstant
      ? Node(operation: "Expand", inputs: [value, operation("Shape", Self.input)])
      : Node(operation: "Identity", inputs: [value])
    nodes.append((node, name))
  }

  // Names of our own begin with an underscore: those of functions cannot.

  /// Appends an operator, if there is none like it, and returns its output.
  mutating func operation(_ operation: String, _ inputs: String...) -> String {
    self.operation(operation, inputs)
  }

  private mutating func operation(_ operation: String, _ inputs: [String]) -> String {
    let node = Node(operation: operation, inputs: inputs)
    if let output = outputs[node] { return output }
    let output = "_v\(nodes.count)"
    outputs[node] = output
    nodes.append((node, output))
    return output
  }

  /// Returns the name of a number.
  mutating func constant(_ value: Double) -> String {
    let value = Float(value)
    if let name = names[value.bitPattern] { return name }
    let name = "_c\(constants.count)"
    names[value.bitPattern] = name
    constants.append((value, name))
    return name
  }

  private mutating func write(_ term: Term, _ parameters: [String]) -> String {
    var values: [Int: String] = [:]
    for index in term.pool.reachable(from: [term]) {
      let inputs = term.pool.operands(of: index).map { values[$0] ?? "" }
      switch term.pool.nodes[index] {
      case .parameter(let parameter): values[index] = parameters[parameter]
      case .constant(let bits): values[index] = constant(Double(bitPattern: bits))
      case .largest: values[index] = constant(Double(Float.greatestFiniteMagnitude))
      case .call(let helper, _): values[index] = write(helper.body(in: TermPool()), inputs)
      case .function(let function, _): values[index] = write(function, inputs)
      }
    }
    return values[term.index] ?? ""
  }

  private mutating func write(_ function: ElementaryFunction, _ inputs: [String]) -> String {
    switch function {
    case .expm1: return exponentialMinusOne(inputs[0])
    case .log1p: return logarithmOfOnePlus(inputs[0])
    case .erfc: return complementaryErrorFunction(inputs[0])
    case .besselI0e: return bessel(inputs[0], order: 0)
    case .besselI1e: return bessel(inputs[0], order: 1)
    default: return operation(Self.operators[function] ?? "", inputs)
    }
  }

  private static let operators: [ElementaryFunction: String] = [
    .negate: "Neg", .absolute: "Abs", .squareRoot: "Sqrt", .round: "Round", .exp: "Exp",
    .log: "Log", .sin: "Sin", .cos: "Cos", .sinh: "Sinh", .cosh: "Cosh", .tanh: "Tanh",
    .asinh: "Asinh", .atan: "Atan", .erf: "Erf", .add: "Add", .subtract: "Sub",
    .multiply: "Mul", .divide: "Div", .power: "Pow", .less: "Less",
    .lessOrEqual: "LessOrEqual", .equal: "Equal", .select: "Where",
  ]
}
