import Tensors

/// The networks that can be asked for by name.
public enum NetworkCatalog {
  /// A network that can be made for any data set of images.
  public struct Entry: Sendable {
    /// The name, such as `resnet20`.
    public let name: String
    /// Makes the network with its initial weights.
    public let make:
      @Sendable (_ channels: Int, _ classes: Int, inout RandomStream) -> any ImageClassifier
  }

  /// Every network, one line each.
  public static let entries: [Entry] = [
    residual(depth: 20), residual(depth: 32), residual(depth: 44), residual(depth: 56),
  ]

  /// The network of a name; nil if there is none.
  public static func entry(named name: String) -> Entry? {
    entries.first { $0.name == name }
  }

  private static func residual(depth: Int) -> Entry {
    Entry(name: "resnet\(depth)") { channels, classes, stream in
      ResidualNetwork(depth: depth, channels: channels, classes: classes, stream: &stream)
    }
  }
}
