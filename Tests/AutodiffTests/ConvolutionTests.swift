import Autodiff
import TestSupport
import Tensors
import Testing

/// A convolution's sizes.
struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  let images: Shape
  let kernels: Shape
  let stride: Int
  let padding: Int

  init(_ images: Shape, _ kernels: Shape, stride: Int, padding: Int) {
    self.images = images
    self.kernels = kernels
    self.stride = stride
    self.padding = padding
  }

  var testDescription: String { "\(images) \(kernels) by \(stride) in \(padding)" }

  var inputs: [Tensor<Float>] { [randomTensor(images, seed: 1), randomTensor(kernels, seed: 2)] }

  /// The definition: a sum over the window for every output element.
  func reference(_ inputs: [Tensor<Double>]) -> Tensor<Double> {
    let output: Shape = [
      images[0], (images[1] + 2 * padding - kernels[0]) / stride + 1,
      (images[2] + 2 * padding - kernels[1]) / stride + 1, kernels[3],
    ]
    let (height, width, channels, filters) = (images[1], images[2], images[3], kernels[3])
    return Tensor(output) { result in
      withPointers(inputs[0], inputs[1]) { pixels, weights in
        var place = 0
        for image in 0..<output[0] {
          for row in 0..<output[1] {
            for column in 0..<output[2] {
              for filter in 0..<filters {
                var sum = 0.0
                for down in 0..<kernels[0] {
                  for right in 0..<kernels[1] {
                    let (y, x) = (row * stride + down - padding, column * stride + right - padding)
                    guard y >= 0, y < height, x >= 0, x < width else { continue }
                    for channel in 0..<channels {
                      sum +=
                        pixels[((image * height + y) * width + x) * channels + channel]
                        * weights[
                          ((down * kernels[1] + right) * channels + channel) * filters + filter]
                    }
                  }
                }
                result[place] = sum
                place += 1
              }
            }
          }
        }
      }
    }
  }
}

@Suite("Convolution")
struct ConvolutionTests {
  /// Strides 1 to 3, kernels 1, 3, 5 and not square, images not square and odd, windows that leave
  /// pixels out, kernels as large as the image; 33 images share a piece of work, which 32 do not.
  static let cases = [
    ConvolutionCase([2, 5, 4, 3], [3, 3, 3, 2], stride: 1, padding: 1),
    ConvolutionCase([2, 5, 4, 3], [3, 3, 3, 2], stride: 2, padding: 1),
    ConvolutionCase([1, 7, 6, 2], [3, 3, 2, 3], stride: 3, padding: 1),
    ConvolutionCase([2, 7, 5, 1], [5, 5, 1, 2], stride: 1, padding: 2),
    ConvolutionCase([1, 7, 6, 2], [5, 5, 2, 1], stride: 2, padding: 2),
    ConvolutionCase([1, 6, 7, 2], [5, 5, 2, 1], stride: 3, padding: 2),
    ConvolutionCase([2, 3, 4, 5], [1, 1, 5, 4], stride: 1, padding: 0),
    ConvolutionCase([2, 5, 4, 3], [1, 1, 3, 2], stride: 2, padding: 0),
    ConvolutionCase([1, 7, 4, 2], [1, 1, 2, 3], stride: 3, padding: 0),
    ConvolutionCase([1, 5, 6, 2], [3, 1, 2, 2], stride: 2, padding: 1),
    ConvolutionCase([1, 4, 5, 2], [4, 5, 2, 3], stride: 1, padding: 0),
    ConvolutionCase([7, 5, 3, 2], [5, 3, 2, 4], stride: 2, padding: 0),
    ConvolutionCase([3, 3, 3, 1], [3, 3, 1, 2], stride: 1, padding: 1),
    ConvolutionCase([1, 1, 1, 1], [3, 3, 1, 17], stride: 2, padding: 1),
    ConvolutionCase([33, 4, 3, 2], [3, 3, 2, 3], stride: 1, padding: 1),
    ConvolutionCase([33, 3, 4, 1], [3, 3, 1, 2], stride: 2, padding: 1),
  ]

  @Test("values and both gradients are those of the definition", arguments: cases)
  func definition(of convolution: ConvolutionCase) {
    // Sums of at most 60 products of size 1 for a value, of 400 for a kernel's gradient.
    let text = disagreement(
      convolution.inputs, reference: convolution.reference,
      operation: { variables in
        Autodiff.convolution(
          variables[0], variables[1], stride: convolution.stride, padding: convolution.padding)
      })
    #expect(text == nil)
  }

  @Test("sizes that do not fit are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      convolve([1, 4, 4, 3], [3, 3, 2, 2], stride: 1, padding: 1)
    }
    await #expect(processExitsWith: .failure) {
      convolve([1, 2, 4, 3], [3, 3, 3, 2], stride: 1, padding: 0)
    }
    await #expect(processExitsWith: .failure) {
      convolve([1, 4, 4, 3], [3, 3, 3, 2], stride: 0, padding: 1)
    }
  }
}

/// A convolution of zeros.
private func convolve(_ images: Shape, _ kernels: Shape, stride: Int, padding: Int) {
  let tape = Tape(device: Device(threads: 1))
  _ = convolution(
    tape.constant(Tensor(zeros: images)), tape.constant(Tensor(zeros: kernels)), stride: stride,
    padding: padding)
}
