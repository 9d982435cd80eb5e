import Activations
import Autodiff
import Networks
import TestSupport
import Tensors
import Testing

@Suite("Plain convolutional network")
struct PlainConvolutionalNetworkTests {
  private let device = Device(threads: 1)

  private func network(channels: Int, classes: Int) -> PlainConvolutionalNetwork {
    var stream = RandomStream(seed: 3, purpose: "test")
    return PlainConvolutionalNetwork(channels: channels, classes: classes, stream: &stream)
  }

  @Test("parameters by their formula; no statistics", arguments: [(1, 10), (3, 10), (3, 100)])
  func counts(channels: Int, classes: Int) {
    let network = network(channels: channels, classes: classes)
    let convolutions = (9 * channels + 1) * 16 + (9 * 16 + 1) * 32 + 2 * (9 * 32 + 1) * 32
    #expect(network.parameterCount == convolutions + 33 * classes)
    #expect(network.namedStatistics.isEmpty)
  }

  /// With ReLU and without biases the network is homogeneous, and doubling is exact: a
  /// normalization anywhere would take the factor out.
  @Test("nothing normalizes", arguments: [(28, 28), (32, 32), (4, 5)])
  func homogeneity(height: Int, width: Int) {
    var network = network(channels: 2, classes: 3)
    let images: Tensor<Float> = randomTensor([2, height, width, 2], seed: 1)
    let doubled = Tensor(images.scalars.map { 2 * $0 }, images.shape)
    let logits = [images, doubled].map { images in
      network(images, on: Tape(device: device), activation: Rectifier(), phase: .training).value
    }
    #expect(logits[0].shape == [2, 3])
    #expect(logits[1].scalars == logits[0].scalars.map { 2 * $0 })
    #expect(logits[0].scalars.contains { $0 != 0 })
  }
}
