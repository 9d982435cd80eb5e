import Activations
import Datasets
import Files
import Foundation
import Testing
import Training
import Trials

@Suite("A trial")
struct TrialTests {
  private static let place = TrialPlace(
    model: "resnet20", dataset: "mnist", data: "0123456789abcdef", trainCount: 100)

  private static func trial(_ change: (inout Trial) -> Void = { _ in }) throws -> Trial {
    var trial = Trial(
      try PlacedFunction(parsing: "x * sigmoid(x)"), at: place,
      recipe: TrainingRecipe(epochs: 2, batchSize: 4), seed: 3)
    change(&trial)
    return trial
  }

  /// Trials that differ from `trial()` in one thing each, by the thing's name.
  private static func others() throws -> [String: Trial] {
    let gelu = try PlacedFunction(parsing: "gelu")
    var others = [
      "function": try trial { $0.function = gelu },
      "limits": try trial { $0.function = $0.function.within(Limits(outputs: .output(10))) },
      "model": try trial { $0.model = "resnet32" },
      "dataset": try trial { $0.dataset = "kmnist" },
      "data": try trial { $0.data = "0" },
      "train count": try trial { $0.trainCount = 99 },
      "scored": try trial { $0.scored = .train(10..<20) },
      "scored part": try trial { $0.scored = .train(10..<21) },
      "seed": try trial { $0.seed = .max },
      "every epoch": try trial { $0.scoresEveryEpoch = true },
    ]
    let settings = [
      "epochs=3", "batch-size=8", "accumulation=2", "learning-rate=0.2", "schedule=cosine",
      "warmup-steps=5", "lowest-rate=0.1", "optimizer=adam", "optimizer=adamw", "momentum=0.8",
      "weight-decay=0", "gradient-clip=5", "activation-rate=2", "decay-gains=false",
    ]
    for setting in settings {
      let parts = setting.split(separator: "=").map(String.init)
      var recipe = TrainingRecipe(epochs: 2, batchSize: 4)
      try TrainingRecipe.settings.assign([(parts[0], parts[1])], to: &recipe)
      others[setting] = try trial { $0.recipe = recipe }
    }
    for name in ["beta-mean", "beta-square"] {
      var recipe = TrainingRecipe(epochs: 2, batchSize: 4)
      try TrainingRecipe.settings.assign([("optimizer", "adam"), (name, "0.5")], to: &recipe)
      others[name] = try trial { $0.recipe = recipe }
    }
    return others
  }

  @Test("has the digest of equal trials, and another than any other")
  func digest() throws {
    let (trial, others) = try (Self.trial(), Self.others())
    #expect(try trial.digest == Self.trial().digest)
    #expect(trial.digest.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    let digests = others.mapValues(\.digest)
    #expect(Set(digests.values).count == others.count && !digests.values.contains(trial.digest))
    let names = Set(others.keys.map { $0.prefix { $0 != "=" } })
    #expect(TrainingRecipe.settings.allSatisfy { names.contains($0.name[...]) })
  }

  /// What was done stays done when a setting is added: its usual value does not count.
  @Test("has a digest in which values that are usual do not count")
  func usual() throws {
    func digest(_ recipe: String) -> String {
      TextDigest.digest(
        """
        function: x * sigmoid(x)
        network: resnet20
        data: mnist
        examples: 0123456789abcdef
        train-images: 100
        scored: test
        seed: 3
        epochs: 2
        batch-size: 4
        \(recipe)
        """)
    }
    #expect(try Self.trial().digest == digest(""))
    let others = try Self.others()
    #expect(others["learning-rate=0.2"]?.digest == digest("learning-rate: 0.2\n"))
    #expect(others["optimizer=adam"]?.digest == digest("optimizer: adam\n"))
    #expect(others["beta-mean"]?.digest == digest("optimizer: adam\nbeta-mean: 0.5\n"))
  }

  @Test("is read from JSON as it was written")
  func roundTrip() throws {
    for (name, trial) in try Self.others() {
      let json = try JSONEncoder().encode(trial)
      #expect(try JSONDecoder().decode(Trial.self, from: json) == trial, "\(name)")
    }
  }

  @Test(
    "is not read where a value is none",
    arguments: [
      ("epochs: 2", "epochs: 0"), ("epochs: 2", "epochs"), ("epochs: 2", ""), ("epochs: 2", ":"),
      ("epochs: 2", "epoch: 2"), ("x * sigmoid(x)", "x * sgmoid(x)"),
      ("\"test\"", "\"train 5..<5\""), ("\"test\"", "\"tests\""),
    ])
  func impossible(old: String, new: String) throws {
    let json = String(decoding: try JSONEncoder().encode(Self.trial()), as: UTF8.self)
    let changed = json.replacingOccurrences(of: old, with: new)
    #expect(changed != json)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Trial.self, from: Data(changed.utf8))
    }
  }

  @Test("says how another one was done otherwise")
  func differences() throws {
    let (trial, others) = try (Self.trial(), Self.others())
    func differences(_ name: String) throws -> [String] {
      try #require(others[name]).differences(from: trial)
    }
    for name in ["function", "limits", "model", "dataset", "seed"] {
      #expect(try differences(name).isEmpty)
    }
    #expect(try differences("data") == ["other examples of mnist"])
    #expect(try differences("train count") == ["train-images 99, not 100"])
    #expect(try differences("scored") == ["scored examples train 10..<20, not test"])
    #expect(try differences("every epoch") == ["test-every-epoch true, not false"])
    #expect(try differences("gradient-clip=5") == ["gradient-clip 5.0, not off"])
    #expect(
      try differences("optimizer=adam") == [
        "optimizer adam, not sgd", "momentum none, not 0.9", "beta-mean 0.9, not none",
        "beta-square 0.999, not none",
      ])
  }
}
