import Statistics
import Training
import Trials

/// The learning rate that suits each function: chosen by trainings on a part of the training
/// examples, judged on the rest of them. The test examples have no say.
extension EvaluationPlan {
  /// The part of the training examples that judges learning rates: the last fifth.
  ///
  /// - Parameter place: Network and data.
  /// - Returns: Where that part begins and ends; both parts have an example where there are two.
  static func judging(at place: TrialPlace) -> Range<Int> {
    let count = place.trainCount
    return (count - max(1, (count + 2) / 5))..<count
  }

  /// The trainings that decide, multiple by multiple; none where there is no choice.
  public var decidingTrials: [Trial] {
    guard multiples.isChoice else { return [] }
    return places.flatMap { place in
      seeds.flatMap { seed in
        contenders.flatMap { contender in
          multiples.all.map { decidingTrial(of: contender, at: place, seed: seed, multiple: $0) }
        }
      }
    }
  }

  /// The trainings at chosen rates other than the recipe's own, as far as they are known.
  ///
  /// - Parameter results: What was done.
  /// - Returns: What is scored on the test examples, besides `trials`.
  public func chosenTrials(_ results: [Trial: TrialResult]) -> [Trial] {
    places.flatMap { place in
      let chosen = contenders.map { multiple(for: $0, at: place, results) ?? 1 }
      return seeds.flatMap { seed in
        zip(contenders, chosen).filter { $0.1 != 1 }.map { contender, multiple in
          trial(of: contender, at: place, seed: seed, multiple: multiple)
        }
      }
    }
  }

  /// How many trainings there may be at chosen rates that are not known yet.
  func undecidedCount(_ results: [Trial: TrialResult]) -> Int {
    guard multiples.isChoice else { return 0 }
    let open = places.map { place in
      contenders.count { multiple(for: $0, at: place, results) == nil }
    }
    return open.reduce(0, +) * seeds.count
  }

  /// Every training that any choice leads to.
  var rateTrials: Set<Trial> {
    guard multiples.isChoice else { return [] }
    var all = Set(decidingTrials)
    for place in places {
      for seed in seeds {
        for multiple in multiples.all where multiple != 1 {
          all.formUnion(
            contenders.map { trial(of: $0, at: place, seed: seed, multiple: multiple) })
        }
      }
    }
    return all
  }

  /// The training of a function at a multiple of the recipe's learning rate.
  func trial(
    of contender: Contender, at place: TrialPlace, seed: UInt64, multiple: Double
  ) -> Trial {
    var trial = trial(of: contender, at: place, seed: seed)
    if multiple != 1 { trial.recipe.learningRate *= multiple }
    return trial
  }

  /// The training by which a multiple is judged.
  func decidingTrial(
    of contender: Contender, at place: TrialPlace, seed: UInt64, multiple: Double
  ) -> Trial {
    let judging = Self.judging(at: place)
    var trial = trial(of: contender, at: place, seed: seed, multiple: multiple)
    trial.trainCount = judging.lowerBound
    trial.scored = .train(judging)
    trial.scoresEveryEpoch = false
    return trial
  }

  /// The results by which a function's multiples are judged, in their order.
  func deciding(
    _ contender: Contender, at place: TrialPlace, _ results: [Trial: TrialResult]
  ) -> [[TrialResult?]] {
    multiples.all.map { multiple in
      seeds.map {
        results[decidingTrial(of: contender, at: place, seed: $0, multiple: multiple)]
      }
    }
  }

  /// The multiple that suits a function best; nil while a training that decides is missing.
  ///
  /// Fewest trainings that diverged, then the best mean of the metric, then the lowest mean loss,
  /// then the nearest to 1.
  func multiple(
    for contender: Contender, at place: TrialPlace, _ results: [Trial: TrialResult]
  ) -> Double? {
    let tried = deciding(contender, at: place, results).map { $0.compactMap { $0 } }
    guard tried.allSatisfy({ $0.count == seeds.count }) else { return nil }
    func rank(_ done: [TrialResult], _ multiple: Double) -> [Double] {
      let metric = done.first?.metric ?? .accuracy
      return [
        Double(done.count { $0.value == nil }),
        metric.badness(Sample(done.compactMap(\.value)).mean),
        Sample(done.compactMap(\.loss)).mean ?? .infinity, max(multiple, 1 / multiple), multiple,
      ]
    }
    return zip(tried, multiples.all).min {
      rank($0.0, $0.1).lexicographicallyPrecedes(rank($1.0, $1.1))
    }?.1
  }

  /// The multiple of a trial's learning rate.
  func multiple(of trial: Trial) -> Double {
    multiples.all.first {
      $0 != 1 && recipe.learningRate * $0 == trial.recipe.learningRate
    } ?? 1
  }

  /// What a progress line calls a trial besides function, network, data and seed.
  func rateText(of trial: Trial) -> String {
    let multiple = multiple(of: trial)
    if multiple == 1, trial.scored == .test { return "" }
    return ", learning rate × \(LearningRateMultiples.text(of: multiple))"
  }
}
