/// A scalar function that is applied to every element, and its slopes.
///
/// Its loops work on stretches of elements, so that a caller can apply it while a stretch is in the
/// cache; see `ChannelMap`.
public protocol PointwiseFunction {
  /// The length of the sums from which the gradients by what the function depends on are made.
  var sumCount: Int { get }

  /// The elements that are best handled at a time.
  ///
  /// - Parameter withSums: Whether sums are taken.
  /// - Returns: Their number.
  func stretch(withSums: Bool) -> Int

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
  ///   - sums: Added to, `[sumCount]`; nil if none are wanted.
  func differentiate(
    _ x: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, count: Int,
    into slopes: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>?)
}

extension PointwiseFunction {
  /// None.
  public var sumCount: Int { 0 }

  /// Little enough for the first-level cache.
  public func stretch(withSums: Bool) -> Int { 1 << 11 }

  /// The values at every element of `input`, of its shape.
  public func values(at input: Tensor<Float>, on device: Device) -> Tensor<Float> {
    let pieces = Pieces(of: input.count, smallest: 1 << 14)
    return Tensor(input.shape) { output in
      withPointers(input) { input in
        device.forEach(pieces.count) { piece in
          let start = pieces[piece].lowerBound
          evaluate(input + start, count: pieces[piece].count, into: output + start)
        }
      }
    }
  }

  /// The gradient by the arguments, given that by the values.
  ///
  /// - Parameters:
  ///   - input: The arguments.
  ///   - gradient: By the values, of the shape of `input`.
  ///   - withSums: Whether sums are wanted.
  ///   - device: The threads to compute on.
  /// - Returns: The gradient, of the shape of `input`, and the sums, a row for each piece of the
  ///   elements, in their order: `[pieces, sumCount]`.
  public func slopes(
    at input: Tensor<Float>, times gradient: Tensor<Float>, withSums: Bool, on device: Device
  ) -> (slopes: Tensor<Float>, sums: Tensor<Float>) {
    precondition(
      input.shape == gradient.shape, "slopes: gradient \(gradient.shape) at \(input.shape)")
    let pieces = Pieces(of: input.count, smallest: 1 << 14)
    let sumCount = withSums ? sumCount : 0
    var sums = Tensor<Float>(zeros: [pieces.count, sumCount])
    let slopes = sums.withMutablePointer { sums in
      Tensor<Float>(input.shape) { slopes in
        withPointers(input, gradient) { input, gradient in
          device.forEach(pieces.count) { piece in
            let start = pieces[piece].lowerBound
            differentiate(
              input + start, gradient + start, count: pieces[piece].count, into: slopes + start,
              sums: withSums ? sums + piece * sumCount : nil)
          }
        }
      }
    }
    return (slopes, sums)
  }
}
