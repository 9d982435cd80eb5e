/// Which operations have a color in plots: eight at most, since no more can be told apart, and each
/// operation the same in all slots.
struct OperationColors {
  /// How many colors there are: the classes `c0` to `c7`.
  static let count = 8
  /// How many operations of a slot the legend names.
  static let named = 4

  private var styles: [String: String] = [:]

  /// Gives the colors to the operations that were strong in most slots.
  init(_ slots: [SlotInspection]) {
    var points: [(name: String, points: Int)] = []
    for slot in slots {
      for (rank, operation) in slot.ranking.prefix(Self.named).enumerated() {
        // The first place counts more than all others together.
        let worth = rank == 0 ? 16 : Self.named - rank
        if let index = points.firstIndex(where: { $0.name == operation.name }) {
          points[index].points += worth
        } else {
          points.append((operation.name, worth))
        }
      }
    }
    let order = points.enumerated().sorted {
      ($1.element.points, $0.offset) < ($0.element.points, $1.offset)
    }
    for (index, place) in order.prefix(Self.count).enumerated() {
      styles[place.element.name] = "c\(index)"
    }
  }

  /// The class of an operation's line.
  func style(of operation: String) -> String { styles[operation] ?? "rest" }
}
