import Tensors

/// A scalar function that an operation applies to every element, and the variables it depends on.
///
/// A caller can apply it while a stretch of elements is in the cache; see `PreActivation`.
public struct PointwiseOperation {
  let function: any PointwiseFunction
  let parameters: [any AnyVariable]
  /// Accumulates the gradients by the parameters, given the function's sums.
  let pullBack: (Tensor<Float>) -> Void

  /// Takes a function without parameters.
  public init(_ function: any PointwiseFunction) {
    self.init(function, parameters: []) { _ in }
  }

  /// Takes a function that depends on variables.
  ///
  /// - Parameters:
  ///   - function: The function.
  ///   - parameters: The variables.
  ///   - pullBack: Accumulates the gradients by the parameters. Its argument has a row of sums for
  ///     each piece of the elements, in their order: `[pieces, function.sumCount]`.
  public init(
    _ function: any PointwiseFunction, parameters: [any AnyVariable],
    pullBack: @escaping (Tensor<Float>) -> Void
  ) {
    self.function = function
    self.parameters = parameters
    self.pullBack = pullBack
  }

  /// `max(x, 0)`: ReLU.
  public static var rectification: PointwiseOperation { PointwiseOperation(Rectification()) }

  /// `x`.
  static var identity: PointwiseOperation { PointwiseOperation(Identity()) }

  /// Whether a parameter needs a gradient.
  var needsSums: Bool { parameters.contains(where: \.needsGradient) }
}

/// Applies a function to every element.
///
/// - Parameters:
///   - input: Any shape.
///   - operation: The function.
/// - Returns: The shape of `input`.
public func pointwise(
  _ input: Variable<Float>, _ operation: PointwiseOperation
) -> Variable<Float> {
  let device = input.tape.device
  let output = operation.function.values(at: input.value, on: device)
  return input.tape.record(output, from: [input] + operation.parameters) { gradient in
    let withSums = operation.needsSums
    let (slopes, sums) = operation.function.slopes(
      at: input.value, times: gradient, withSums: withSums, on: device)
    input.accumulate(slopes)
    if withSums { operation.pullBack(sums) }
  }
}

/// Returns `max(x, 0)` for every element: ReLU. The slope at 0 is 0; NaN passes through.
///
/// - Parameter input: Any shape.
/// - Returns: The same shape.
public func rectification(_ input: Variable<Float>) -> Variable<Float> {
  pointwise(input, .rectification)
}
