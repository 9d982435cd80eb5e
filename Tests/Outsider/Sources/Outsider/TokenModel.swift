import Activations
import Autodiff
import Datasets
import Networks
import Tensors
import Trials

/// A model over tokens: an embedding, a hidden layer, the scores of the token that comes next.
struct NextToken: Model {
  var table: Parameter
  var hidden: Linear
  var output: Linear
  let activationSites: [ActivationSite]
  let usualActivation = ElementaryOperation(GELU.self)
  let metric = Metric.loss

  static let entry = ModelEntry(name: "next-token", takes: "tokens") { shape, stream in
    guard case .tokens(let vocabulary, _) = shape else { return nil }
    return NextToken(vocabulary: vocabulary, stream: &stream)
  }

  init(vocabulary: Int, stream: inout RandomStream) {
    table = Parameter(
      Tensor((0..<vocabulary * 8).map { _ in Float(stream.normal()) }, [vocabulary, 8]))
    hidden = Linear(inputs: 8, outputs: 16, stream: &stream)
    output = Linear(inputs: 16, outputs: vocabulary, stream: &stream)
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 16)
    activationSites = sites.all
  }

  mutating func callAsFunction(_ tokens: [Int], in pass: inout Pass) -> Variable<Float> {
    let embedded = table.variable(on: pass.tape).gatheringRows(tokens)
    return output(pass.activate(hidden(embedded), at: activationSites[0]))
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("table", &table)
    hidden.visit("hidden", visit)
    output.visit("output", visit)
  }
}

/// Its data set: windows of six tokens of 012012…, each of which tells the next one.
struct Cycle: Dataset {
  let name = "cycle"
  let title = "012012…"
  let trainCount = 64
  let testCount = 16
  let trainDigest = 1
  let testDigest = 2
  let shape = DataShape.tokens(vocabulary: 3, context: 6)

  static let source = DatasetSource(
    Cycle(), contents: .init(training: 64, test: 16, example: .other("6 tokens")))

  struct Windows: Batches {
    let starts: [Int]
    let size: Int
    var batchesPerEpoch: Int { starts.count / size }

    func batch(at number: Int) -> Batch<[Int], [Int32]> {
      let chosen = (0..<size).map { starts[(number * size + $0) % starts.count] }
      let tokens = chosen.flatMap { start in (0..<6).map { (start + $0) % 3 } }
      return Batch(input: tokens, targets: tokens.map { Int32(($0 + 1) % 3) }, count: size)
    }
  }

  func batches(
    of part: Range<Int>, size: Int, seed: UInt64, purpose: String
  ) -> any Batches<[Int], [Int32]> {
    var stream = RandomStream(seed: seed, purpose: purpose)
    return Windows(starts: stream.permutation(of: part.count), size: size)
  }

  func scoring(_ part: DatasetPart) -> any Batches<[Int], [Int32]> {
    Windows(starts: Array(0..<testCount), size: testCount)
  }
}
