import Activations
import Evaluation
import Runs

extension Contender {
  /// A function asked for by itself; of a run, tables call it what its search found, in short.
  ///
  /// - Parameters:
  ///   - requested: A name, a formula, or a run's folder.
  ///   - limits: How its operations are bounded; nil for as it was written or found.
  init(_ requested: RequestedFunction, limits: Limits?) {
    let function = limits.map(requested.function.within) ?? requested.function
    let name =
      if requested.run != nil {
        "\(function)"
      } else if requested.function.limits == .off {
        requested.argument + (function.limits == .off ? "" : " \(function.limits)")
      } else {
        limits == nil ? requested.argument : "\(function)"
      }
    self.init(given: name, function)
  }
}
