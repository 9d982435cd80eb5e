import Autodiff
import TestSupport
import Tensors
import Testing

@Suite("Pooling and shortcuts")
struct ImageOperationTests {
  @Test(
    "global average pooling is the mean over the pixels",
    arguments: [[1, 1, 1, 1], [2, 3, 5, 4], [33, 2, 3, 17]] as [Shape])
  func pooling(shape: Shape) {
    let pixels = shape[1] * shape[2]
    // Sums of at most 15 numbers of size 1.
    let text = disagreement(
      [randomTensor(shape, seed: 1)],
      reference: { inputs in
        var means = [Double](repeating: 0, count: shape[0] * shape[3])
        for (index, x) in inputs[0].scalars.enumerated() {
          means[index / (pixels * shape[3]) * shape[3] + index % shape[3]] += x / Double(pixels)
        }
        return Tensor(means, [shape[0], shape[3]])
      },
      operation: { globalAveragePooling($0[0]) })
    #expect(text == nil)
  }

  /// Odd and even sizes, strides 1 to 3, no channel more, an even and an odd number more (of an odd
  /// number the larger part comes after).
  @Test(
    "subsampling keeps every stride-th pixel between channels of zeros",
    arguments: [
      ([2, 4, 6, 2], 2, 4), ([1, 5, 7, 3], 2, 6), ([2, 7, 5, 1], 3, 1), ([1, 3, 2, 2], 1, 5),
      ([33, 3, 3, 2], 2, 4), ([1, 1, 1, 1], 2, 2),
    ] as [(Shape, Int, Int)])
  func subsampling(shape: Shape, stride: Int, channels: Int) {
    let output: Shape = [
      shape[0], (shape[1] + stride - 1) / stride, (shape[2] + stride - 1) / stride, channels,
    ]
    let before = (channels - shape[3]) / 2
    // Numbers are copied: no rounding.
    let text = disagreement(
      [randomTensor(shape, seed: 1)],
      reference: { inputs in
        let x = inputs[0].scalars
        var kept = [Double]()
        for image in 0..<shape[0] {
          for row in Swift.stride(from: 0, to: shape[1], by: stride) {
            for column in Swift.stride(from: 0, to: shape[2], by: stride) {
              let pixel = ((image * shape[1] + row) * shape[2] + column) * shape[3]
              for channel in 0..<channels {
                let source = channel - before
                kept.append((0..<shape[3]).contains(source) ? x[pixel + source] : 0)
              }
            }
          }
        }
        return Tensor(kept, output)
      },
      operation: { Autodiff.subsampling($0[0], stride: stride, channels: channels) })
    #expect(text == nil)
  }

  /// Sizes that leave rows, columns or both out, squares as large as the image, and 33 images.
  @Test(
    "average pooling is the mean over squares, and what fills none does not count",
    arguments: [
      ([2, 4, 6, 3], 2), ([1, 5, 7, 2], 2), ([2, 7, 6, 1], 3), ([1, 3, 3, 4], 3),
      ([2, 3, 2, 2], 1),
      ([33, 2, 3, 5], 2),
    ] as [(Shape, Int)])
  func averages(shape: Shape, size: Int) {
    let text = disagreement(
      [randomTensor(shape, seed: 1)],
      reference: { inputs in
        let x = inputs[0].scalars
        var means = [Double]()
        for image in 0..<shape[0] {
          for row in 0..<(shape[1] / size) {
            for column in 0..<(shape[2] / size) {
              for channel in 0..<shape[3] {
                var sum = 0.0
                for y in (row * size)..<(row * size + size) {
                  for across in (column * size)..<(column * size + size) {
                    sum += x[((image * shape[1] + y) * shape[2] + across) * shape[3] + channel]
                  }
                }
                means.append(sum / Double(size * size))
              }
            }
          }
        }
        return Tensor(means, [shape[0], shape[1] / size, shape[2] / size, shape[3]])
      },
      operation: { averagePooling($0[0], size: size) })
    #expect(text == nil)
  }

  @Test(
    "concatenation puts channels behind one another",
    arguments: [
      [[2, 3, 4, 2], [2, 3, 4, 3]], [[3, 1], [3, 4], [3, 2]], [[1, 2, 2, 5]], [[5], [2]],
      [[33, 2, 3, 1], [33, 2, 3, 7]],
    ] as [[Shape]])
  func channels(shapes: [Shape]) {
    // Numbers are copied: no rounding.
    let text = disagreement(
      shapes.enumerated().map { randomTensor($1, seed: UInt64($0)) },
      reference: { inputs in
        let rows = inputs[0].shape.rows
        let joined = (0..<rows).flatMap { row in
          inputs.flatMap { Array($0.scalars[(row * $0.shape.columns)...].prefix($0.shape.columns)) }
        }
        return Tensor(
          joined, Shape(inputs[0].shape.dimensions.dropLast() + [joined.count / max(1, rows)]))
      },
      operation: { concatenation($0) })
    #expect(text == nil)
  }

  @Test("squares larger than the image and maps of different sizes are refused")
  func otherPreconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = averagePooling(tape.constant(Tensor(zeros: [1, 2, 1, 4])), size: 2)
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = concatenation([
        tape.constant(Tensor(zeros: [1, 2, 4])), tape.constant(Tensor(zeros: [2, 1, 4])),
      ])
    }
    await #expect(processExitsWith: .failure) { _ = concatenation([]) }
  }

  @Test("fewer channels than there are, and what is no batch of images, are refused")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = Autodiff.subsampling(tape.constant(Tensor(zeros: [1, 2, 2, 4])), stride: 2, channels: 3)
    }
    await #expect(processExitsWith: .failure) {
      let tape = Tape(device: Device(threads: 1))
      _ = globalAveragePooling(tape.constant(Tensor(zeros: [4, 4])))
    }
  }
}
