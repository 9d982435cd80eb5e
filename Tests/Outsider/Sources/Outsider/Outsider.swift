import Activations
import Autodiff
import Commands
import Datasets
import Foundation
import Networks
import Search
import Tensors
import Traces
import Training

/// Uses the libraries as a program outside this repository would, and checks what comes out.
///
/// With arguments it is the command with what this package adds.
@main
enum Outsider {
  static func main() throws {
    guard CommandLine.arguments.count == 1 else { return GrafsCommand.main(offering: offer) }
    try checkCell()
    checkOperation()
    try checkTraining()
    try checkSearch()
    try checkTokens()
    try checkTokenSearch()
    try checkProposer()
    try checkCommand()
    try checkScalars()
    print("the libraries serve an outsider")
  }

  /// What did not come out as it should.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// A discrete cell, from text to its value: σ(GELU(2)) · GELU(2) with GELU(2) = 1.9544997….
  static func checkCell() throws {
    let genotype = try Genotype(
      parsing: "u0=gelu u1=gelu b0=sigmoid_gate u2=identity u3=relu b1=left")
    let value = try ActivationExpression(genotype).value(at: 2)
    guard abs(value - 1.712_017_6) < 1e-6 else { throw Failure(description: "cell: \(value)") }
  }

  /// An operation of one's own, x², with its pullback.
  static func checkOperation() {
    let tape = Tape(device: Device(threads: 2))
    let x = tape.parameter(Tensor<Double>([3], []))
    let value = x.value.scalars[0]
    let square = tape.record(Tensor([value * value], []), from: [x]) { gradient in
      x.accumulate(Tensor([2 * value * gradient.scalars[0]], []))
    }
    tape.pullBack(from: square)
    precondition(x.gradient?.scalars == [6], "gradient of x² at 3")
  }

  /// A model of one's own, an activation of one's own, and images made in memory.
  static func checkTraining() throws {
    let images = images()
    let normalization = Normalization(statisticsOf: images)
    let batches = try ImageBatches(
      shuffling: images, indices: 0..<64, batchSize: 16, normalization: normalization, seed: 1,
      purpose: "training")
    var stream = RandomStream(seed: 1, purpose: "initialization")
    var training = TrainingLoop(
      SmallNetwork(stream: &stream), recipe: TrainingRecipe(epochs: 5, batchSize: 16),
      batches: batches, device: Device(threads: 2)
    ) { tape in
      CurveActivation(grid: CurveGrid(), on: tape) { ElementaryOperation(SiLU.self).value($0) }
    }
    let isFinite = training.run { _ in }
    let score = training.score(
      on: try ImageBatches(
        inOrder: images, indices: 0..<64, batchSize: 64, normalization: normalization))
    guard isFinite, score.accuracy == 1 else {
      throw Failure(description: "training: accuracy \(score.accuracy)")
    }
  }

  /// A search over the same images, and its trace, written and read back.
  static func checkSearch() throws {
    let images = images()
    let normalization = Normalization(statisticsOf: images)
    func batches(_ part: Range<Int>) throws -> ImageBatches {
      try ImageBatches(
        shuffling: images, indices: part, batchSize: 16, normalization: normalization, seed: 1,
        purpose: "part from \(part.lowerBound)")
    }
    let data = SearchData(
      training: try batches(0..<48), validation: try batches(48..<64),
      scoring: try ImageBatches(
        inOrder: images, indices: 48..<64, batchSize: 16, normalization: normalization))
    var configuration = BilevelConfiguration()
    configuration.recipe = TrainingRecipe(epochs: 4, batchSize: 16)
    var stream = RandomStream(seed: 1, purpose: "initialization")
    var search = try BilevelSearch(
      configuration, model: SmallNetwork(stream: &stream), data: data,
      device: Device(threads: 2))
    let outcome = try search.run { _ in }
    guard outcome == .finished, search.architecture.isDiscrete else {
      throw Failure(description: "search: \(outcome), \(search.architecture.operationsAlive) alive")
    }
    let trace = Trace(
      header: Trace.Header(seed: 0), configuration: "", record: .relaxed(search.trajectory))
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("outsider-\(ProcessInfo.processInfo.processIdentifier).h5")
    defer { try? FileManager.default.removeItem(at: file) }
    try TraceFile.publish(trace, to: file)
    guard try TraceFile.read(file) == trace else { throw Failure(description: "trace") }
  }

  /// Two classes of 4×4 images.
  static func images() -> ImageSet {
    let labels = (0..<64).map { UInt8($0 % 2) }
    var pixels: [UInt8] = []
    for (image, label) in labels.enumerated() {
      // Brighter to the lower right in one class, to the upper left in the other.
      for place in 0..<16 {
        let brightness = label == 0 ? place : 15 - place
        pixels.append(UInt8(12 * brightness + image % 7))
      }
    }
    return ImageSet(pixels: pixels, labels: labels, height: 4, width: 4, channels: 1)
  }
}

/// One convolution as large as the image, normalized; then a classifier.
struct SmallNetwork: Model {
  var convolution: Convolution
  var normalization: BatchNormalization
  var classifier: Linear
  let activationSites: [ActivationSite]

  init(stream: inout RandomStream) {
    convolution = Convolution(size: 3, channels: 1, filters: 8, stride: 2, stream: &stream)
    normalization = BatchNormalization(channels: 8)
    classifier = Linear(inputs: 8, outputs: 2, stream: &stream)
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 8)
    activationSites = sites.all
  }

  mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    let map = normalization(convolution(pass.tape.constant(images)), in: pass)
    return classifier(globalAveragePooling(pass.activate(map, at: activationSites[0])))
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    convolution.visit("conv", visit)
    normalization.visit("bn", visit)
    classifier.visit("linear", visit)
  }
}
