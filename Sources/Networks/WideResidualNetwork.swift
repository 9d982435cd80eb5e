import Tensors

extension PreActivationNetwork {
  /// Makes the wide residual network WRN-n-k: a pre-activation network of blocks of two 3×3
  /// convolutions with 16k, 32k and 64k channels, without dropout.
  ///
  /// Source: Zagoruyko and Komodakis, 2016, "Wide residual networks", table 1. The depth counts the
  /// projections of the three stages, so that there are 2 · 3m convolutions, 3 projections and a
  /// stem: n = 6m + 4.
  ///
  /// - Parameters:
  ///   - wideDepth: n, 6m + 4.
  ///   - factor: k, positive.
  ///   - channels: Channels of the images.
  ///   - classes: Number of classes.
  ///   - stream: The random numbers of the initialization.
  /// - Precondition: `wideDepth` is such a number.
  public init(
    wideDepth: Int, factor: Int, channels: Int, classes: Int, stream: inout RandomStream
  ) {
    precondition(
      wideDepth >= 10 && (wideDepth - 4) % 6 == 0 && factor > 0,
      "PreActivationNetwork: WRN-\(wideDepth)-\(factor), whose depth is not 6m + 4")
    self.init(
      blocks: (wideDepth - 4) / 6, widths: [16 * factor, 32 * factor, 64 * factor],
      hasBottlenecks: false, channels: channels, classes: classes, stream: &stream)
  }
}
