import Autodiff
import Tensors

/// What stands at the activation sites of a network during one pass.
public protocol Activation {
  /// Applies the function of a site to every element.
  ///
  /// - Parameters:
  ///   - input: The pre-activation, of any shape.
  ///   - site: Which of the network's activation sites, from 0.
  /// - Returns: The shape of `input`.
  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float>
}

/// `max(x, 0)` at every site.
public struct Rectifier: Activation {
  /// Makes the rectifier, which has no state.
  public init() {}

  /// Applies the rectifier.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    rectification(input)
  }
}
