extension DatasetSource {
  /// CIFAR-10: 50,000 training and 10,000 test photographs in color, 32×32.
  ///
  /// Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009.
  public static let cifar10 = cifar10(recordsPerFile: 10_000)

  /// Of the five training files and the test file, computed from the official ones.
  private static let cifar10Digests = [
    "5dd7e06a14cb22eb9f671a540d1b7c25", "5ea93a67294ea407fff1d09f752e9692",
    "942cd6a4bcdd0dd3c604fbe906cb4421", "ae636b3ba5c66a11e91e8cb52e771fcb",
    "53f37980c15c3d472c316c40844f3f0d", "803d5f7f4d78ea53de84dbe85f74fb6d",
  ]

  /// CIFAR-10 in its binary version, with files of any number of records for tests.
  ///
  /// A record is a label and three planes (red, green, blue) of 32×32 bytes.
  package static func cifar10(recordsPerFile: Int) -> DatasetSource {
    let trainingFiles = (1...5).map { "data_batch_\($0).bin" }
    let classNames = [
      "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]
    @Sendable func images(_ files: [String], _ folder: DatasetFolder) throws(DatasetError)
      -> ImageSet
    {
      var pixels: [UInt8] = []
      var labels: [UInt8] = []
      pixels.reserveCapacity(files.count * recordsPerFile * ColorPlanes.bytes)
      for name in files {
        let file = try folder.open(name)
        let records = try file.read(recordsPerFile * (1 + ColorPlanes.bytes))
        try file.finish()
        let starts = stride(from: 0, to: records.count, by: 1 + ColorPlanes.bytes)
        let fileLabels = starts.map { records[$0] }
        try check(labels: fileLabels, classes: classNames.count, file: file)
        labels += fileLabels
        for start in starts { ColorPlanes.append(records, at: start + 1, to: &pixels) }
      }
      return ImageSet(
        pixels: pixels, labels: labels, height: ColorPlanes.extent, width: ColorPlanes.extent,
        channels: ColorPlanes.count)
    }
    return .images(
      "cifar10", title: "CIFAR-10",
      PublishedImages(
        classNames: classNames, allowsFlip: true, training: 50_000, test: 10_000, extent: 32,
        channels: 3),
      subfolders: ["cifar-10-batches-bin"],
      files: zip(trainingFiles + ["test_batch.bin"], cifar10Digests).map {
        PublishedFile($0, bytes: 30_730_000, digest: $1)
      },
      origin: "`mkdir -p data && curl -L https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz "
        + "| tar xz -C data`",
      read: { folder throws(DatasetError) in
        (
          train: try images(trainingFiles, folder), test: try images(["test_batch.bin"], folder)
        )
      })
  }
}

/// The images of the CIFAR files: red, green and blue one after the other, each 32×32.
enum ColorPlanes {
  static let count = 3
  static let extent = 32
  static let bytes = count * extent * extent

  /// Appends the image at `start`, turned into channels-last, to `pixels`.
  static func append(_ records: [UInt8], at start: Int, to pixels: inout [UInt8]) {
    let area = extent * extent
    for pixel in start..<(start + area) {
      pixels.append(records[pixel])
      pixels.append(records[pixel + area])
      pixels.append(records[pixel + 2 * area])
    }
  }
}
