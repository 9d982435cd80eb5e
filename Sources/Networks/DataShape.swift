/// The shape of a data set's examples, from which a catalog's entry makes a model.
public enum DataShape: Sendable, Hashable, CustomStringConvertible {
  /// Images, one of some classes each.
  case images(height: Int, width: Int, channels: Int, classes: Int)
  /// Sequences of tokens, of which the next one is predicted.
  case tokens(vocabulary: Int, context: Int)

  /// In a few words, such as `32×32 images of 3 channels in 10 classes`.
  public var description: String {
    switch self {
    case .images(let height, let width, let channels, let classes):
      "\(height)×\(width) images of \(channels) channel\(channels == 1 ? "" : "s") "
        + "in \(classes) classes"
    case .tokens(let vocabulary, let context):
      "sequences of \(context) tokens out of \(vocabulary)"
    }
  }
}
