import Tensors

extension ModelCatalog {
  /// The models that come with this package, one line each.
  public static let builtIn = ModelCatalog(
    entries: [
      residual(depth: 8), residual(depth: 20), residual(depth: 32), residual(depth: 44),
      residual(depth: 56), residual(depth: 110),
      preActivation(depth: 56, hasBottlenecks: false),
      preActivation(depth: 110, hasBottlenecks: false),
      preActivation(depth: 164, hasBottlenecks: true),
      .forImages(
        "all-cnn-c", takes: "images of 9×9 pixels or more", extents: 9...
      ) { channels, classes, stream in
        AllConvolutionalNetwork(channels: channels, classes: classes, stream: &stream)
      },
      .forImages("lenet5", takes: "images of 32×32 pixels", extents: 32...32) {
        channels, classes, stream in
        LeNet(channels: channels, classes: classes, stream: &stream)
      },
      .forImages("plain-cnn", takes: "images of 4×4 pixels or more", extents: 4...) {
        channels, classes, stream in
        PlainConvolutionalNetwork(channels: channels, classes: classes, stream: &stream)
      },
    ],
    // Numbers far beyond the papers' networks are a slip of the pen.
    families: [
      ModelFamily(
        pattern: "wrn-n-k", rule: "n is 6m + 4, from 10 to 202, and k from 1 to 20",
        examples: ["wrn-28-10", "wrn-10-4", "wrn-16-2"], takes: images,
        allows: { $0 >= 10 && $0 <= 202 && ($0 - 4) % 6 == 0 && (1...20).contains($1) },
        make: { depth, width, shape, stream in
          guard case .images(_, _, let channels, let classes) = shape else { return nil }
          return PreActivationNetwork(
            wideDepth: depth, factor: width, channels: channels, classes: classes, stream: &stream)
        }),
      ModelFamily(
        pattern: "densenet-L-k", rule: "L is 6n + 4, from 10 to 250, and k from 1 to 60",
        examples: ["densenet-100-12"], takes: images,
        allows: { $0 >= 10 && $0 <= 250 && ($0 - 4) % 6 == 0 && (1...60).contains($1) },
        make: { depth, width, shape, stream in
          guard case .images(_, _, let channels, let classes) = shape else { return nil }
          return DenseNetwork(
            depth: depth, growth: width, channels: channels, classes: classes, stream: &stream)
        }),
    ])

  private static let images = "images"

  private static func residual(depth: Int) -> ModelEntry {
    .forImages("resnet\(depth)") { channels, classes, stream in
      ResidualNetwork(depth: depth, channels: channels, classes: classes, stream: &stream)
    }
  }

  private static func preActivation(depth: Int, hasBottlenecks: Bool) -> ModelEntry {
    .forImages("preresnet\(depth)") { channels, classes, stream in
      PreActivationNetwork(
        depth: depth, hasBottlenecks: hasBottlenecks, channels: channels, classes: classes,
        stream: &stream)
    }
  }
}

extension ModelEntry {
  /// A model of images.
  ///
  /// - Parameters:
  ///   - name: The name by which commands and configurations call it.
  ///   - takes: What images, in a few words.
  ///   - extents: The heights and widths that it takes, in pixels.
  ///   - make: Makes it with its initial weights.
  /// - Returns: The model's entry.
  public static func forImages(
    _ name: String, takes: String = "images",
    extents: some RangeExpression<Int> & Sendable = 1...,
    make: @escaping @Sendable (_ channels: Int, _ classes: Int, inout RandomStream) -> any Model
  ) -> ModelEntry {
    ModelEntry(name: name, takes: takes) { shape, stream in
      guard case .images(let height, let width, let channels, let classes) = shape,
        extents.contains(height), extents.contains(width)
      else { return nil }
      return make(channels, classes, &stream)
    }
  }
}
