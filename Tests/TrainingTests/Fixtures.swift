import Activations
import Autodiff
import Datasets
import Networks
import Tensors

/// Small gray images of three classes: a light top, a light left half, or a light frame, in noise.
func stripedImages(count: Int, seed: UInt64) -> ImageSet {
  let size = 8
  var stream = RandomStream(seed: seed, purpose: "images")
  var pixels: [UInt8] = []
  let labels = (0..<count).map { UInt8($0 % 3) }
  for label in labels {
    for row in 0..<size {
      for column in 0..<size {
        let isLight =
          switch label {
          case 0: row < size / 2
          case 1: column < size / 2
          default: min(row, column, size - 1 - row, size - 1 - column) == 0
          }
        pixels.append(UInt8((isLight ? 140 : 80) + stream.integer(below: 100) - 50))
      }
    }
  }
  return ImageSet(pixels: pixels, labels: labels, height: size, width: size, channels: 1)
}

/// The bits of all parameters and running statistics.
func bits(_ network: some Parameterized) -> [[UInt32]] {
  (network.namedParameters + network.namedStatistics).map { $0.value.scalars.map(\.bitPattern) }
}

/// A residual network of eight layers for `stripedImages`.
func smallNetwork() -> ResidualNetwork {
  var stream = RandomStream(seed: 11, purpose: "initialization")
  return ResidualNetwork(depth: 8, channels: 1, classes: 3, stream: &stream)
}

/// Convolution, activation, pooling and a linear layer: nothing that mixes the images of a batch.
struct PlainNetwork: Model {
  var convolution: Convolution
  var classifier: Linear
  let activationSites: [ActivationSite]

  init() {
    var stream = RandomStream(seed: 12, purpose: "initialization")
    convolution = Convolution(channels: 1, filters: 5, stride: 2, stream: &stream)
    classifier = Linear(inputs: 5, outputs: 3, stream: &stream)
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 5)
    activationSites = sites.all
  }

  mutating func callAsFunction(
    _ images: Tensor<Float>, in pass: inout Pass
  ) -> Variable<Float> {
    let map = convolution(pass.tape.constant(images))
    return classifier(globalAveragePooling(pass.activate(map, at: activationSites[0])))
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    convolution.visit("conv", visit)
    classifier.visit("linear", visit)
  }
}

/// Makes every number undefined, as a diverged run does.
struct UndefinedActivation: Activation {
  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    addition(input, input.tape.constant(Tensor(repeating: .nan, input.shape)))
  }
}

/// The identity, whose gradient is infinite.
struct SteepActivation: Activation {
  func callAsFunction(_ input: Variable<Float>, at site: Int) -> Variable<Float> {
    input.tape.record(input.value, from: [input]) { gradient in
      input.accumulate(Tensor(repeating: .infinity, gradient.shape))
    }
  }
}
