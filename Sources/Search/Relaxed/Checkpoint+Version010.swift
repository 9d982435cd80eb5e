import Files

extension Checkpoint {
  /// The checkpoint of a search with a column for each learnable scalar: version 0.1.0 kept one for
  /// every operation, also of those without a scalar.
  func withScalarColumns(of architecture: Architecture) -> Checkpoint {
    var checkpoint = self
    for slot in architecture.slots {
      let learnable = slot.operations.indices.filter { slot.operations[$0].isLearnable }
      let (width, count) = (slot.operations.count, slot.scalars.count)
      for group in ["architecture", "architecture_optimizer.mean", "architecture_optimizer.square"]
      {
        let name = "\(group).\(slot.name).scalars"
        guard case .float64(let wide) = entries[name], wide.count != count,
          wide.count * learnable.count == count * width
        else { continue }
        let rows = stride(from: 0, to: wide.count, by: width)
        checkpoint.entries[name] = .float64(
          rows.flatMap { row in learnable.map { wide[row + $0] } })
      }
    }
    return checkpoint
  }
}
