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

  /// Networks whose name ends with two numbers, such as `wrn-28-10`.
  public struct Family: Sendable {
    /// How the names begin, such as `wrn`.
    public let prefix: String
    /// The name with letters for the numbers, such as `wrn-n-k`.
    public let pattern: String
    /// Which numbers there are, as the end of a sentence.
    public let rule: String
    /// Some of the names.
    public let examples: [String]

    fileprivate let allows: @Sendable (_ depth: Int, _ width: Int) -> Bool
    fileprivate let make:
      @Sendable (_ depth: Int, _ width: Int, _ channels: Int, _ classes: Int, inout RandomStream)
        -> any ImageClassifier

    /// Whether a name is meant for this family, with numbers that there are or not.
    public func claims(_ name: String) -> Bool {
      name == prefix || name.hasPrefix(prefix + "-")
    }

    /// The network of a name; nil if it is none of this family.
    fileprivate func entry(named name: String) -> Entry? {
      let parts = name.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 3, parts[0] == prefix, let depth = Int(parts[1]),
        let width = Int(parts[2]), name == "\(prefix)-\(depth)-\(width)", allows(depth, width)
      else { return nil }
      return Entry(name: name) { [make] channels, classes, stream in
        make(depth, width, channels, classes, &stream)
      }
    }
  }

  /// Every network that has a name of its own, one line each.
  public static let entries: [Entry] = [
    residual(depth: 20), residual(depth: 32), residual(depth: 44), residual(depth: 56),
    residual(depth: 110),
    preActivation(depth: 56, hasBottlenecks: false),
    preActivation(depth: 110, hasBottlenecks: false),
    preActivation(depth: 164, hasBottlenecks: true),
    Entry(name: "all-cnn-c") { channels, classes, stream in
      AllConvolutionalNetwork(channels: channels, classes: classes, stream: &stream)
    },
    Entry(name: "lenet5") { channels, classes, stream in
      LeNet(channels: channels, classes: classes, stream: &stream)
    },
  ]

  /// Every family, its numbers bounded: what is far beyond the papers' networks is a slip of the pen.
  public static let families: [Family] = [
    Family(
      prefix: "wrn", pattern: "wrn-n-k", rule: "n is 6m + 4, from 10 to 202, and k from 1 to 20",
      examples: ["wrn-28-10", "wrn-10-4", "wrn-16-2"],
      allows: { $0 >= 10 && $0 <= 202 && ($0 - 4) % 6 == 0 && (1...20).contains($1) },
      make: { depth, width, channels, classes, stream in
        PreActivationNetwork(
          wideDepth: depth, factor: width, channels: channels, classes: classes, stream: &stream)
      }),
    Family(
      prefix: "densenet", pattern: "densenet-L-k",
      rule: "L is 6n + 4, from 10 to 250, and k from 1 to 60", examples: ["densenet-100-12"],
      allows: { $0 >= 10 && $0 <= 250 && ($0 - 4) % 6 == 0 && (1...60).contains($1) },
      make: { depth, width, channels, classes, stream in
        DenseNetwork(
          depth: depth, growth: width, channels: channels, classes: classes, stream: &stream)
      }),
  ]

  /// All names for a list: those of `entries`, and the patterns of the families.
  public static var names: [String] { entries.map(\.name) + families.map(\.pattern) }

  /// Names that may have been meant: those of `entries`, and examples of the families.
  public static var examples: [String] { entries.map(\.name) + families.flatMap(\.examples) }

  /// The network of a name; nil if there is none.
  public static func entry(named name: String) -> Entry? {
    entries.first { $0.name == name } ?? families.lazy.compactMap { $0.entry(named: name) }.first
  }

  private static func residual(depth: Int) -> Entry {
    Entry(name: "resnet\(depth)") { channels, classes, stream in
      ResidualNetwork(depth: depth, channels: channels, classes: classes, stream: &stream)
    }
  }

  private static func preActivation(depth: Int, hasBottlenecks: Bool) -> Entry {
    Entry(name: "preresnet\(depth)") { channels, classes, stream in
      PreActivationNetwork(
        depth: depth, hasBottlenecks: hasBottlenecks, channels: channels, classes: classes,
        stream: &stream)
    }
  }
}
