import Activations
import Autodiff
import Datasets
import Networks
import Tensors
import TestSupport
import Trials

extension Proportion {
  static let entry = ModelEntry(name: "proportion", takes: "numbers") { _, stream in
    Proportion(weight: Float(stream.normal()))
  }
}

/// Numbers in order, the targets of which are one and a half times as large; those to test with are
/// those to train with, the first of which may be infinite.
struct Numbers: Dataset {
  var name = "numbers"
  let title = "Numbers"
  let shape = DataShape.tokens(vocabulary: 1, context: 1)
  let trainCount = 8
  let testCount = 8
  var trainDigest = 1
  let testDigest = 2
  var testOffset: Float = 0

  struct Part: Batches {
    let x: [Float]
    let size: Int
    var batchesPerEpoch: Int { x.count / size }

    func batch(at number: Int) -> Batch<[Float], [Float]> {
      let start = number % batchesPerEpoch * size
      let part = Array(x[start..<start + size])
      return Batch(input: part, targets: part.map { 1.5 * $0 }, count: size)
    }
  }

  private func numbers(_ part: Range<Int>) -> [Float] { part.map { Float($0) / 4 - 1 } }

  func batches(
    of part: Range<Int>, size: Int, seed: UInt64, purpose: String
  ) throws(DatasetError) -> any Batches<[Float], [Float]> {
    Part(x: numbers(part), size: size)
  }

  func scoring(_ part: DatasetPart) throws(DatasetError) -> any Batches<[Float], [Float]> {
    switch part {
    case .train(let part): Part(x: numbers(part), size: part.count)
    case .test: Part(x: numbers(0..<testCount).map { $0 + testOffset }, size: testCount)
    }
  }

  var source: DatasetSource {
    DatasetSource(
      self, contents: .init(training: trainCount, test: testCount, example: .other("numbers")))
  }

  /// A catalog of these numbers and their model, and of no other.
  var catalog: TrialCatalog {
    TrialCatalog(
      models: ModelCatalog(entries: [Proportion.entry]), datasets: DatasetCatalog([source]))
  }

  /// Where trials with these numbers are done.
  var place: TrialPlace {
    TrialPlace(model: "proportion", dataset: name, data: digest, trainCount: trainCount)
  }
}
