import Datasets
import Tensors
import Testing

@Suite struct AugmentationTests {
  /// What torchvision does, step by step: frame, crop, flip, scale, normalize.
  private func reference(
    _ images: ImageSet, _ image: Int, _ change: Augmentation.Change, padding: Int,
    _ normalization: Normalization
  ) -> [Float] {
    let (height, width, channels) = (images.height, images.width, images.channels)
    let framedWidth = width + 2 * padding
    var framed = [UInt8](repeating: 0, count: (height + 2 * padding) * framedWidth * channels)
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          framed[((y + padding) * framedWidth + x + padding) * channels + channel] =
            images.pixels[((image * height + y) * width + x) * channels + channel]
        }
      }
    }
    var result: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        for channel in 0..<channels {
          let column = change.isFlipped ? width - 1 - x : x
          let place = (y + padding + change.down) * framedWidth + column + padding + change.right
          let byte = framed[place * channels + channel]
          result.append(
            Float(
              (Double(byte) / 255 - normalization.mean[channel])
                / normalization.standardDeviation[channel]))
        }
      }
    }
    return result
  }

  @Test(arguments: [
    (5, 7, 3, 2, true), (5, 7, 1, 2, true), (6, 4, 3, 0, true), (6, 4, 3, 3, false),
    (3, 2, 1, 4, true),  // A frame wider than the image: some crops are all black.
  ]) func `every image equals the plain reference`(
    height: Int, width: Int, channels: Int, padding: Int, flips: Bool
  ) throws {
    let images = asymmetricImages(count: 40, height: height, width: width, channels: channels)
    let normalization = Normalization(statisticsOf: images)
    let sequence = try ImageBatches(
      shuffling: images, indices: 0..<40, batchSize: 20, normalization: normalization,
      augmentation: Augmentation(flips: flips, cropPadding: padding), seed: 7, purpose: "test")
    var changes: Set<String> = []
    for number in 0..<20 {
      let batch = sequence.batch(at: number)
      let scalars = batch.input.scalars
      for (place, image) in sequence.images(at: number).enumerated() {
        let change = sequence.change(of: image, epoch: sequence.epoch(at: number))
        changes.insert("\(change)")
        let expected = reference(images, image, change, padding: padding, normalization)
        let start = place * images.bytesPerImage
        #expect(Array(scalars[start..<(start + images.bytesPerImage)]) == expected)
      }
    }
    let possible = (2 * padding + 1) * (2 * padding + 1) * (flips ? 2 : 1)
    #expect(changes.count > possible / 2 && changes.count <= possible)
  }

  @Test func `shifts are uniform and every second image is flipped`() {
    let augmentation = Augmentation(flips: true, cropPadding: 4)
    let draws = 90_000
    var down = [Int](repeating: 0, count: 9)
    var right = down
    var flips = 0
    for index in 0..<draws {
      var random = RandomStream(seed: 1, purpose: "uniformity", index: UInt64(index))
      let change = augmentation.change(&random)
      down[change.down + 4] += 1
      right[change.right + 4] += 1
      flips += change.isFlipped ? 1 : 0
    }
    // Five standard deviations of a binomial: √(90,000 · 1/9 · 8/9) = 94 and √(90,000 / 4) = 150.
    for count in down + right { #expect(abs(count - 10_000) < 5 * 94) }
    #expect(abs(flips - 45_000) < 5 * 150)
  }

  @Test func `none leaves images as they are`() {
    var random = RandomStream(seed: 3, purpose: "none")
    #expect(
      Augmentation.none.change(&random)
        == Augmentation.Change(down: 0, right: 0, isFlipped: false))
  }

  @Test func `an odd difference pads one more below and right`() {
    let images = ImageSet(pixels: [1, 2, 3, 4], labels: [0], height: 2, width: 2, channels: 1)
    #expect(
      images.padded(toHeight: 3, width: 5).pixels
        == [0, 1, 2, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0])
  }
}
