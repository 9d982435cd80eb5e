import Activations
import Tensors
import Traces

/// What a relaxed search thought of the operations of its slots, read from what it recorded: the
/// neighbors of what it chose, and mixtures from which more can be drawn.
struct SlotRanking {
  private struct Choice {
    let operation: ElementaryOperation
    let scalars: [Double]
    /// Its mean mixture weight among all operations offered, by its last α.
    let weight: Double
  }

  private let graph: CellGraph
  private let cells: [String]
  private let limits: Limits
  /// For every slot of every cell its operations, the strongest first.
  private let choices: [[Choice]]

  /// Reads the last row of a trajectory; nil if it is of another search.
  ///
  /// Of a slot, the operation chosen comes first, then what was never dropped, by α, then what was
  /// dropped, the last one first.
  ///
  /// - Parameters:
  ///   - trajectory: Of a search that has ended.
  ///   - configuration: The search's.
  ///   - cells: The names of the cells, one empty name for a single one.
  ///   - chosen: What the search chose, cell by cell, with all digits of its scalars.
  init?(
    _ trajectory: Trajectory, _ configuration: BilevelConfiguration, cells: [String],
    chosen: [Genotype]
  ) {
    guard let space = try? configuration.task.space(), chosen.count == cells.count,
      trajectory.slots.count == cells.count * space.graph.slots.count
    else { return nil }
    let slotCount = space.graph.slots.count
    graph = space.graph
    self.cells = cells
    limits = configuration.limits
    let relaxation = configuration.method.relaxation
    var choices: [[Choice]] = []
    for (index, history) in trajectory.histories.enumerated() {
      let (cell, place) = index.quotientAndRemainder(dividingBy: slotCount)
      let offered = space.operations[place]
      guard history.rows > 0, offered.map(\.name) == history.slot.operations,
        let gene = chosen[cell][space.graph.slots[place].name]
      else { return nil }
      let last = history[history.rows - 1]
      let weights = relaxation.meanWeights(last.alpha.map(Double.init))
      let dropped = trajectory.drops.filter { $0.slot == history.slot.name }.map(\.operation)
      func rank(_ name: String) -> Double {
        if name == gene.operation.name { return .infinity }
        if let order = dropped.firstIndex(of: name) { return Double(order - dropped.count) }
        return weights[offered.firstIndex { $0.name == name } ?? 0]
      }
      let all = offered.enumerated().map { place, operation in
        Choice(
          operation: operation,
          scalars: operation.name == gene.operation.name
            ? gene.scalars
            : operation.scalarLabels.compactMap { label in
              history.slot.learnable.firstIndex(of: label).map { Double(last.scalars[$0]) }
            },
          weight: weights[place])
      }
      choices.append(
        all.enumerated().sorted {
          let (left, right) = (rank($0.element.operation.name), rank($1.element.operation.name))
          return (right, $0.offset) < (left, $1.offset)
        }.map(\.element))
    }
    self.choices = choices
  }

  /// What the search chose, with one slot exchanged: by its second, slot by slot, then its third.
  var runnersUp: [PlacedFunction] {
    let deepest = choices.map(\.count).max() ?? 0
    return (1..<max(2, deepest)).flatMap { rank in
      choices.indices.compactMap { exchanged in
        guard rank < choices[exchanged].count else { return nil }
        return function { $0 == exchanged ? rank : 0 }
      }
    }
  }

  /// A function whose operations are drawn by their weights in the last mixture, slot by slot.
  func draw(from stream: inout RandomStream) -> PlacedFunction? {
    let ranks = choices.map { choices in
      var left = stream.uniform() * choices.reduce(0) { $0 + $1.weight }
      return choices.firstIndex { choice in
        left -= choice.weight
        return left < 0
      } ?? 0
    }
    return function { ranks[$0] }
  }

  /// The function of one choice in each slot.
  private func function(_ rank: (Int) -> Int) -> PlacedFunction? {
    let slots = graph.slots.count
    let placed = try? cells.enumerated().map { cell, name in
      let genes = try graph.slots.enumerated().map { place, slot in
        let choice = choices[cell * slots + place][rank(cell * slots + place)]
        return try Genotype.Gene(
          slot: slot.name, operation: choice.operation, scalars: choice.scalars)
      }
      return PlacedFunction.Cell(
        name: name, expression: try ActivationExpression(Genotype(genes: genes), graph: graph))
    }
    return placed.map { PlacedFunction(cells: $0, limits: limits) }
  }
}
