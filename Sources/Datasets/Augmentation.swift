import Tensors

/// Random changes of an image that keep its class.
public struct Augmentation: Sendable, Hashable {
  /// Whether every second image, by chance, is mirrored left to right.
  public let flips: Bool
  /// The width of the black frame, in pixels, out of which an image of the old size is cut.
  public let cropPadding: Int

  /// Leaves images as they are.
  public static let none = Augmentation(flips: false, cropPadding: 0)

  /// Makes an augmentation.
  ///
  /// - Precondition: `cropPadding` is not negative.
  public init(flips: Bool, cropPadding: Int) {
    precondition(cropPadding >= 0, "Augmentation: a frame of \(cropPadding) pixels")
    self.flips = flips
    self.cropPadding = cropPadding
  }

  /// What happens to one image: shift, then flip.
  package struct Change: Sendable, Equatable {
    /// Row `y` of the result is row `y + down` of the image, black where there is none.
    package let down: Int
    /// Column `x` of the result, before the flip, is column `x + right` of the image.
    package let right: Int
    /// Whether left and right are exchanged at the end.
    package let isFlipped: Bool

    package init(down: Int, right: Int, isFlipped: Bool) {
      self.down = down
      self.right = right
      self.isFlipped = isFlipped
    }
  }

  /// Draws a change: shifts uniform in `−cropPadding…cropPadding`, a flip with probability ½.
  package func change(_ random: inout RandomStream) -> Change {
    let positions = 2 * cropPadding + 1
    let down = cropPadding == 0 ? 0 : random.integer(below: positions) - cropPadding
    let right = cropPadding == 0 ? 0 : random.integer(below: positions) - cropPadding
    return Change(down: down, right: right, isFlipped: flips && random.word() & 1 == 1)
  }
}
