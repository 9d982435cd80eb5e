import Tensors

/// A scalar function that is applied to every element, and what it needs for its gradients.
///
/// Its loops work on stretches of elements, so that whoever applies it can do so while a stretch is
/// in the cache; see `PreActivation`.
public protocol PointwiseFunction {
  /// The variables that the function depends on beside its argument.
  var parameters: [any AnyVariable] { get }

  /// The elements that are best handled at a time.
  var stretch: Int { get }

  /// The length of the sums from which `accumulate` makes the gradients by the parameters.
  var sumCount: Int { get }

  /// Computes `y[i] = f(x[i])`; `y` may be `x`.
  func evaluate(
    _ x: UnsafePointer<Float>, count: Int, into y: UnsafeMutablePointer<Float>)

  /// Computes `slopes[i] = gradient[i] · f′(x[i])`; `slopes` may be `gradient`.
  ///
  /// - Parameters:
  ///   - x: The arguments, `[count]`.
  ///   - gradient: The gradient by the values, `[count]`.
  ///   - count: The number of elements.
  ///   - slopes: The gradient by the arguments, `[count]`.
  ///   - sums: Added to, `[sumCount]`; nil if no parameter needs a gradient.
  func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?)

  /// Accumulates the gradients by the parameters.
  ///
  /// - Parameter sums: A row for each piece of the elements, in their order: `[pieces, sumCount]`.
  func accumulate(_ sums: Tensor<Float>)
}

extension PointwiseFunction {
  /// None.
  public var parameters: [any AnyVariable] { [] }

  /// Little enough for the first-level cache.
  public var stretch: Int { 1 << 11 }

  /// None.
  public var sumCount: Int { 0 }

  /// Does nothing: there are no parameters.
  public func accumulate(_ sums: Tensor<Float>) {}

  /// Whether a parameter needs a gradient.
  var needsSums: Bool { parameters.contains(where: \.needsGradient) }
}

/// Applies a function to every element.
///
/// - Parameters:
///   - input: Any shape.
///   - function: The function.
/// - Returns: The shape of `input`.
public func pointwise(
  _ input: Variable<Float>, _ function: some PointwiseFunction
) -> Variable<Float> {
  let device = input.tape.device
  let pieces = Pieces(of: input.value.count, smallest: 1 << 14)
  let output = Tensor<Float>(input.shape) { output in
    withPointers(input.value) { input in
      device.forEach(pieces.count) { piece in
        let start = pieces[piece].lowerBound
        function.evaluate(input + start, count: pieces[piece].count, into: output + start)
      }
    }
  }
  return input.tape.record(output, from: [input] + function.parameters) { gradient in
    let needsSums = function.needsSums
    var sums = Tensor<Float>(zeros: [pieces.count, needsSums ? function.sumCount : 0])
    let slopes = sums.withMutablePointer { sums in
      Tensor<Float>(input.shape) { slopes in
        withPointers(input.value, gradient) { input, gradient in
          device.forEach(pieces.count) { piece in
            let start = pieces[piece].lowerBound
            function.differentiate(
              input + start, gradient + start, count: pieces[piece].count, into: slopes + start,
              sums: needsSums ? sums + piece * function.sumCount : nil)
          }
        }
      }
    }
    input.accumulate(slopes)
    if needsSums { function.accumulate(sums) }
  }
}
