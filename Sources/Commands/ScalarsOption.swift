import Activations
import ArgumentParser

/// Where scalars that functions leave open are learned.
enum ScalarsOption: String, CaseIterable, ExpressibleByArgument {
  case fixed, network, site, channel

  /// A function whose open scalars are learned so, or fixed where they start.
  func applied(to function: PlacedFunction) -> PlacedFunction {
    switch self {
    case .fixed: function.withFixedScalars
    case .network: function.sharing(.network)
    case .site: function.sharing(.site)
    case .channel: function.sharing(.channel)
    }
  }
}
