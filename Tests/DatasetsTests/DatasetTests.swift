import Autodiff
import Datasets
import Networks
import Tensors
import Testing

/// A model of sentences, for what it refuses; it is never called.
private struct Sentences: Model {
  let activationSites: [ActivationSite] = []
  func callAsFunction(_ input: [Int32], in pass: inout Pass) -> Variable<Float> {
    pass.tape.constant(Tensor(zeros: [input.count, 2]))
  }
  mutating func visit(_ visit: (String, inout Parameter) -> Void) {}
}

@Suite struct DatasetTests {
  @Test func `a model gets examples of the kind that it takes`() throws {
    let dataset = try SmallDigits().load()
    var stream = RandomStream(seed: 0, purpose: "test")
    let model = ResidualNetwork(depth: 8, channels: 1, classes: 10, stream: &stream)
    let examples = try model.examples(of: dataset)
    #expect(examples.trainCount == 6 && examples.digest == dataset.digest)
    let batch = try examples.scoring(.test).batch(at: 0)
    #expect(batch.input.shape == [2, 32, 32, 1] && batch.targets == [2, 6])
    let training = try examples.scoring(.train(1..<4)).batch(at: 0)
    #expect(training.count == 3 && training.targets == [1, 4, 1])
  }

  @Test func `a model refuses examples of another kind`() throws {
    let dataset = try SmallDigits().load()
    let error = try failure { _ = try Sentences().examples(of: dataset) }
    #expect(
      error.description
        == "MNIST has 32×32 images of 1 channel in 10 classes, which the network does not take; "
        + "give data that the network takes, or another network")
  }

  @Test func `training images in batches are shuffled by seed and purpose`() throws {
    let dataset = try SmallDigits().load()
    func batch(seed: UInt64, purpose: String) throws -> Batch<Tensor<Float>, [Int32]> {
      try dataset.batches(of: 0..<6, size: 6, seed: seed, purpose: purpose).batch(at: 0)
    }
    let first = try batch(seed: 1, purpose: "training")
    #expect(try batch(seed: 1, purpose: "training") == first)
    #expect(try batch(seed: 2, purpose: "training") != first)
    #expect(try batch(seed: 1, purpose: "validation") != first)
    #expect(first.targets.sorted() == [1, 1, 3, 4, 5, 9])
  }
}
