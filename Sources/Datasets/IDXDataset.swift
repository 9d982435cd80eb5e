/// A data set of gray 28×28 images in four idx files like MNIST's.
struct IDXDataset: Sendable {
  /// The name by which commands call it.
  let name: String
  /// The name its authors gave it.
  let title: String
  /// The classes, in the order of the labels.
  let classNames: [String]
  /// Whether mirror images keep their class.
  var allowsFlip = false
  /// The number of training images as published.
  var training = 60_000
  /// The number of test images as published.
  var test = 10_000
  /// How the names of the training files and of the test files begin.
  var prefixes = (train: "train", test: "t10k")
  /// Whether the files hold the images with rows and columns exchanged; they are exchanged again.
  var isTransposed = false
  /// The label of the first class in the files.
  var firstLabel: UInt8 = 0
  /// The folders in which people keep it.
  let subfolders: [String]
  /// The MD5 of the four files, unpacked: training images, training labels, test images, test
  /// labels; empty where nobody publishes them.
  var digests: [String] = []
  /// The same of the gzip files.
  var packedDigests: [String] = []
  /// The one command or place that gets it.
  let origin: String

  private static let extent = 28

  /// The data set as a catalog lists it.
  var source: DatasetSource {
    let files = [(prefixes.train, training), (prefixes.test, test)].flatMap { prefix, count in
      [
        (name: Self.imageFile(prefix), bytes: 16 + count * Self.extent * Self.extent),
        (name: Self.labelFile(prefix), bytes: 8 + count),
      ]
    }
    return .images(
      name, title: title,
      PublishedImages(
        classNames: classNames, allowsFlip: allowsFlip, training: training, test: test,
        extent: Self.extent, channels: 1),
      subfolders: subfolders,
      files: files.enumerated().map { index, file in
        PublishedFile(
          file.name, bytes: file.bytes, digest: digests.isEmpty ? nil : digests[index],
          packedDigest: packedDigests.isEmpty ? nil : packedDigests[index])
      },
      origin: origin,
      read: { folder throws(DatasetError) in
        (
          train: try images(of: prefixes.train, atMost: training, in: folder),
          test: try images(of: prefixes.test, atMost: test, in: folder)
        )
      })
  }

  private static func imageFile(_ prefix: String) -> String { "\(prefix)-images-idx3-ubyte" }
  private static func labelFile(_ prefix: String) -> String { "\(prefix)-labels-idx1-ubyte" }

  private func images(
    of prefix: String, atMost most: Int, in folder: DatasetFolder
  ) throws(DatasetError) -> ImageSet {
    let labelFile = try folder.open(Self.labelFile(prefix))
    let imageFile = try folder.open(Self.imageFile(prefix))
    let packedLabels = try IDXArray(labelFile, expected: [nil])
    let images = try IDXArray(imageFile, expected: [nil, Self.extent, Self.extent])
    // Before either is unpacked: a small file may promise more than there is memory.
    guard images.extents[0] == packedLabels.extents[0] else {
      throw imageFile.failure(
        .countsDiffer(
          images: imageFile.path, imageCount: images.extents[0], labels: labelFile.path,
          labelCount: packedLabels.extents[0]))
    }
    // People keep parts of a data set; what has more than all of it is another one.
    try DatasetSource.check(images.extents[0], atMost: most, of: title, file: imageFile)
    let stored = try packedLabels.bytes()
    try NeighborLabels.check(packedLabels.digest(of: stored), stored, of: self, file: labelFile)
    // Of labels that begin with 1, 0 wraps around and is out of range, like any other wrong one.
    let labels = stored.map { $0 &- firstLabel }
    try DatasetSource.check(
      labels: labels, classes: classNames.count, firstLabel: firstLabel, file: labelFile)
    let set = ImageSet(
      pixels: try images.bytes(), labels: labels, height: Self.extent, width: Self.extent,
      channels: 1)
    return isTransposed ? set.transposed() : set
  }
}

extension DatasetSource {
  /// Makes sure that a file has no more examples than the data set that it should belong to.
  ///
  /// - Parameters:
  ///   - count: How many it says it has.
  ///   - most: How many were published.
  ///   - title: The data set.
  ///   - file: The file, for the message.
  /// - Throws: `DatasetError` of problem `tooManyExamples`.
  static func check(
    _ count: Int, atMost most: Int, of title: String, file: some DatasetFile
  ) throws(DatasetError) {
    guard count > most else { return }
    let other = file.failure(
      .tooManyExamples(file.path, found: count, most: most, title: title))
    throw DatasetError(
      other.problem, cure: "move what is no \(title) elsewhere, and \(other.cure)")
  }

  /// Makes sure that every label names a class.
  ///
  /// - Parameters:
  ///   - labels: Counted from 0.
  ///   - classes: The number of classes.
  ///   - firstLabel: From where the file counts.
  ///   - file: The file, for the message.
  /// - Throws: `DatasetError` of problem `labelOutOfRange` for the first that does not.
  static func check(
    labels: [UInt8], classes: Int, firstLabel: UInt8 = 0, file: DataFile
  ) throws(DatasetError) {
    if let record = labels.firstIndex(where: { $0 >= classes }) {
      throw file.failure(
        .labelOutOfRange(
          file.path, record: record, label: Int(labels[record] &+ firstLabel),
          expected: Int(firstLabel)...(classes - 1 + Int(firstLabel))))
    }
  }
}
