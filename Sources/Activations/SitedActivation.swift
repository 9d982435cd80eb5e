import Autodiff
import Tensors

/// Several activations, each of which stands at some of a network's sites.
public struct SitedActivation: Activation {
  private let activations: [any Activation]
  /// For each site, which of the activations, and which of the sites of that one.
  private let places: [(activation: Int, site: Int)]

  /// Spreads activations over sites.
  ///
  /// - Parameters:
  ///   - activations: Each counts its own sites from 0, in the order of the network's.
  ///   - activationOfSite: For each of the network's sites the index of its activation.
  /// - Precondition: The indices are those of `activations`.
  public init(_ activations: [any Activation], activationOfSite: [Int]) {
    precondition(
      activationOfSite.allSatisfy(activations.indices.contains),
      "SitedActivation: \(activationOfSite) of \(activations.count) activations")
    self.activations = activations
    var sites = [Int](repeating: 0, count: activations.count)
    places = activationOfSite.map { index in
      defer { sites[index] += 1 }
      return (index, sites[index])
    }
  }

  /// Applies the activation of a site.
  public func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    activations[places[site].activation](input, at: places[site].site)
  }

  /// Applies the activation of a site in the pass that computes the pre-activation.
  public func callAsFunction(_ input: PreActivation, at site: Int) -> Variable<Float> {
    activations[places[site].activation](input, at: places[site].site)
  }
}
