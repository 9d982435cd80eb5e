import Activations
import Autodiff
import Datasets
import Networks
import Tensors
import TestSupport
import Trials

/// f(w·x) for numbers x, which are no images, and targets t, which are no classes: the loss is the
/// mean of (f(w·x) − t)².
struct Proportion: Model {
  var weight: Parameter
  let activationSites: [ActivationSite]
  let metric = Metric.loss

  init(_ stream: inout RandomStream) {
    weight = Parameter(Tensor([Float(stream.normal())], [1, 1]))
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 1)
    activationSites = sites.all
  }

  func callAsFunction(_ input: [Float], in pass: inout Pass) -> Variable<Float> {
    let tape = pass.tape
    let scaled = linearMap(
      tape.constant(Tensor(input, [input.count, 1])), weight: weight.variable(on: tape),
      bias: tape.constant(Tensor([0])))
    return pass.activate(scaled, at: activationSites[0])
  }

  func loss(
    of output: Variable<Float>, targets: [Float]
  ) -> (loss: Variable<Float>, score: Score) {
    let count = Float(targets.count)
    let errors = zip(output.value.scalars, targets).map { $0 - $1 }
    let mean = errors.reduce(0) { $0 + $1 * $1 } / count
    let loss = output.tape.record(Tensor([mean], []), from: [output]) { gradient in
      let factor = 2 * gradient.scalars[0] / count
      output.accumulate(Tensor(errors.map { factor * $0 }, output.shape))
    }
    return (
      loss, Score(totalLoss: Double(mean) * Double(count), correct: 0, count: targets.count)
    )
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) { visit("weight", &weight) }

  static let entry = ModelEntry(name: "proportion", takes: "numbers") { _, stream in
    Proportion(&stream)
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
