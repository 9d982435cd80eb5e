import Activations
import ArgumentParser

/// What `--bound` says: a number for outputs clipped to ± it, or `off` for no limits.
struct BoundOption: ExpressibleByArgument {
  /// ℓ, which need not make sense; nil for `off`.
  let bound: Double?

  /// Reads a number or `off`.
  init?(argument: String) {
    if argument == "off" {
      bound = nil
    } else if let number = Double(argument) {
      bound = number
    } else {
      return nil
    }
  }

  /// The limits of operations, instead of those that a function came with.
  ///
  /// - Precondition: The number is positive.
  var limits: Limits { bound.map { Limits(outputs: .output($0)) } ?? .off }

  /// The help of the option.
  static let help: ArgumentHelp = """
    Clip the outputs of operations to ± this number, or off for no limits. (default: a run's \
    function as it was found, others not)
    """
}
