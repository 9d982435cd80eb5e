import Foundation

/// A draw of mixture weights from a Dirichlet distribution, and its derivatives.
///
/// z_k ~ Gamma(c_k, 1), w = z / Σz, all in logarithms. Then
///
///     dL/d ln z_j = w_j·(g_j − ⟨w, g⟩),   dL/dc_j = dL/d ln z_j · d ln z_j/dc_j,
///
/// by implicit reparameterization. Gradients are finite for every concentration, for draws whose z
/// underflows, and 0 where one operation is left. Source: Chen et al. 2021 (DrNAS); Figurnov et al.
/// 2018.
public struct DirichletDraw: Sendable, Hashable {
  /// The concentration below which a smaller one counts as this: 1e−100.
  ///
  /// There ln z is about −1e100 and d ln z/dc about 1e200, so all products stay finite, and a
  /// mixture of such concentrations has been one-hot for a long time.
  public static let smallestConcentration = 1e-100

  /// The concentrations, `[operations]`, not below `smallestConcentration`.
  public let concentrations: [Double]

  /// ln z, `[operations]`.
  public let logGammas: [Double]

  /// The mixture weights, `[operations]`, summing to 1.
  public let weights: [Double]

  /// Draws mixture weights.
  ///
  /// - Parameters:
  ///   - concentrations: c, `[operations]`, at least one; 0 and more.
  ///   - source: The random stream.
  public init(concentrations: [Double], from source: inout some UniformNormalSource) {
    let raised = Self.raised(concentrations)
    var logGammas: [Double] = []
    logGammas.reserveCapacity(raised.count)
    for concentration in raised {
      logGammas.append(GammaDraw.logarithm(concentration: concentration, from: &source))
    }
    self.init(raised: raised, logGammas: logGammas)
  }

  /// Makes mixture weights of Gamma draws that are there already.
  ///
  /// - Parameters:
  ///   - concentrations: c, `[operations]`, at least one; 0 and more.
  ///   - logGammas: ln z, `[operations]`, finite.
  public init(concentrations: [Double], logGammas: [Double]) {
    precondition(
      concentrations.count == logGammas.count,
      "DirichletDraw: \(concentrations.count) concentrations, \(logGammas.count) draws")
    self.init(raised: Self.raised(concentrations), logGammas: logGammas)
  }

  private init(raised: [Double], logGammas: [Double]) {
    concentrations = raised
    self.logGammas = logGammas
    let largest = logGammas.max() ?? 0
    let exponentials = logGammas.map { exp($0 - largest) }
    let scale = 1 / exponentials.reduce(0, +)
    weights = exponentials.map { $0 * scale }
  }

  /// Returns the derivatives of a loss by the concentrations.
  ///
  /// A concentration below `smallestConcentration` gets the derivative at that one.
  ///
  /// - Parameter weightGradients: g, the derivatives of the loss by `weights`, `[operations]`,
  ///   finite.
  /// - Returns: dL/dc, `[operations]`, finite.
  public func concentrationGradients(weightGradients: [Double]) -> [Double] {
    precondition(
      weightGradients.count == weights.count,
      "DirichletDraw: \(weightGradients.count) gradients for \(weights.count) weights")
    let mean = zip(weights, weightGradients).reduce(0) { $0 + $1.0 * $1.1 }
    return weights.indices.map { index in
      let logGradient = weights[index] * (weightGradients[index] - mean)
      guard logGradient != 0 else { return 0 }  // also spares what has no effect
      return logGradient
        * GammaReparameterization.logDerivative(
          concentration: concentrations[index], logDraw: logGammas[index])
    }
  }

  private static func raised(_ concentrations: [Double]) -> [Double] {
    precondition(!concentrations.isEmpty, "DirichletDraw: no concentration")
    return concentrations.map { concentration in
      precondition(
        concentration >= 0 && concentration.isFinite,
        "DirichletDraw: concentration \(concentration) is negative or not finite")
      return max(concentration, smallestConcentration)
    }
  }
}
