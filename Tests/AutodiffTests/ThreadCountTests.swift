import Autodiff
import TestSupport
import Tensors
import Testing

/// An operation large enough to be cut into many pieces.
private struct LargeOperation: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let inputs: [Shape]
  let operation: @Sendable ([Variable<Float>]) -> Variable<Float>

  init(
    _ name: String, _ inputs: [Shape],
    _ operation: @escaping @Sendable ([Variable<Float>]) -> Variable<Float>
  ) {
    testDescription = name
    self.inputs = inputs
    self.operation = operation
  }

  /// Every operation that sums or loops in pieces; elementwise ones have a test of their own.
  static let all = [
    LargeOperation("convolution", [[70, 9, 7, 5], [3, 3, 5, 19]]) {
      convolution($0[0], $0[1], stride: 1, padding: 1)
    },
    LargeOperation("convolution by 2", [[70, 9, 7, 5], [3, 3, 5, 19]]) {
      convolution($0[0], $0[1], stride: 2, padding: 1)
    },
    LargeOperation("convolution of whole images", [[70, 5, 5, 16], [5, 5, 16, 120]]) {
      convolution($0[0], $0[1], stride: 1, padding: 0)
    },
    // 2,304 elements of a kernel's gradient: sums over pieces of columns.
    LargeOperation("convolution of many channels", [[40, 5, 5, 16], [3, 3, 16, 16]]) {
      convolution($0[0], $0[1], stride: 1, padding: 1)
    },
    LargeOperation("batch normalization", [[70, 16, 16, 5], [5], [5]]) {
      batchNormalization($0[0], scale: $0[1], offset: $0[2], epsilon: 1e-5).output.materialized()
    },
    LargeOperation("normalization", [[70, 16, 16, 5], [5], [5]]) {
      normalization(
        $0[0], scale: $0[1], offset: $0[2],
        statistics: ChannelStatistics(
          mean: Tensor([1, 2, 3, 4, 5]), variance: Tensor([5, 4, 3, 2, 1])), epsilon: 1e-5
      ).materialized()
    },
    LargeOperation("pooling", [[70, 9, 7, 5]]) { globalAveragePooling($0[0]) },
    LargeOperation("subsampling", [[70, 9, 7, 5]]) { subsampling($0[0], stride: 2, channels: 10) },
    LargeOperation("average pooling", [[70, 9, 7, 5]]) { averagePooling($0[0], size: 2) },
    LargeOperation("concatenation", [[70, 16, 16, 5], [70, 16, 16, 3]]) { concatenation($0) },
    // So many kernels that there are few partial sums.
    LargeOperation("wide convolution", [[20, 3, 3, 128], [3, 3, 128, 128]]) {
      convolution($0[0], $0[1], stride: 1, padding: 1)
    },
    LargeOperation("linear map", [[70, 64], [10, 64], [10]]) {
      linearMap($0[0], weight: $0[1], bias: $0[2])
    },
    // Products and sums in pieces.
    LargeOperation("large linear map", [[2000, 70], [61, 70], [61]]) {
      linearMap($0[0], weight: $0[1], bias: $0[2])
    },
    LargeOperation("cross-entropy of many rows", [[2000, 10]]) {
      crossEntropy($0[0], labels: (0..<2000).map { $0 % 10 })
    },
    LargeOperation("cross-entropy", [[70, 10]]) {
      crossEntropy($0[0], labels: (0..<70).map { $0 % 10 })
    },
  ]
}

@Suite("Thread counts")
struct ThreadCountTests {
  @Test(
    "results and gradients have the same bits with 1, 2 and 3 threads",
    arguments: LargeOperation.all)
  fileprivate func sameBits(_ large: LargeOperation) {
    let inputs = large.inputs.enumerated().map { index, shape -> Tensor<Float> in
      randomTensor(shape, seed: UInt64(index))
    }
    #expect(threadDependence(inputs, large.operation) == nil)
  }
}
