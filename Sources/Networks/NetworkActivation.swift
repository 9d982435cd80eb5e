import Activations
import Autodiff
import Tensors

/// What stands at a network's activation sites in the course of a training: it makes the activation
/// of each pass, and may have parameters, which are trained with the weights.
public protocol NetworkActivation: Parameterized {
  /// Returns the activation of a pass, whose parameters are those bound to the tape.
  ///
  /// - Parameter tape: The tape of the pass.
  /// - Returns: The activation at all sites.
  func activation(on tape: Tape) -> any Activation
}

/// An activation without parameters of its own.
public struct FixedActivation: NetworkActivation {
  private let make: (Tape) -> any Activation

  /// Wraps what makes the activation of a pass.
  public init(_ make: @escaping (Tape) -> any Activation) { self.make = make }

  /// Returns the activation of a pass.
  public func activation(on tape: Tape) -> any Activation { make(tape) }

  /// Visits nothing.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {}
}
