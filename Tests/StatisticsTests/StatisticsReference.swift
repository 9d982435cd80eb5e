import Foundation
import Testing

/// What `Tests/References/compared_statistics.py` wrote.
struct StatisticsReference: Decodable {
  let comparisons: [Comparison]
  let tails: [Tail]
  let quantiles: [Tail]
  let families: [Family]

  /// Two samples and the tests of SciPy.
  struct Comparison: Decodable {
    let first: [Double]
    let second: [Double]
    let mean: Double
    let standardDeviation: Double
    let median: Double
    let independent: Test
    let paired: Test?
  }

  /// A test of a difference.
  struct Test: Decodable {
    let difference: Double
    let p: Double
    let low: Double
    let high: Double
  }

  /// A point of Student's distribution.
  struct Tail: Decodable {
    let degreesOfFreedom: Double
    let t: Double
    let p: Double
  }

  /// Probabilities and what Holm's correction makes of them.
  struct Family: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }

  /// Reads the file.
  init() throws {
    let folder = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
    self = try JSONDecoder().decode(
      Self.self, from: Data(contentsOf: folder.appendingPathComponent("statistics.json")))
  }
}
