import Datasets

extension ImageSet {
  /// How many images each class has.
  ///
  /// - Parameters:
  ///   - classes: The number of counts at least.
  ///   - indices: The images to count; all of them by default.
  /// - Returns: Counts by label, as many as the largest label needs, or `classes` if that is more.
  func labelCounts(classes: Int = 0, in indices: Range<Int>? = nil) -> [Int] {
    var counts = [Int](repeating: 0, count: max(classes, labels.max().map { Int($0) + 1 } ?? 0))
    for label in labels[indices ?? 0..<count] { counts[Int(label)] += 1 }
    return counts
  }
}
