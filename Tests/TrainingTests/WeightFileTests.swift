import Activations
import Autodiff
import Datasets
import Training
import Foundation
import Networks
import TestSupport
import Tensors
import Testing

/// What `safetensors_weights.py` writes: convolution, normalization, ReLU, mean, linear layer.
private struct SmallNetwork: Parameterized {
  var convolution: Convolution
  var normalization = BatchNormalization(channels: 4)
  var classifier: Linear

  init() {
    var stream = RandomStream(seed: 1, purpose: "initialization")
    convolution = Convolution(channels: 2, filters: 4, stream: &stream)
    classifier = Linear(inputs: 4, outputs: 3, stream: &stream)
  }

  mutating func logits(_ images: Tensor<Float>, on tape: Tape) -> [Double] {
    let pass = Pass(on: tape, activation: Rectifier(), phase: .inference)
    let map = normalization(convolution(tape.constant(images)), in: pass)
    return classifier(globalAveragePooling(Rectifier()(map, at: 0))).value.scalars.map(Double.init)
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    convolution.visit("conv1", visit)
    normalization.visit("bn1", visit)
    classifier.visit("linear", visit)
  }
}

@Suite("Weights in safetensors")
struct WeightFileTests {
  private let folder: TemporaryFolder
  private let tape = Tape(device: Device(threads: 2))
  private var file: URL { folder.file("weights.safetensors") }

  init() throws { folder = try TemporaryFolder() }

  /// What PyTorch made of the images.
  private struct Expected: Decodable {
    let logits: [[Double]]
    let facts: [String: String]?
  }

  private func reference(_ name: String) throws -> URL {
    let folder = try #require(Bundle.module.url(forResource: "References", withExtension: nil))
    return folder.appendingPathComponent(name)
  }

  /// The script's images, channels last.
  private func images(count: Int, size: Int, channels: Int) -> Tensor<Float> {
    let shape: Shape = [count, size, size, channels]
    return Tensor((0..<shape.count).map { Float(Double($0 * 37 % 101) / 50 - 1) }, shape)
  }

  /// ResNet-20 with PReLU, in which no two tensors are alike.
  private func residualNetwork() -> ActivatedNetwork<ResidualNetwork, TrainedActivation> {
    var stream = RandomStream(seed: 5, purpose: "initialization")
    let network = ResidualNetwork(depth: 20, channels: 3, classes: 10, stream: &stream)
    let prelu = ActivationExpression(of: ElementaryOperation(PReLU.self))
    var model = ActivatedNetwork(
      network: network,
      activation: TrainedActivation([prelu], sites: network.activationSites))
    var number = 0
    func vary(_ tensor: inout Tensor<Float>, around middle: Float) {
      tensor = Tensor(
        (0..<tensor.count).map { middle + Float(($0 * 29 + number * 13) % 31 - 15) / 100 },
        tensor.shape)
      number += 1
    }
    model.visitParameters { name, parameter in
      guard parameter.value.shape.rank == 1 else { return }
      vary(&parameter.value, around: name.contains("act") ? 0.2 : name.contains("bias") ? 0 : 1)
    }
    model.visitStatistics { vary(&$1, around: $0.hasSuffix("mean") ? 0 : 1) }
    return model
  }

  @Test("a file of PyTorch's gives its logits", arguments: ["small", "small_double"])
  func reading(name: String) throws {
    var network = SmallNetwork()
    try network.readWeights(from: reference("\(name).safetensors"))
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: reference("small.json")))
    let logits = network.logits(images(count: 3, size: 6, channels: 2), on: tape)
    #expect(mismatch(logits, expected.logits.flatMap(\.self), relative: 1e-6) == nil)
  }

  @Test("PyTorch's logits with a file of ours, all names and shapes compared, are ours")
  func writing() throws {
    var model = residualNetwork()
    try model.writeWeights(to: file, facts: ["function": "prelu(x)", "quote": "\"/é"])
    var pass = Pass(
      on: tape, activation: model.activation.activation(on: tape), phase: .inference)
    let logits = model.network(images(count: 3, size: 12, channels: 3), in: &pass)
      .value.scalars.map(Double.init)
    // The script's output for this very network.
    let expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: reference("resnet20_prelu.json")))
    // Twenty layers of single precision on both sides.
    #expect(mismatch(logits, expected.logits.flatMap(\.self), relative: 1e-5) == nil)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("References/safetensors_weights.py")
    guard try python(["-c", "import torch, safetensors"]) != nil else { return }
    let output = try #require(try python([script.path, file.path]))
    let loaded = try JSONDecoder().decode(Expected.self, from: output)
    #expect(mismatch(logits, loaded.logits.flatMap(\.self), relative: 1e-5) == nil)
    #expect(loaded.facts == ["function": "prelu(x)", "quote": "\"/é", "format": "pt"])
  }

  /// What `python3` prints; nil if there is none, or it fails.
  private func python(_ arguments: [String]) throws -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let output = folder.file("output")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? try Data(contentsOf: output) : nil
  }

  @Test("what was written is read again, bit for bit")
  func roundTrip() throws {
    let model = residualNetwork()
    try model.writeWeights(to: file)
    var stream = RandomStream(seed: 6, purpose: "initialization")
    let network = ResidualNetwork(depth: 20, channels: 3, classes: 10, stream: &stream)
    let prelu = ActivationExpression(of: ElementaryOperation(PReLU.self))
    var other = ActivatedNetwork(
      network: network,
      activation: TrainedActivation([prelu], sites: network.activationSites))
    #expect(bits(other) != bits(model))
    try other.readWeights(from: file)
    #expect(bits(other) == bits(model))
    #expect(try folder.names == ["weights.safetensors"])
    // Equal weights give equal bytes.
    try other.writeWeights(to: folder.file("again"))
    #expect(try Data(contentsOf: folder.file("again")) == Data(contentsOf: file))
  }

  @Test("a training writes its network with the activation")
  func training() throws {
    let images = stripedImages(count: 16, seed: 1)
    let swish = ActivationExpression(of: ElementaryOperation(Swish.self))
    let activation = TrainedActivation([swish], sites: smallNetwork().activationSites)
    var training = TrainingLoop(
      smallNetwork(), recipe: TrainingRecipe(epochs: 1, batchSize: 8),
      batches: try ImageBatches(
        inOrder: images, indices: 0..<16, batchSize: 8,
        normalization: .init(statisticsOf: images)), device: tape.device, activation: activation)
    _ = training.run { _ in }
    try training.writeWeights(to: file)
    var model = ActivatedNetwork(network: smallNetwork(), activation: activation)
    try model.readWeights(from: file)
    #expect(bits(model.network) == bits(training.trainer.model))
    #expect(
      model.activation.namedParameters.map(\.value)
        == training.activation.namedParameters.map(\.value))
    // The network alone is another one.
    var network = smallNetwork()
    #expect(throws: WeightFileError.self) { try network.readWeights(from: file) }
    #expect(bits(network) == bits(smallNetwork()))
  }

  /// A change of PyTorch's file, and what is said about it.
  private static let defects: [(change: @Sendable (inout Data) -> Void, complaint: String)] = [
    ({ $0 = Data() }, "has only 0 bytes"),
    ({ $0 = $0.prefix(7) }, "has only 7 bytes"),
    (
      {
        $0[0] = 0; $0[1] = 0
      }, "its header is no JSON object"
    ),
    ({ $0[1] = 0xFF }, "is longer than the file or than the format allows"),
    ({ $0[7] = 0xFF }, "is longer than the file or than the format allows"),
    ({ $0[8] = UInt8(ascii: "[") }, "its header is no JSON object"),
    ({ $0.removeLast() }, "the data has"),
    ({ $0.append(0) }, "its tensors"),
    ({ $0.replace("F32", by: "F33") }, "is of the unknown type F33"),
    ({ $0.replace("\"shape\"", by: "\"shade\"") }, "by dtype, shape and data_offsets"),
    ({ $0.replace("[4,2,3,3]", by: "[4,2,3,4]") }, "'conv1.weight' has 288 bytes instead of 384"),
    ({ $0.replace("[4,2,3,3]", by: "[-4,2,3]") }, "'conv1.weight' has"),
    ({ $0.replace("[4,2,3,3]", by: "[4,2,3e9]") }, "'conv1.weight' has"),
    ({ $0.replace("[4,2,3,3]", by: "[4,2,3.5]") }, "does not describe 'conv1.weight'"),
    (
      { $0.replace("[4,2,3,3]", by: "[2,4,3,3]") },
      "'conv1.weight' has the shape [2, 4, 3, 3] instead"
    ),
    ({ $0.replace("conv1", by: "conv2") }, "it has no 'conv1.weight'"),
    ({ $0.replace("F32", by: "U32") }, "is of type U32 instead of F32"),
    ({ $0.replace("num_batches", by: "num_patches") }, "is none of the network's"),
    ({ $0.replace("\"PyTorch\"", by: "123456789") }, "its __metadata__ is no list of texts"),
  ]

  @Test("refuses what is damaged or of another network, in one line", arguments: defects.indices)
  func defect(number: Int) throws {
    var bytes = try Data(contentsOf: reference("small.safetensors"))
    let whole = bytes
    Self.defects[number].change(&bytes)
    #expect(bytes != whole)
    try bytes.write(to: file)
    var network = SmallNetwork()
    let before = bits(network)
    let error = try #require(throws: WeightFileError.self) { try network.readWeights(from: file) }
    let text = error.description
    #expect(text.hasPrefix("\(file.relativePath): ") && !text.contains("\n"))
    #expect(text.contains(Self.defects[number].complaint), "\(text)")
    #expect(bits(network) == before)
  }

  @Test("tensors that overlap or leave a gap are refused")
  func gaps() throws {
    func file(_ first: [Int], _ second: [Int]) throws -> URL {
      let header =
        #"{"conv1.weight":{"dtype":"F32","shape":[1],"data_offsets":\#(first)},"#
        + #""bn1.weight":{"dtype":"F32","shape":[1],"data_offsets":\#(second)}}"#
      let size = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
      try (size + Data(header.utf8) + Data(count: 12)).write(to: self.file)
      return self.file
    }
    var network = SmallNetwork()
    for (first, second) in [
      ([0, 4], [0, 4]), ([0, 4], [8, 12]), ([0, 4], [2, 6]), ([4, 8], [8, 12]),
    ] {
      let error = try #require(throws: WeightFileError.self) {
        try network.readWeights(from: try file(first, second))
      }
      #expect(error.complaint.contains("overlap or leave a gap"), "\(error)")
    }
  }

  @Test("says which file cannot be read or written")
  func files() throws {
    var network = SmallNetwork()
    let missing = folder.file("missing/weights.safetensors")
    #expect(throws: WeightFileError.self) { try network.readWeights(from: missing) }
    let error = try #require(throws: WeightFileError.self) {
      try network.writeWeights(to: missing)
    }
    #expect(error.description.contains("No such file or directory"))
    #expect(try folder.names == [])
  }
}

extension Data {
  /// Replaces every occurrence of a text, by one of the same length; a shorter one is filled up
  /// with spaces behind it.
  fileprivate mutating func replace(_ text: String, by other: String) {
    let padded = other + String(repeating: " ", count: text.utf8.count - other.utf8.count)
    var start = startIndex
    while let range = range(of: Data(text.utf8), in: start..<endIndex) {
      replaceSubrange(range, with: Data(padded.utf8))
      start = range.upperBound
    }
  }
}
