import Activations
import Networks
import Tensors
import Traces

extension RaceField {
  /// The field of a search that has ended: what it chose, the usual functions, then the neighbors
  /// of its choice, the best of those that were plugged into its network or, without any, functions
  /// drawn from its last mixtures, and some from the whole space.
  ///
  /// - Parameters:
  ///   - count: How many functions start; never fewer than what it chose and the usual ones.
  ///   - search: The search.
  ///   - chosen: What it chose.
  ///   - genotypes: The same, cell by cell.
  ///   - usual: The activation that the model usually has.
  ///   - record: What happened.
  ///   - sites: The model's activation sites.
  public init(
    of count: Int, after search: SearchConfiguration, which chosen: PlacedFunction,
    genotypes: [Genotype],
    usual: PlacedFunction, record: Trace.Record, sites: [ActivationSite]
  ) {
    let free = search.task.scope.freeSigns(of: sites)
    self.init(freeSigns: free.ofCells, together: free.together)
    let cells = search.task.scope.cells(of: sites).names
    let race = search.task.race
    // What the search chose may be one of them: then it is that one.
    add(usual, from: .usual)
    for function in race.usual.functions { add(function, from: .usual) }
    add(chosen, from: .search)
    for function in race.with?.functions ?? [] { add(function, from: .given) }
    let room = max(0, count - arms.count)
    var stream = RandomStream(seed: search.task.seed, purpose: "race")
    let target = arms.count
    switch record {
    case .relaxed(let trajectory):
      let configuration = BilevelConfiguration(
        task: search.task, relaxed: search.method.relaxed ?? RelaxedConfiguration())
      if let ranking = SlotRanking(
        trajectory, configuration, cells: cells, chosen: genotypes)
      {
        var runnersUp = ranking.runnersUp.makeIterator()
        // What was tried on the network says more than what its mixtures made of it.
        let tried = trajectory.pluggedRanked
        fill(to: target + room / (tried.isEmpty ? 2 : 4), from: .runnerUp) { runnersUp.next() }
        var best = tried.makeIterator()
        fill(to: target + (tried.isEmpty ? 0 : room), from: .plugged) {
          best.next().flatMap { try? PlacedFunction(parsing: $0.function) }
        }
        fill(to: target + room * 3 / 4, from: .mixture) { ranking.draw(from: &stream) }
      }
    case .proposed(let history):
      var best = history.ranked(isHigherBetter: history.metric == "accuracy").makeIterator()
      fill(to: target + room * 3 / 4, from: .candidate) {
        best.next().flatMap { try? PlacedFunction(parsing: $0.function) }
      }
    }
    guard let space = try? search.task.space() else { return }
    fill(to: count, from: .space) {
      try? Candidate(cells.map { _ in space.randomGenotype(from: &stream) })
        .function(in: space, cells: cells, bounding: search.task.bounding)
    }
  }
}

extension CandidateHistory {
  /// The candidates whose training did not diverge, the best first.
  fileprivate func ranked(isHigherBetter: Bool) -> [Row] {
    rows.filter { $0.value != nil }.sorted { first, second in
      let (left, right) = (first.value ?? 0, second.value ?? 0)
      if left != right { return (left > right) == isHigherBetter }
      return first.number < second.number
    }
  }
}
