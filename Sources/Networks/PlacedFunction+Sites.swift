import Activations

extension PlacedFunction {
  /// What a training of a network with the functions begins with.
  ///
  ///     let activation = try function.activation(at: model.activationSites)
  ///     var training = TrainingLoop(
  ///       model, recipe: recipe, batches: batches, device: device, activation: activation)
  ///
  /// - Parameter sites: The network's activation sites.
  /// - Returns: The functions at the sites, and their scalars as they start.
  /// - Throws: `MisplacedFunction` if the functions are not those of the network's stages or sites.
  public func activation(
    at sites: [ActivationSite]
  ) throws(MisplacedFunction) -> TrainedActivation {
    TrainedActivation(
      cells.map(\.expression), functionOfSite: try places(sites), sites: sites, limits: limits,
      scalars: scalars)
  }

  /// For each site the index of its function; they may stand in any order.
  private func places(_ sites: [ActivationSite]) throws(MisplacedFunction) -> [Int] {
    let own = cells.map(\.name)
    for scope in ActivationScope.allCases {
      let (names, cellOfSite) = scope.cells(of: sites)
      let places = names.compactMap { own.firstIndex(of: $0) }
      guard names.count == own.count, places.count == own.count else { continue }
      return cellOfSite.map { places[$0] }
    }
    throw MisplacedFunction(
      function: "\(self)", siteCount: sites.count,
      stages: ActivationScope.stage.cells(of: sites).names)
  }
}

/// Functions for other parts than a network has.
public struct MisplacedFunction: Error, Sendable, Hashable {
  /// The functions.
  public let function: String
  /// How many activation sites the network has.
  public let siteCount: Int
  /// The names of its stages.
  public let stages: [String]
}

extension MisplacedFunction: CustomStringConvertible {
  /// One line with the cure.
  public var description: String {
    "'\(function)': the network has \(siteCount) sites in \(stages.count) stages; "
      + "give one function, or \(stages.joined(separator: ", "))"
  }
}
