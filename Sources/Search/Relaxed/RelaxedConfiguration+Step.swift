import Activations
import Settings

extension RelaxedConfiguration {
  /// The settings of how the architecture moves in a step, beside its rate and its decay.
  static let stepSettings: [Setting<RelaxedConfiguration>] = [
    Setting(
      "architecture-reach", \.architectureReach, "two numbers, such as 8.8 0.35", none: "off",
      help: "How far an architecture weight can move, in all and before the first drop; instead of "
        + "architecture-learning-rate."
    ).list(joinedBy: " "),
    Setting(
      "architecture-draws", \.architectureDraws, "a whole number",
      help: "Parts of a batch that moves the architecture, each with draws of its own."
    ).must("be at least 1") { $0.architectureDraws >= 1 },
    Setting(
      "beta-decay", \.betaDecay, "a number",
      help: "Weight in the last epoch of a term that draws architecture weights together."
    ).must("be 0 or a positive number, such as 0.5") {
      $0.betaDecay >= 0 && $0.betaDecay.isFinite
    },
    Setting(
      "one-hot-start", \.oneHotStart, "a number from 0 to 1", none: "off",
      help: "The part of the epochs after which single operations are drawn instead of mixtures."
    ).must("be from 0 to less than 1, such as 0.25, or 'off'") {
      (0..<1).contains($0.oneHotStart ?? 0)
    },
    Setting(
      "one-hot-gradient", \.oneHotGradient,
      help: "How a gradient passes draws of single operations."),
  ]

  /// The settings of how operations and functions are chosen by what they cost.
  static let choiceSettings: [Setting<RelaxedConfiguration>] = [
    Setting(
      "removal-candidates", \.removalCandidates, "a whole number",
      help: "How many of a slot's weakest operations are tried, with discretization loss."
    ).must("be at least 2") { $0.removalCandidates >= 2 },
    Setting(
      "removal-start", \.removalStart, "a whole number",
      help: "The operations left in a slot from which on they are tried, with discretization loss."
    ).must("be at least 2") { $0.removalStart >= 2 },
    Setting(
      "probe-images", \.probeImages, "a whole number",
      help: "Validation images on which removals and plugged functions are tried."
    ).must("be at least 1") { $0.probeImages >= 1 },
    Setting(
      "plugged", \.plugged, "a whole number",
      help: "Functions plugged into the search's network at its end, to propose some for the race."
    ).must("be from 0 to 1000000") { (0...1_000_000).contains($0.plugged) },
  ]
}
