import Activations
import Autodiff
import Tensors

/// Activation functions at a network's sites, whose open scalars are trained with the weights.
///
/// A scalar that a function gives stays as it is. One that it leaves open is a parameter of its own
/// at every site, in every channel of every site, or one for all sites; it starts where the
/// function says, else at the mean of the operation's start distribution: β of Swish at 1, the
/// slope of PReLU at 0.25. The functions are tabulated on a grid, those with parameters once for
/// each of these and pass, in double precision; gradients pass through the table. The parameters
/// are not decayed: PReLU's would be drawn to ReLU (He et al., 2015, "Delving deep into
/// rectifiers", section 2.1).
public struct TrainedActivation: NetworkActivation {
  /// A function and the sites at which it stands.
  private struct Function {
    let expression: ActivationExpression
    /// What its open scalars are called.
    let names: [String]
    /// For each of its sites, the site's name and its scalars, `[1]` or `[channels]` each; a single
    /// one for all sites where they share.
    var sites: [(name: String, scalars: [Parameter])]
  }

  private var functions: [Function]
  private let functionOfSite: [Int]
  private let limits: Limits
  private let placement: ScalarPlacement
  private let grid: CurveGrid

  /// Places functions at sites.
  ///
  /// - Parameters:
  ///   - functions: Functions, with open scalars or without.
  ///   - functionOfSite: For each site the index of its function; nil if there is one for all.
  ///   - sites: The network's activation sites.
  ///   - limits: How operations are bounded.
  ///   - placement: Which elements share an open scalar.
  ///   - grid: The nodes at which functions are tabulated.
  /// - Precondition: There is an index for each site, and a function for each index.
  public init(
    _ functions: [ActivationExpression], functionOfSite: [Int]? = nil, sites: [ActivationSite],
    limits: Limits = .off, scalars placement: ScalarPlacement = .site,
    grid: CurveGrid = CurveGrid()
  ) {
    let functionOfSite = functionOfSite ?? sites.map { _ in 0 }
    precondition(
      functionOfSite.count == sites.count
        && functionOfSite.allSatisfy(functions.indices.contains),
      "TrainedActivation: \(functionOfSite) of \(functions.count) functions at \(sites.count) sites"
    )
    self.functionOfSite = functionOfSite
    self.limits = limits
    self.placement = placement
    self.grid = grid
    self.functions = functions.enumerated().map { index, expression in
      let own = zip(sites, functionOfSite).filter { $0.1 == index }.map(\.0)
      func scalars(_ count: Int) -> [Parameter] {
        expression.openScalars.map { scalar in
          Parameter(Tensor(repeating: Float(scalar.mean), [count]), role: .activation)
        }
      }
      let places =
        switch placement {
        case .network: own.prefix(1).map { ($0.name, scalars(1)) }
        case .site: own.map { ($0.name, scalars(1)) }
        case .channel: own.map { ($0.name, scalars($0.channels)) }
        }
      let names = expression.openScalarNumbers.map { "beta\($0)" }
      return Function(
        expression: expression, names: names.count == 1 ? ["weight"] : names, sites: places)
    }
  }

  /// Returns the activation of a pass.
  public func activation(on tape: Tape) -> any Activation {
    let activations = functions.map { function -> any Activation in
      if limits.outputs == .off, function.expression.isRectifier { return Rectifier() }
      let scalars = function.sites.map { site in
        site.scalars.map {
          conversion($0.variable(on: tape), to: Double.self, shape: $0.value.shape)
        }
      }
      if placement == .channel, !function.expression.openScalars.isEmpty {
        return ChannelwiseCurveActivation(
          function.expression, openScalars: scalars, limits: limits, grid: grid, on: tape)
      }
      return CurveActivation(
        function.expression, openScalars: scalars, limits: limits, grid: grid, on: tape)
    }
    return activations.count == 1
      ? activations[0] : SitedActivation(activations, activationOfSite: functionOfSite)
  }

  /// Visits the scalars of every site, named as PyTorch names that of `PReLU`: `act1.weight`; of
  /// several at a site, as the function's text calls them, `act1.beta1`, `act1.beta2`; shared by
  /// sites, after the first of them.
  public mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    for function in functions.indices {
      for site in functions[function].sites.indices {
        let name = functions[function].sites[site].name
        for (index, scalar) in functions[function].names.enumerated() {
          visit("\(name).\(scalar)", &functions[function].sites[site].scalars[index])
        }
      }
    }
  }
}
