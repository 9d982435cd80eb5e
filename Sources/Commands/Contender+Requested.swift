import Activations
import Evaluation
import Runs

extension Contender {
  /// A function asked for by itself; of a run, tables call it what its search found, in short.
  ///
  /// - Parameters:
  ///   - requested: A name, a formula, or a run's folder.
  ///   - limits: How its operations are bounded; nil for as it was written or found.
  ///   - scalars: Where its open scalars are learned; nil for as it was written.
  init(_ requested: RequestedFunction, limits: Limits?, scalars: ScalarsOption?) {
    let bounded = limits.map(requested.function.within) ?? requested.function
    let function = scalars?.applied(to: bounded) ?? bounded
    let name =
      if requested.run != nil {
        "\(function)"
      } else if requested.function.limits == .off {
        requested.argument + (function.limits == .off ? "" : " \(function.limits)")
      } else {
        limits == nil ? requested.argument : "\(function)"
      }
    let isMoved = function.scalars != requested.function.scalars
    let isFixed = requested.function.isTrained && !function.isTrained
    self.init(
      given: isFixed || isMoved && requested.run == nil
        ? "\(name) scalars \(isFixed ? "fixed" : function.scalars.rawValue)" : name,
      function)
  }
}
