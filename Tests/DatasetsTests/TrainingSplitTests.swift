import Datasets
import Testing

@Suite struct TrainingSplitTests {
  @Test func `the first three quarters train, the last quarter validates`() throws {
    let split = try TrainingSplit(of: 50_000)
    #expect(split.training == 0..<37_500)
    #expect(split.validation == 37_500..<50_000)
  }

  @Test(arguments: [2, 3, 7, 100, 1001], [0.1, 0.25, 0.5, 0.9])
  func `the parts are disjoint and cover the images used`(limit: Int, fraction: Double) throws {
    guard let split = try? TrainingSplit(of: 1001, limit: limit, validationFraction: fraction)
    else {
      // The only way to fail here is an empty part.
      let share = Double(limit) * fraction
      #expect(share < 0.5 || share >= Double(limit) - 0.5)
      return
    }
    #expect(!split.training.isEmpty && !split.validation.isEmpty)
    #expect(!split.training.overlaps(split.validation))
    #expect(split.training.lowerBound == 0 && split.validation.upperBound == limit)
    #expect(split.training.count + split.validation.count == limit)
    #expect(abs(Double(split.validation.count) - Double(limit) * fraction) <= 0.5)
  }

  private static let impossible: [(available: Int, limit: Int?, fraction: Double)] = [
    (100, 0, 0.25), (100, -1, 0.25), (100, 101, 0.25), (0, nil, 0.25), (100, nil, 0),
    (100, nil, 1), (100, nil, -0.1), (100, nil, .nan), (100, 1, 0.25), (100, nil, 0.001),
    (100, nil, 0.999),
  ]

  @Test(arguments: impossible)
  func `what cannot be split is refused`(available: Int, limit: Int?, fraction: Double) throws {
    let error = try failure {
      _ = try TrainingSplit(of: available, limit: limit, validationFraction: fraction)
    }
    guard case .impossibleSplit = error.problem else { throw error }
    #expect(error.description.contains("give "))
  }
}
