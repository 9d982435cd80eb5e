import Autodiff
import TestSupport
import Tensors
import Testing

/// A convolution takes the gradient of a normalization row by row; nothing may depend on that.
@Suite("Deferred gradients")
struct DeferredGradientTests {
  /// 33 images: pieces of one and of several; strides, and channels beside the vector's length.
  private static let images: Shape = [33, 6, 5, 3]

  private func tensors() -> [Tensor<Float>] {
    [
      randomTensor(Self.images, seed: 1), randomTensor([3, 3, 3, 17], seed: 2),
      randomTensor([17], seed: 3), randomTensor([17], seed: 4),
    ]
  }

  private typealias Run = (
    value: Tensor<Float>, upstream: Tensor<Float>, gradients: [Tensor<Float>?]
  )

  private func normalized(_ map: Variable<Float>, _ v: [Variable<Float>]) -> Variable<Float> {
    batchNormalization(map, scale: v[2], offset: v[3], epsilon: 1e-2)
      .output.applying(.rectification)
  }

  private func expectEqualGradients(
    _ first: Run, _ second: Run,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(first.value == second.value, sourceLocation: sourceLocation)
    for (left, right) in zip(first.gradients, second.gradients) {
      // The same sums in the same order, except where one pass adds what two passes add.
      #expect(
        mismatch(
          left ?? Tensor(zeros: [0]), right ?? Tensor(zeros: [1]), absolute: 1e-5, relative: 1e-5)
          == nil, sourceLocation: sourceLocation)
    }
  }

  @Test("taken row by row, it is the gradient computed at once", arguments: [1, 2])
  func rows(stride: Int) {
    let deferred = run(tensors()) {
      normalized(convolution($0[0], $0[1], stride: stride, padding: 1), $0)
    }
    // Adding zero in between makes a tensor of the gradient before the convolution sees it.
    let whole = run(tensors()) {
      let map = convolution($0[0], $0[1], stride: stride, padding: 1)
      let zero = $0[0].tape.constant(Tensor<Float>(zeros: map.shape))
      return normalized(addition(map, zero), $0)
    }
    expectEqualGradients(deferred, whole)
  }

  @Test("it adds to other gradients, whichever comes first", arguments: [true, false])
  func sums(isFirst: Bool) {
    func sum(_ v: [Variable<Float>], separately: Bool) -> Variable<Float> {
      let map = convolution(v[0], v[1], stride: 1, padding: 1)
      let copy = separately ? convolution(v[0], v[1], stride: 1, padding: 1) : map
      if isFirst {
        let rectified = rectification(map)
        return addition(rectified, normalized(copy, v))
      }
      let other = normalized(copy, v)
      return addition(rectification(map), other)
    }
    expectEqualGradients(
      run(tensors()) { sum($0, separately: false) }, run(tensors()) { sum($0, separately: true) })
  }

  @Test("gradients can be read when the tape is gone")
  func outlivesTape() {
    func variables() -> [Variable<Float>] {
      let tape = Tape(device: Device(threads: 2))
      let variables = tensors().map { tape.parameter($0) }
      let image: Tensor<Float> = randomTensor([33, 6, 5, 17], seed: 5)
      let map = tape.parameter(image)
      let output = normalized(map, variables)
      let loss = tape.record(Tensor<Float>([0], []), from: [output]) { _ in
        output.accumulate(randomTensor(output.shape, seed: 6))
      }
      tape.pullBack(from: loss)
      return [map, variables[2]]
    }
    for variable in variables() {
      #expect(variable.gradient?.shape == variable.shape)
      #expect(variable.gradient?.isFinite == true)
    }
  }
}
