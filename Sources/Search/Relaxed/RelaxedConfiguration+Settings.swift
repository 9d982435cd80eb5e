import Activations
import Settings

extension RelaxedConfiguration {
  /// The settings of a relaxed search; the method's name stands in the search's own list.
  public static let settings = courseSettings + stepSettings + choiceSettings

  private static let courseSettings: [Setting<RelaxedConfiguration>] = [
    Setting(
      "sampling", kind: MixtureSampling.allCases.map(\.rawValue).joined(separator: ", "),
      help: "Which call sites share mixture weights.", onlyWith: "method drnas",
      text: { $0.method.dirichlet?.sampling.rawValue },
      set: { configuration, text in
        guard let sampling = MixtureSampling(rawValue: text) else { return false }
        configuration.method.dirichlet?.sampling = sampling
        return true
      }
    ).idle("per-site"),
    Setting("scalars", \.scalars, help: "Which elements share a learnable scalar."),
    Setting(
      "architecture-learning-rate", \.architectureLearningRate, "a number",
      help: "Learning rate of the architecture parameters."
    ).must("be a positive number, such as 6e-4") {
      $0.architectureLearningRate > 0 && $0.architectureLearningRate.isFinite
    },
    Setting(
      "architecture-weight-decay", \.architectureWeightDecay, "a number",
      help: "L2 weight decay of the architecture parameters."
    ).must("be 0 or a positive number, such as 1e-3") {
      $0.architectureWeightDecay >= 0 && $0.architectureWeightDecay.isFinite
    },
    Setting(
      "divergence-weight", kind: "a number",
      help: "Weight of the distributions' divergence from the uniform one.",
      onlyWith: "method drnas", text: { $0.method.dirichlet?.divergenceWeight.description },
      set: { configuration, text in
        guard let weight = Double(text) else { return false }
        configuration.method.dirichlet?.divergenceWeight = weight
        return true
      }
    ).idle("0.0").must("be 0 or a positive number, such as 1e-3") {
      $0.method.divergenceWeight >= 0 && $0.method.divergenceWeight.isFinite
    },
    Setting(
      "architecture-start", \.architectureStart, "a whole number",
      help: "The first epoch with architecture steps, from 0, before the one of the last drop."
    ).must("be 0 or more") { $0.architectureStart >= 0 },
    Setting(
      "warm-start-epochs", \.warmStartEpochs, "a whole number",
      help: "Epochs in which the weights train with a fixed activation."
    ).must("be 0 or more") { $0.warmStartEpochs >= 0 },
    Setting(
      "warm-start-activation", kind: "a unary operation, such as relu, or usual",
      help: "That activation; usual for the network's own.",
      text: { $0.warmStartActivation?.name ?? "usual" },
      set: { configuration, text in
        let operation = try? OperationSet.known.unaryOperation(named: text)
        configuration.warmStartActivation = operation
        return operation != nil || text == "usual"
      }
    ).must("be an operation without a learnable scalar, such as relu") {
      $0.warmStartActivation?.isLearnable != true
    },
    Setting(
      "shrinking", \.shrinking, "grafs, off, or stages such as 'stages 3:12 6:4'",
      help: "How operations are dropped on the way."
    ).list(joinedBy: " ", explaining: Shrinking.fault(in:)),
    Setting(
      "shrinking-start", \.shrinkingStart, "a whole number",
      help: "The first epoch that drops operations, with shrinking grafs."
    ).must("be at least 1") { $0.shrinkingStart >= 1 },
    Setting(
      "shrinking-end", \.shrinkingEnd, "a whole number", none: "end",
      help: "The epoch before which the last operation is dropped, with shrinking grafs."
    ).must {
      $0.shrinkingEnd ?? .max > $0.shrinkingStart
        ? nil : "be more than shrinking-start, \($0.shrinkingStart), or 'end'"
    },
    Setting(
      "discretization", \.discretization, help: "What decides which operation is the strongest."),
    Setting(
      "slope-bound", \.slopeBound, "a number", none: "off",
      help: "To what the slopes of operations are clipped in gradients."
    ).must("be a positive number, such as 20, or 'off'") {
      $0.slopeBound ?? 1 > 0 && $0.slopeBound ?? 1 < .infinity
    },
    Setting(
      "exact", \.isExact, "true or false",
      help: "Whether cells are evaluated for every element instead of interpolated: slow."),
    Setting(
      "divergence", \.divergence, help: "What is done about a loss that is not finite."),
  ]
}
