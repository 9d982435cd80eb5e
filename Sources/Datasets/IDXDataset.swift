extension DatasetSource {
  /// A data set of gray 28×28 images in four idx files like MNIST's.
  ///
  /// - Parameters:
  ///   - name: The name by which commands call it.
  ///   - title: The name its authors gave it.
  ///   - classNames: The classes, in the order of the labels.
  ///   - allowsFlip: Whether mirror images keep their class.
  ///   - training: The number of training images as published.
  ///   - test: The number of test images as published.
  ///   - prefixes: How the names of the training files and of the test files begin.
  ///   - isTransposed: Whether the files hold the images with rows and columns exchanged; they are
  ///     exchanged again.
  ///   - firstLabel: The label of the first class in the files.
  ///   - subfolders: The folders in which people keep it.
  ///   - digests: The MD5 of the four files, unpacked: training images, training labels, test
  ///     images, test labels; empty where nobody publishes them.
  ///   - packedDigests: The same of the gzip files.
  ///   - origin: The one command or place that gets it.
  /// - Returns: The source, for the table of the catalog.
  static func idx(
    name: String, title: String, classNames: [String], allowsFlip: Bool, training: Int, test: Int,
    prefixes: (train: String, test: String) = ("train", "t10k"), isTransposed: Bool = false,
    firstLabel: UInt8 = 0, subfolders: [String], digests: [String] = [],
    packedDigests: [String] = [], origin: String
  ) -> DatasetSource {
    let classes = classNames.count
    let files = [(prefixes.train, training), (prefixes.test, test)].flatMap { prefix, count in
      [
        (name: imageFile(prefix), bytes: 16 + count * 28 * 28),
        (name: labelFile(prefix), bytes: 8 + count),
      ]
    }
    let (trainPrefix, testPrefix) = prefixes
    @Sendable func images(
      _ prefix: String, _ folder: DatasetFolder
    ) throws(DatasetError) -> ImageSet {
      let set = try idxImages(
        of: prefix, classes: classes, firstLabel: firstLabel, in: folder)
      return isTransposed ? set.transposed() : set
    }
    return DatasetSource(
      name: name, title: title, classNames: classNames, allowsFlip: allowsFlip,
      size: PublishedSize(training: training, test: test, extent: 28, channels: 1),
      subfolders: subfolders,
      files: files.enumerated().map { index, file in
        PublishedFile(
          file.name, bytes: file.bytes, digest: digests.isEmpty ? nil : digests[index],
          packedDigest: packedDigests.isEmpty ? nil : packedDigests[index])
      },
      origin: origin,
      read: { folder throws(DatasetError) in
        (train: try images(trainPrefix, folder), test: try images(testPrefix, folder))
      })
  }

  private static func imageFile(_ prefix: String) -> String { "\(prefix)-images-idx3-ubyte" }
  private static func labelFile(_ prefix: String) -> String { "\(prefix)-labels-idx1-ubyte" }

  private static func idxImages(
    of prefix: String, classes: Int, firstLabel: UInt8, in folder: DatasetFolder
  ) throws(DatasetError) -> ImageSet {
    let labelFile = try folder.open(labelFile(prefix))
    let imageFile = try folder.open(imageFile(prefix))
    // Of labels that begin with 1, 0 wraps around and is out of range, like any other wrong one.
    let labels = try IDXArray(labelFile, expected: [nil]).bytes.map { $0 &- firstLabel }
    try check(labels: labels, classes: classes, firstLabel: firstLabel, file: labelFile)
    let images = try IDXArray(imageFile, expected: [nil, 28, 28])
    guard images.extents[0] == labels.count else {
      throw imageFile.failure(
        .countsDiffer(
          images: imageFile.path, imageCount: images.extents[0], labels: labelFile.path,
          labelCount: labels.count))
    }
    return ImageSet(pixels: images.bytes, labels: labels, height: 28, width: 28, channels: 1)
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
