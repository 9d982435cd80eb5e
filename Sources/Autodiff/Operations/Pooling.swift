import CKernels
import Tensors

/// Returns each channel's mean over an image: global average pooling.
///
/// - Parameter images: `[batch, height, width, channels]`.
/// - Returns: `[batch, channels]`.
public func globalAveragePooling(_ images: Variable<Float>) -> Variable<Float> {
  precondition(images.shape.rank == 4, "globalAveragePooling: \(images.shape) is not a batch")
  let device = images.tape.device
  let (batch, channels) = (images.shape[0], images.shape[3])
  let pixels = images.shape[1] * images.shape[2]
  let means = Tensor<Float>([batch, channels]) { means in
    withPointers(images.value) { images in
      device.forEach(batch) { image in
        grafs_average_pool_forward(
          images + image * pixels * channels, pixels, channels, means + image * channels)
      }
    }
  }
  return images.tape.record(means, from: [images]) { gradient in
    images.accumulate(
      Tensor(images.shape) { spread in
        withPointers(gradient) { gradient in
          device.forEach(batch) { image in
            grafs_average_pool_backward(
              gradient + image * channels, pixels, channels, spread + image * pixels * channels)
          }
        }
      })
  }
}
