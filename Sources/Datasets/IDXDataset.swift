extension DatasetSource {
  /// A data set of gray 28×28 images in the four idx files of MNIST.
  ///
  /// - Parameters:
  ///   - name: The name by which commands call it.
  ///   - title: The name its authors gave it.
  ///   - classNames: The classes, in the order of the labels.
  ///   - allowsFlip: Whether mirror images keep their class.
  ///   - subfolders: The folders in which people keep it.
  ///   - origin: The one command or place that gets it.
  /// - Returns: The source, for the table of the catalog.
  static func idx(
    name: String, title: String, classNames: [String], allowsFlip: Bool, subfolders: [String],
    origin: String
  ) -> DatasetSource {
    let classes = classNames.count
    return DatasetSource(
      name: name, title: title, classNames: classNames, allowsFlip: allowsFlip,
      subfolders: subfolders,
      files: ["train", "t10k"].flatMap { [imageFile($0), labelFile($0)] }, origin: origin,
      read: { folder throws(DatasetError) in
        (
          train: try images(of: "train", classes: classes, in: folder),
          test: try images(of: "t10k", classes: classes, in: folder)
        )
      })
  }

  private static func imageFile(_ part: String) -> String { "\(part)-images-idx3-ubyte" }
  private static func labelFile(_ part: String) -> String { "\(part)-labels-idx1-ubyte" }

  private static func images(
    of part: String, classes: Int, in folder: DatasetFolder
  ) throws(DatasetError) -> ImageSet {
    let labelFile = try folder.open(labelFile(part))
    let imageFile = try folder.open(imageFile(part))
    let labels = try IDXArray(labelFile, expected: [nil]).bytes
    try check(labels: labels, classes: classes, file: labelFile)
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
  /// - Throws: `DatasetError` of problem `labelOutOfRange` for the first that does not.
  static func check(labels: [UInt8], classes: Int, file: DataFile) throws(DatasetError) {
    if let record = labels.firstIndex(where: { $0 >= classes }) {
      throw file.failure(
        .labelOutOfRange(
          file.path, record: record, label: Int(labels[record]), classes: classes))
    }
  }
}
