import Tensors

/// How fast one thread multiplies the matrices of transformers, and convolves with kernels of one
/// pixel, which are products too.
struct ProductRate {
  /// The lowest rate of all shapes and layouts, in floating-point operations in a second; a
  /// multiply-add counts as two.
  let products: Double
  /// The same of convolutions with kernels of one pixel, their two gradients included.
  let convolutions: Double

  /// Rows, inner extent and columns: tokens by widths of ViT and GPT, and of their hidden layers.
  private static let shapes = [
    (256, 192, 192), (256, 768, 3072), (1024, 768, 768), (2048, 768, 3072), (2048, 3072, 768),
    (8192, 192, 768), (8192, 768, 192),
  ]

  /// Width of square images, channels and filters: of ResNets with bottlenecks, DenseNet, All-CNN.
  private static let layers = [
    (32, 16, 64), (16, 64, 32), (8, 256, 64), (32, 48, 48), (8, 192, 192),
  ]

  /// Measures everything once, for about two seconds.
  init() {
    let device = Device(threads: 1)
    var lowest = Double.infinity
    for (rows, inner, columns) in Self.shapes {
      let left = Tensor<Float>(repeating: 0.5, [rows, inner])
      let right = Tensor<Float>(repeating: 0.5, [inner, columns])
      let factors: [(MatrixProduct.Factor, MatrixProduct.Factor)] = [
        (.plain(left), .plain(right)),
        (.transposed(left.reshaped([inner, rows])), .plain(right)),
        (.plain(left), .transposed(right.reshaped([columns, inner]))),
      ]
      for (left, right) in factors {
        lowest = min(
          lowest,
          Self.rate(of: 2 * rows * inner * columns) {
            _ = MatrixProduct.product(left, right, on: device)
          })
      }
    }
    products = lowest
    lowest = .infinity
    for (size, channels, filters) in Self.layers {
      let images = Tensor<Float>(repeating: 0.5, [8, size, size, channels])
      let kernels = Tensor<Float>(repeating: 0.5, [1, 1, channels, filters])
      let problem = ConvolutionProblem(
        images: images.shape, kernels: kernels.shape, stride: 1, padding: 0)
      let gradient = Tensor<Float>(repeating: 0.5, problem.output)
      lowest = min(
        lowest,
        Self.rate(of: 3 * 2 * 8 * size * size * channels * filters) {
          _ = problem.output(images, kernels, on: device)
          _ = problem.gradients(
            images, kernels, .computed(gradient), needed: (images: true, kernels: true), on: device)
        })
    }
    convolutions = lowest
  }

  /// The operations of a second in the fastest of five measurements of 10 ms each.
  private static func rate(of operations: Int, _ work: () -> Void) -> Double {
    work()
    let once = Stopwatch.seconds(work)
    let repeats = max(1, Int(0.01 / once))
    let seconds = (0..<5).map { _ in
      Stopwatch.seconds { for _ in 0..<repeats { work() } } / Double(repeats)
    }
    return Double(operations) / (seconds.min() ?? once)
  }
}
