import CKernels

extension Tensor<Float> {
  /// Each channel's mean over an image: `[batch, channels]`.
  ///
  /// - Precondition: The tensor is `[batch, height, width, channels]`.
  public func globalAverages(on device: Device) -> Tensor {
    precondition(shape.rank == 4, "globalAveragePooling: \(shape) is not a batch")
    let (batch, channels, pixels) = (shape[0], shape[3], shape[1] * shape[2])
    return Tensor([batch, channels]) { means in
      withPointers(self) { images in
        device.forEach(batch) { image in
          grafs_average_pool_forward(
            images + image * pixels * channels, pixels, channels, means + image * channels)
        }
      }
    }
  }

  /// The gradient by images `shape`, given that by their averages `[batch, channels]`.
  public func spreadOverImages(_ shape: Shape, on device: Device) -> Tensor {
    precondition(
      shape.rank == 4 && self.shape == [shape[0], shape[3]],
      "spreadOverImages: \(self.shape) over \(shape)")
    let (channels, pixels) = (shape[3], shape[1] * shape[2])
    return Tensor(shape) { spread in
      withPointers(self) { gradient in
        device.forEach(shape[0]) { image in
          grafs_average_pool_backward(
            gradient + image * channels, pixels, channels, spread + image * pixels * channels)
        }
      }
    }
  }
}
