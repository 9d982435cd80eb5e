import CKernels
import Tensors

/// Returns the two-dimensional cross-correlation of `images` with `kernels`.
///
/// - Parameters:
///   - images: `[batch, height, width, channels]`.
///   - kernels: `[kernelHeight, kernelWidth, channels, filters]`.
///   - stride: Step of the window, in pixels; positive.
///   - padding: p, pixels of zeros added on every side; not negative.
/// - Returns: `[batch, (height + 2p − kernelHeight) / stride + 1, …, filters]`.
/// - Precondition: `kernels` has the channel count of `images` and fits into the padded image.
public func convolution(
  _ images: Variable<Float>, _ kernels: Variable<Float>, stride: Int, padding: Int
) -> Variable<Float> {
  let problem = ConvolutionProblem(
    images: images.shape, kernels: kernels.shape, stride: stride, padding: padding)
  let device = images.tape.device
  let output = problem.output(images.value, kernels.value, device)
  return images.tape.record(
    output, from: [images, kernels],
    rowPullback: { gradient in
      let result = problem.gradients(
        images.value, kernels.value, gradient,
        needed: (images.needsGradient, kernels.needsGradient), device)
      if let part = result.kernels { kernels.accumulate(part) }
      if let part = result.images { images.accumulate(part) }
    })
}

/// The sizes of a convolution over a batch, and its three passes, image by image.
private struct ConvolutionProblem {
  let images: Shape
  let kernels: Shape
  let output: Shape
  let shape: grafs_convolution
  /// The images of each piece of work, which share scratch memory: few, so that threads end together.
  let pieces: Pieces
  /// The images of each partial sum of the kernels' gradient.
  let sums: Pieces

  init(images: Shape, kernels: Shape, stride: Int, padding: Int) {
    precondition(
      images.rank == 4 && kernels.rank == 4 && images[3] == kernels[2] && stride > 0
        && padding >= 0 && images[1] + 2 * padding >= kernels[0]
        && images[2] + 2 * padding >= kernels[1],
      "convolution: images \(images) with kernels \(kernels), stride \(stride), padding \(padding)")
    self.images = images
    self.kernels = kernels
    shape = grafs_convolution(
      height: images[1], width: images[2], channels: images[3], filters: kernels[3],
      kernelHeight: kernels[0], kernelWidth: kernels[1], stride: stride, padding: padding)
    output = [
      images[0], grafs_convolution_output_height(shape), grafs_convolution_output_width(shape),
      kernels[3],
    ]
    pieces = Pieces(of: images[0], most: 128)
    // A sum is as large as the kernels: of wide layers (15 MB in WRN-28-10) there are few.
    sums = Pieces(
      of: images[0], most: kernels.count < 1 << 14 ? 64 : kernels.count < 1 << 17 ? 32 : 8)
  }

  private var imageSize: Int { images.count / max(1, images[0]) }
  private var outputSize: Int { output.count / max(1, output[0]) }

  /// Lays kernels out for the forward pass or the gradient by the images.
  private func packed(
    _ kernels: Tensor<Float>, count: Int,
    by pack: (grafs_convolution, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor<Float> {
    Tensor([count]) { packed in withPointers(kernels) { pack(shape, $0, packed) } }
  }

  /// Calls `body` for every piece of the batch, in parallel, each with scratch memory of its own.
  private func forEach(
    _ pieces: Pieces, scratch count: Int, _ device: Device,
    _ body: (_ piece: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void
  ) {
    device.forEach(pieces.count) { piece in
      _ = Tensor<Float>([count]) { scratch in body(piece, scratch) }
    }
  }

  func output(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, _ device: Device
  ) -> Tensor<Float> {
    let packed = packed(
      kernels, count: grafs_convolution_packed_count(shape), by: grafs_convolution_pack)
    return Tensor(output) { output in
      withPointers(images, packed) { images, packed in
        forEach(pieces, scratch: grafs_convolution_padded_count(shape), device) { piece, padded in
          for image in pieces[piece] {
            grafs_convolution_pad(shape, images + image * imageSize, padded)
            grafs_convolution_forward(shape, padded, packed, output + image * outputSize)
          }
        }
      }
    }
  }

  /// Both gradients, as far as they are needed, image by image: the gradient by an image's output,
  /// perhaps computed only then, serves both while it is in the cache.
  func gradients(
    _ images: Tensor<Float>, _ kernels: Tensor<Float>, _ gradient: RowGradient<Float>,
    needed: (images: Bool, kernels: Bool), _ device: Device
  ) -> (images: Tensor<Float>?, kernels: Tensor<Float>?) {
    guard needed.images else {
      return (nil, pullBack(images, nil, gradient, needsKernels: needed.kernels, into: nil, device))
    }
    let turned = packed(
      kernels, count: grafs_convolution_packed_turned_count(shape),
      by: grafs_convolution_pack_turned)
    var byKernels: Tensor<Float>?
    let byImages = Tensor(self.images) { result in
      byKernels = pullBack(
        images, turned, gradient, needsKernels: needed.kernels, into: result, device)
    }
    return (byImages, byKernels)
  }

  /// Writes the gradient by the images to `result`, if there is one, and returns that by the kernels.
  private func pullBack(
    _ images: Tensor<Float>, _ turned: Tensor<Float>?, _ gradient: RowGradient<Float>,
    needsKernels: Bool, into result: UnsafeMutablePointer<Float>?, _ device: Device
  ) -> Tensor<Float>? {
    let pieces = needsKernels ? sums : pieces
    let count = kernels.count
    let rows = output[1] * output[2]
    let rowScratch = gradient.scratchCount(rows: rows)
    let convolutionScratch = max(
      grafs_convolution_scratch_count(shape), grafs_convolution_padded_count(shape))
    let partial = Tensor<Float>([needsKernels ? pieces.count : 0, count]) { partial in
      withPointers(images, turned ?? images) { images, turned in
        forEach(pieces, scratch: rowScratch + convolutionScratch, device) { piece, scratch in
          let sum = partial + piece * count
          if needsKernels { sum.initialize(repeating: 0, count: count) }
          for image in pieces[piece] {
            gradient.withRows(image * rows..<(image + 1) * rows, scratch: scratch) { gradient in
              let scratch = scratch + rowScratch
              if needsKernels {
                grafs_convolution_pad(shape, images + image * imageSize, scratch)
                grafs_convolution_filter_gradient(shape, scratch, gradient, sum)
              }
              if let result {
                grafs_convolution_input_gradient(
                  shape, gradient, turned, scratch, result + image * imageSize)
              }
            }
          }
        }
      }
    }
    return needsKernels ? partial.sumOfRows(on: device).reshaped(kernels) : nil
  }
}

extension Tensor<Float> {
  /// The sum of the rows of a matrix `[rows, columns]`, added in their order: `[columns]`.
  func sumOfRows(on device: Device) -> Tensor {
    let (rows, columns) = (shape.rows, shape.columns)
    return Tensor([columns]) { sum in
      withPointers(self) { matrix in
        let pieces = Pieces(of: columns, smallest: 1 << 10)
        device.forEach(pieces.count) { piece in
          let columnsOfPiece = pieces[piece]
          let start = columnsOfPiece.lowerBound
          (sum + start).initialize(from: matrix + start, count: columnsOfPiece.count)
          for row in 1..<max(1, rows) {
            grafs_accumulate(matrix + row * columns + start, columnsOfPiece.count, sum + start)
          }
        }
      }
    }
  }
}
