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

  /// Applies the function of a site to a pre-activation that is not computed yet.
  ///
  /// An activation that can should compute both in one pass over memory.
  ///
  /// - Parameters:
  ///   - input: The pre-activation.
  ///   - site: Which of the network's activation sites, from 0.
  /// - Returns: The shape of `input`.
  func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float>
}

extension Activation {
  /// Computes the pre-activation, then applies the function of a site.
  public func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    self(input.materialized(), at: site)
  }
}

/// `max(x, 0)` at every site.
public struct Rectifier: Activation {
  /// Makes the rectifier, which has no state.
  public init() {}

  /// Applies the rectifier.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    rectification(input)
  }

  /// Applies the rectifier in the pass that computes the pre-activation.
  public func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    input.applying(.rectification)
  }
}
