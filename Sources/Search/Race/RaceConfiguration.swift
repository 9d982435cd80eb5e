import Activations
import Settings

/// How a search ends in a race: which functions run, how long, and how the winner is judged.
public struct RaceConfiguration: Sendable, Hashable {
  /// Whether there is a race, and images kept apart to judge its winner.
  public var isOn = false
  /// The functions that start; fewer where there is no room for a first rung of some steps.
  public var arms = 24
  /// Usual functions among them, beside the model's own.
  public var usual = UsualFunctions.standard
  /// Functions that start besides, such as what other searches have found; nil for none.
  public var with: GivenFunctions?
  /// What the race may cost, as a multiple of the search's own cost.
  public var budget = 1.0
  /// The greatest budget that there may be.
  public static let greatestBudget = 10_000.0
  /// The length of a training in each rung, in images; nil for what the budget gives.
  public var rungs: RungLengths?
  /// Of so many functions one goes on to the next rung.
  public var reduction = 3
  /// The seeds of the verdict.
  public var seeds = 5
  /// The length of a training of the verdict, in images; nil for that of the last rung, or less
  /// where the verdict would take more than a third of the race.
  public var verdictImages: Int?
  /// The part of the validation examples, from the end, that judges the winner alone.
  public var judgingFraction = 0.2

  /// No race; otherwise as presets have it.
  public init() {}

  /// The settings of a race.
  public static let settings: [Setting<RaceConfiguration>] = [
    Setting(
      "race", kind: "on, off",
      help: "Whether the search ends in a race of functions, judged on images of its own.",
      text: { $0.isOn ? "on" : "off" },
      set: { race, text in
        // Programs that write YAML know `on` and `off` as truth values.
        guard ["on", "off", "true", "false"].contains(text) else { return false }
        race.isOn = text == "on" || text == "true"
        return true
      }),
    Setting(
      "race-arms", \.arms, "a whole number",
      help: "The most functions that start in it; the usual ones and the one found always do."
    )
    .must("be from 2 to 1000") { (2...1000).contains($0.arms) },
    Setting(
      "race-usual", \.usual, "names of functions, such as relu gelu",
      help: "Usual functions among them, beside the model's own."
    ).list(joinedBy: " ", explaining: UsualFunctions.fault(in:)),
    Setting(
      "race-with", \.with, "functions, such as x * tanh(x)", none: "none",
      help: "Functions that start besides, as searches write them, such as those of other runs."
    ).list(joinedBy: " | ", explaining: GivenFunctions.fault(in:)),
    Setting(
      "race-budget", \.budget, "a number",
      help: "What the race may cost, as a multiple of the search's own cost; with rungs auto."
    ).must("be a positive number up to \(Int(greatestBudget)), such as 1") {
      $0.budget > 0 && $0.budget <= greatestBudget
    },
    Setting(
      "race-rungs", \.rungs, "numbers of images that rise, such as 1000 3000 9000", none: "auto",
      help: "The length of a training in each rung, in images."
    ).list(joinedBy: " ", explaining: RungLengths.fault(in:)),
    Setting(
      "race-reduction", \.reduction, "a whole number",
      help: "Of so many functions one goes on to the next rung."
    ).must("be from 2 to 100") { (2...100).contains($0.reduction) },
    Setting(
      "race-seeds", \.seeds, "a whole number",
      help: "The seeds with which the winner is judged beside the usual functions."
    ).must("be from 2 to 1000") { (2...1000).contains($0.seeds) },
    Setting(
      "race-verdict-images", \.verdictImages, "a whole number", none: "auto",
      help: "The length of those trainings, in images; auto is that of the last rung, or a third "
        + "of the race."
    ).must("be from 1 to \(RungLengths.longest)") {
      (1...RungLengths.longest).contains($0.verdictImages ?? 1)
    },
    Setting(
      "judging-fraction", \.judgingFraction, "a number",
      help: "The part of the validation images that judges the winner alone, from 0 to 1."
    ).must("be between 0 and 1, such as 0.2") { $0.judgingFraction > 0 && $0.judgingFraction < 1 },
  ]
}

/// The lengths of rungs, each longer than the one before.
public struct RungLengths: Sendable, Hashable, LosslessStringConvertible {
  /// Images that pass through a network in a training of each rung.
  public let images: [Int]
  /// The longest training that there may be, in images.
  static let longest = 1_000_000_000

  /// Reads numbers that rise, such as `1000 3000 9000`; nil of anything else.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard !words.isEmpty, Self.fault(in: text) == nil else { return nil }
    images = words.compactMap { Int($0) }
  }

  /// Which number is none, or stands where it cannot; nil where all are fine.
  @Sendable static func fault(in text: String) -> String? {
    var last = 0
    for word in text.split(separator: " ") {
      guard let images = Int(word) else { return "'\(word)' is no whole number" }
      guard images <= longest else { return "\(images) is more than \(longest)" }
      guard images >= 1 else { return "\(images) is not positive" }
      guard images > last else { return "\(images) is not more than \(last) before it" }
      last = images
    }
    return nil
  }

  /// The text that `init` reads.
  public var description: String { images.map(String.init).joined(separator: " ") }
}

/// Usual functions, by names or formulas without spaces.
public struct UsualFunctions: Sendable, Hashable, LosslessStringConvertible {
  /// The functions, none of them twice; a scalar that one has is trained with the weights.
  public let functions: [PlacedFunction]

  /// Those that a search is compared with unless told otherwise: the five of GRAFS's tables, GoLU
  /// and ReLU².
  public static let standard = UsualFunctions(
    (Baselines.grafs + [GoLU.name, SquaredReLU.name].compactMap(Baselines.baseline(named:)))
      .map { PlacedFunction($0.expression) })

  private init(_ functions: [PlacedFunction]) { self.functions = functions }

  /// Reads names, such as `relu gelu`, in any case; nil if there is one that is none.
  public init?(_ text: String) {
    var functions: [PlacedFunction] = []
    for word in text.split(separator: " ") {
      guard let function = try? Self.function(String(word)) else { return nil }
      if !functions.contains(function) { functions.append(function) }
    }
    self.functions = functions
  }

  /// Reads a name or a formula; nil of what cannot be one of these.
  private static func function(_ word: String) throws -> PlacedFunction? {
    let function = try PlacedFunction(parsing: word, reading: .mathematics)
    // Of a part of a network, or within limits that have no name, none reads back.
    let isUsual =
      function.cells.count == 1 && function.cells[0].name.isEmpty
      && (function.limits == .off || name(of: function) != nil)
    return isUsual ? function : nil
  }

  /// Which word is no function, and why; nil where all are.
  @Sendable static func fault(in text: String) -> String? {
    for word in text.split(separator: " ") {
      do {
        if try function(String(word)) == nil {
          return "'\(word)' is of a part of a network, or within limits of its own"
        }
      } catch {
        return "'\(word)' is no function (\(error))"
      }
    }
    return nil
  }

  /// The text that `init` reads.
  public var description: String {
    functions.map { Self.name(of: $0) ?? $0.text.replacing(" ", with: "") }
      .joined(separator: " ")
  }

  private static func name(of function: PlacedFunction) -> String? {
    (Baselines.all + Baselines.published).first { function == $0.function }?.name
  }
}
