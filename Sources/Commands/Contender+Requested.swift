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
    // Of a run, or where the text says another place already, the function says all.
    let isSaid = requested.run != nil || requested.function.scalars != .site
    self.init(
      given: isSaid && function.scalars != requested.function.scalars
        ? "\(function)" : Contender.name(name, of: function, from: requested.function),
      function)
  }
}
