import Files
import Networks
import Training

/// Where in its course a search stands.
struct SearchPosition {
  /// The epoch, from 0; the length of the search when it has ended.
  private(set) var epoch = 0
  /// Steps taken in the epoch.
  private(set) var step = 0
  /// The score of the epoch's training batches so far.
  private(set) var score = Score()
  /// Training batches used in all: the number of the next one.
  var trainingBatches = 0
  /// Validation batches used in all: the number of the next one.
  var validationBatches = 0
  /// How many of the last steps, in a row, were not taken.
  private(set) var skipped = 0
  /// How the search ended; nil while it has not.
  private(set) var outcome: SearchOutcome?

  /// Runs while the search does.
  var clock = RunningClock()

  /// Counts a step, and whether both its parts were taken.
  mutating func endStep(_ part: Score, isFinite: Bool, policy: DivergencePolicy) {
    step += 1
    skipped = isFinite ? 0 : skipped + 1
    if policy == .stop || isFinite { score.add(part) }
    if !isFinite, policy == .stop || skipped >= DivergencePolicy.longestSkip { outcome = .diverged }
  }

  /// Goes on to the next epoch, or to the end of the search.
  mutating func endEpoch(isLast: Bool, isFinite: Bool, policy: DivergencePolicy) {
    epoch += 1
    step = 0
    score = Score()
    if !isFinite, policy == .stop || isLast {
      outcome = .diverged
    } else if isLast {
      outcome = .finished
    }
  }

  /// Codes all of it.
  mutating func code(_ coder: inout StateCoder) {
    coder.code("epoch", &epoch)
    coder.code("step", &step)
    coder.code("score", &score)
    coder.code("training_batches", &trainingBatches)
    coder.code("validation_batches", &validationBatches)
    coder.code("skipped", &skipped)
    clock.code(&coder)
    var ending = outcome?.rawValue ?? ""
    coder.code("outcome", &ending)
    guard coder.isRestoring else { return }
    outcome = SearchOutcome(rawValue: ending)
    if outcome == nil, !ending.isEmpty { coder.fail("its search has ended as '\(ending)'") }
  }
}
