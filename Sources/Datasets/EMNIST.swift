extension DatasetSource {
  /// EMNIST Balanced: 112,800 training and 18,800 test images of handwritten digits and letters,
  /// gray, 28×28; letters whose capital and small forms look alike share a class.
  ///
  /// Source: Cohen, Afshar, Tapson, van Schaik, "EMNIST: an extension of MNIST to handwritten
  /// letters", 2017.
  public static let emnist = emnist(
    name: "emnist", title: "EMNIST Balanced", part: "balanced",
    classNames: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt".map(String.init),
    training: 112_800, test: 18_800)

  /// EMNIST Digits: 240,000 training and 40,000 test images.
  public static let emnistDigits = emnist(
    name: "emnist-digits", title: "EMNIST Digits", part: "digits",
    classNames: (0...9).map(String.init), training: 240_000, test: 40_000)

  /// EMNIST Letters: 124,800 training and 20,800 test images of the 26 letters, capital and small
  /// in one class; the files count them from 1.
  public static let emnistLetters = emnist(
    name: "emnist-letters", title: "EMNIST Letters", part: "letters",
    classNames: "abcdefghijklmnopqrstuvwxyz".map(String.init), training: 124_800, test: 20_800,
    firstLabel: 1)

  /// A part of EMNIST. Its images lie in the files with rows and columns exchanged; they are read
  /// upright, as MNIST's.
  private static func emnist(
    name: String, title: String, part: String, classNames: [String], training: Int, test: Int,
    firstLabel: UInt8 = 0
  ) -> DatasetSource {
    IDXDataset(
      name: name, title: title, classNames: classNames, training: training, test: test,
      prefixes: ("emnist-\(part)-train", "emnist-\(part)-test"),
      isTransposed: true, firstLabel: firstLabel,
      subfolders: ["emnist", "emnist/gzip", "EMNIST/raw", "EMNIST/raw/gzip"],
      origin: "`mkdir -p data/emnist && cd data/emnist && curl -LO "
        + "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip && unzip gzip.zip`"
    )
    .source
  }
}
