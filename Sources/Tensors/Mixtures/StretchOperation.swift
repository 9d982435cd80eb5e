/// An operation of one or two arguments and perhaps scalars, whose loops work on stretches of
/// points.
///
/// What `MixtureProblem` mixes: it says which points, in which memory, on which thread.
public protocol StretchOperation: Sendable {
  /// The number of arguments, 1 or 2.
  var argumentCount: Int { get }

  /// The number of scalars that the operation depends on.
  var scalarCount: Int { get }

  /// Computes the operation's values.
  ///
  /// - Parameters:
  ///   - first: The first arguments.
  ///   - second: The second ones; those of `first` again where there is one argument.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results, as many as there are arguments.
  func evaluate(
    _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>)

  /// Computes the values and the derivative by each argument.
  ///
  /// - Parameters:
  ///   - first: The first arguments.
  ///   - second: The second ones; those of `first` again where there is one argument.
  ///   - scalars: The scalars, as many as there are.
  ///   - values: The results, as many as there are arguments.
  ///   - byFirst: The derivatives by the first argument.
  ///   - bySecond: Those by the second; empty where there is one argument.
  func differentiate(
    _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    values: inout MutableSpan<Double>, byFirst: inout MutableSpan<Double>,
    bySecond: inout MutableSpan<Double>)

  /// Computes the derivatives by a scalar.
  ///
  /// - Parameters:
  ///   - index: Which scalar.
  ///   - first: The first arguments.
  ///   - second: The second ones; those of `first` again where there is one argument.
  ///   - scalars: The scalars, as many as there are.
  ///   - derivatives: The results, as many as there are arguments.
  func differentiate(
    byScalar index: Int, _ first: Span<Double>, _ second: Span<Double>, scalars: [Double],
    derivatives: inout MutableSpan<Double>)
}

/// The same loops over memory that the problem lends.
extension StretchOperation {
  func evaluate(
    _ arguments: [UnsafePointer<Double>], count: Int, scalars: [Double],
    values: UnsafeMutablePointer<Double>
  ) {
    let (first, second) = Self.buffers(arguments, count)
    let results = UnsafeMutableBufferPointer(start: values, count: count)
    var values = results.mutableSpan
    evaluate(first.span, second.span, scalars: scalars, values: &values)
  }

  func differentiate(
    _ arguments: [UnsafePointer<Double>], count: Int, scalars: [Double],
    values: UnsafeMutablePointer<Double>, derivatives: [UnsafeMutablePointer<Double>]
  ) {
    let (first, second) = Self.buffers(arguments, count)
    let results = UnsafeMutableBufferPointer(start: values, count: count)
    let firsts = UnsafeMutableBufferPointer(start: derivatives[0], count: count)
    let isUnary = derivatives.count == 1
    let seconds = UnsafeMutableBufferPointer(
      start: isUnary ? nil : derivatives[1], count: isUnary ? 0 : count)
    var values = results.mutableSpan
    var byFirst = firsts.mutableSpan
    var bySecond = seconds.mutableSpan
    differentiate(
      first.span, second.span, scalars: scalars, values: &values, byFirst: &byFirst,
      bySecond: &bySecond)
  }

  func differentiate(
    byScalar index: Int, _ arguments: [UnsafePointer<Double>], count: Int, scalars: [Double],
    derivatives: UnsafeMutablePointer<Double>
  ) {
    let (first, second) = Self.buffers(arguments, count)
    let results = UnsafeMutableBufferPointer(start: derivatives, count: count)
    var derivatives = results.mutableSpan
    differentiate(
      byScalar: index, first.span, second.span, scalars: scalars, derivatives: &derivatives)
  }

  private static func buffers(
    _ arguments: [UnsafePointer<Double>], _ count: Int
  ) -> (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>) {
    (
      UnsafeBufferPointer(start: arguments[0], count: count),
      UnsafeBufferPointer(start: arguments[arguments.count - 1], count: count)
    )
  }
}
