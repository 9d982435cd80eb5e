import Activations
import Settings

/// A search: what every one is given, and the method with what only it has.
public struct SearchConfiguration: Sendable, Hashable {
  /// What every search is given.
  public var task: SearchTask
  /// How it is searched.
  public var method: SearchMethod

  /// Combines both; without any, the paper's search.
  public init(task: SearchTask = SearchTask(), method: SearchMethod = .relaxed(.init())) {
    self.task = task
    self.method = method
  }

  /// Whether it does trainings of single functions, such as those of a race.
  public var trainsCandidates: Bool { method.proposed != nil || task.race.isOn }
}

/// How a function is searched.
public enum SearchMethod: Sendable, Hashable {
  /// In one training, in which the choice is continuous and learned.
  case relaxed(RelaxedConfiguration)
  /// By trainings of one candidate after another.
  case proposed(ProposalConfiguration)

  /// The name, as `--method` has it.
  public var name: String {
    switch self {
    case .relaxed(let relaxed): relaxed.method.name
    case .proposed(let proposals): proposals.proposer
    }
  }

  /// What only a relaxed search has; nil for others, where setting it has no effect.
  public var relaxed: RelaxedConfiguration? {
    get { if case .relaxed(let relaxed) = self { relaxed } else { nil } }
    set { if case .relaxed = self, let newValue { self = .relaxed(newValue) } }
  }

  /// What only a search by proposals has; nil for others, where setting it has no effect.
  public var proposed: ProposalConfiguration? {
    get { if case .proposed(let proposals) = self { proposals } else { nil } }
    set { if case .proposed = self, let newValue { self = .proposed(newValue) } }
  }

  /// Changes to the method of a name, as it usually is; keeps what both have.
  ///
  /// - Returns: Whether there is such a method.
  mutating func change(to name: String, proposers: [ProposerEntry]) -> Bool {
    if name == self.name { return true }
    if let method = RelaxedMethod(named: name) {
      var configuration = relaxed ?? RelaxedConfiguration()
      configuration.method = method
      self = .relaxed(configuration)
    } else if let entry = proposers.first(where: { $0.name == name }) {
      var configuration = proposed ?? ProposalConfiguration(entry)
      configuration.change(to: entry)
      self = .proposed(configuration)
    } else {
      return false
    }
    return true
  }
}

extension SearchConfiguration {
  /// The settings of a search, the method first: it decides which others there are.
  ///
  /// - Parameter proposers: Those that may be asked for.
  /// - Returns: The table, in the order in which files list it.
  public static func settings(proposers: [ProposerEntry]) -> [Setting<SearchConfiguration>] {
    let proposerNames = proposers.map(\.name)
    let names = RelaxedMethod.names + proposerNames
    let method = Setting<SearchConfiguration>(
      "method", kind: names.joined(separator: ", "), help: "How a function is searched.",
      text: { $0.method.name },
      set: { $0.method.change(to: $1, proposers: proposers) })
    let relaxed = RelaxedConfiguration.settings.map {
      $0.inside(
        optional: \SearchConfiguration.method.relaxed,
        onlyWith: "method \(RelaxedMethod.names.joined(separator: ", "))")
    }
    let ownOfAll = proposers.flatMap(\.table)
    let proposed = (ProposalConfiguration.settings + ownOfAll).map {
      $0.inside(
        optional: \SearchConfiguration.method.proposed,
        onlyWith: "method \(proposerNames.joined(separator: ", "))")
    }
    let all = [method] + SearchTask.settings.map { $0.inside(\.task) } + relaxed + proposed
    return all.map(Self.checkedBesideOthers)
  }

  /// What a value must do beside values of other parts.
  private static func checkedBesideOthers(
    _ setting: Setting<SearchConfiguration>
  ) -> Setting<SearchConfiguration> {
    switch setting.name {
    case "architecture-draws":
      setting.must {
        let (draws, size) = ($0.method.relaxed?.architectureDraws ?? 1, $0.task.recipe.batchSize)
        return draws > 0 && size % draws == 0 ? nil : "divide batch-size, \(size)"
      }
    case "one-hot-start":
      setting.must {
        guard let start = $0.method.relaxed?.oneHotStart else { return nil }
        let epochs = $0.task.recipe.epochs
        let first = Int((start * Double(epochs)).rounded(.up))
        let last = $0.epochOfLastDrop ?? epochs
        return first < last
          ? nil
          : "be less, so that it begins before epoch \(last) of \(epochs), which has no choice"
      }
    case "architecture-start":
      setting.must {
        let (start, epochs) = ($0.method.relaxed?.architectureStart ?? 0, $0.task.recipe.epochs)
        guard start < epochs else { return "be 0 or more, and less than epochs, \(epochs)" }
        guard let last = $0.epochOfLastDrop, last > 0, start >= last else { return nil }
        return "be 0 or more, and less than \(last), the epoch that drops the last operation"
      }
    case "warm-start-epochs":
      setting.must {
        let (warm, epochs) = ($0.method.relaxed?.warmStartEpochs ?? 0, $0.task.recipe.epochs)
        return warm <= epochs ? nil : "be from 0 to epochs, \(epochs)"
      }
    case "race-rungs":
      setting.must {
        let least = RacePlan.fewestImages($0.task.recipe)
        guard $0.task.race.isOn, let first = $0.task.race.rungs?.images.first else { return nil }
        return first >= least
          ? nil : "begin with \(RacePlan.fewestSteps) steps at least, \(least) images"
      }
    case "race-verdict-images":
      setting.must {
        let least = RacePlan.fewestImages($0.task.recipe)
        guard $0.task.race.isOn, let count = $0.task.race.verdictImages else { return nil }
        return count >= least
          ? nil : "be at least \(least), \(RacePlan.fewestSteps) steps, or auto"
      }
    case "shrinking-start":
      setting.must {
        guard let relaxed = $0.method.relaxed, relaxed.shrinking == .grafs else { return nil }
        // A search may be shorter than that of the usual start: then nothing is dropped on the way.
        let epochs = $0.task.recipe.epochs
        let latest = max(epochs - 1, RelaxedConfiguration().shrinkingStart)
        return relaxed.shrinkingStart <= latest ? nil : "be less than epochs, \(epochs)"
      }
    case "shrinking-end":
      setting.must {
        guard let relaxed = $0.method.relaxed, relaxed.shrinking == .grafs else { return nil }
        let epochs = $0.task.recipe.epochs
        return relaxed.shrinkingEnd ?? 0 <= epochs
          ? nil : "be at most epochs, \(epochs), or 'end'"
      }
    case "shrinking":
      setting.refusing {
        guard let shrinking = $0.method.relaxed?.shrinking, case .stages(let stages) = shrinking
        else { return nil }
        let epochs = $0.task.recipe.epochs
        guard stages.allSatisfy({ $0.epoch < epochs }) else {
          return "is '\(shrinking)', but must be of stages before the end, epochs is \(epochs)"
        }
        return $0.epochOfLastDrop == 0
          ? "is '\(shrinking)', but must leave a choice in epoch 0; begin with a later stage" : nil
      }
    case "scalars":
      setting.must {
        guard $0.method.relaxed?.scalars == .perChannel, let space = try? $0.task.space() else {
          return nil
        }
        return space.operations.joined().contains(where: \.isLearnable)
          ? nil : "be shared with operations of which none has a learnable scalar"
      }
    default: setting
    }
  }

  /// The epoch from whose beginning on every slot has one operation left, so that nothing is
  /// searched any more; nil where there is none before the end, or never was a choice.
  private var epochOfLastDrop: Int? {
    guard let relaxed = method.relaxed, task.recipe.epochs > 0, relaxed.shrinkingStart >= 1,
      relaxed.shrinkingEnd ?? 0 >= 0, let space = try? task.space()
    else { return nil }
    let sizes = space.operations.map(\.count)
    let schedule = ShrinkingSchedule(
      BilevelConfiguration(task: task, relaxed: relaxed), sizes: sizes)
    var left = sizes.reduce(0, +) - sizes.count
    guard left > 0 else { return nil }
    for (epoch, drops) in schedule.drops.enumerated() {
      left -= drops
      if left == 0 { return epoch }
    }
    return nil
  }

  /// Checks every value, also beside others.
  ///
  /// - Parameter proposers: Those that may be asked for.
  /// - Throws: `ImpossibleValue`, naming the first setting that no search can have.
  public func validate(proposers: [ProposerEntry]) throws(ImpossibleValue) {
    try Self.settings(proposers: proposers).check(self)
  }
}
