extension DatasetSource {
  /// SVHN Core: 73,257 training and 26,032 test images of house numbers in color, 32×32, the digit
  /// in the middle; the 531,131 easier images of `extra_32x32.mat` do not belong to it.
  ///
  /// Source: Netzer et al., "Reading digits in natural images with unsupervised feature learning",
  /// 2011. The digests are those that torchvision checks.
  public static let svhn = images(
    "svhn", title: "SVHN Core",
    PublishedImages(
      classNames: (0...9).map(String.init), allowsFlip: false, training: 73_257, test: 26_032,
      extent: 32, channels: 3),
    subfolders: ["svhn", "SVHN"],
    files: [
      PublishedFile(
        "train_32x32.mat", bytes: 182_040_794, digest: "e26dedcc434d2e4c54c9b2d4a06d8373"),
      PublishedFile(
        "test_32x32.mat", bytes: 64_275_384, digest: "eb5a983be6a315427106f1b164d9cef3"),
    ],
    origin: "`mkdir -p data/svhn && cd data/svhn && for f in train test; do "
      + "curl -LO http://ufldl.stanford.edu/housenumbers/${f}_32x32.mat; done`",
    read: { folder throws(DatasetError) in
      (
        train: try svhnImages("train_32x32.mat", folder, atMost: 73_257),
        test: try svhnImages("test_32x32.mat", folder, atMost: 26_032)
      )
    })

  /// The images of X `[32, 32, 3, n]`, first index fastest, and the labels of y `[n, 1]`: 1 to 9,
  /// and 10 for the digit 0.
  private static func svhnImages(
    _ name: String, _ folder: DatasetFolder, atMost most: Int
  ) throws(DatasetError) -> ImageSet {
    if let path = folder.path(of: name), path.hasSuffix(".gz") {
      throw DatasetError(
        .wrongFormat(path, expected: "the file unpacked", found: "gzip"), cure: "gunzip \(path)")
    }
    let file = try MATFile(folder.path + "/" + name, cure: folder.cure)
    let (extent, colors) = (ColorPlanes.extent, ColorPlanes.count)
    let labels = try file.variable("y", extents: [nil, 1]) { extents throws(DatasetError) in
      // Before either is unpacked: a small file may promise more than there is memory.
      let images = file.extents(of: "X")
      guard images.count == 4, images[3] != extents[0] else {
        return try check(extents[0], atMost: most, of: "SVHN Core", file: file)
      }
      throw file.failure(
        .countsDiffer(
          images: file.path, imageCount: images[3], labels: "its y", labelCount: extents[0]))
    }
    let images = try file.variable("X", extents: [extent, extent, colors, labels.extents[0]])
    if let record = labels.bytes.firstIndex(where: { !(1...10).contains($0) }) {
      throw file.failure(
        .wrongFormat(
          file.path, expected: "labels 1…10", found: "\(labels.bytes[record]) at \(record)"))
    }
    let count = labels.bytes.count
    let pixels = [UInt8](unsafeUninitializedCapacity: images.bytes.count) { target, length in
      images.bytes.withUnsafeBufferPointer { source in
        var place = 0
        for image in 0..<count {
          for row in 0..<extent {
            for column in 0..<extent {
              for color in 0..<colors {
                target[place] = source[row + extent * (column + extent * (color + colors * image))]
                place += 1
              }
            }
          }
        }
      }
      length = images.bytes.count
    }
    return ImageSet(
      pixels: pixels, labels: labels.bytes.map { $0 % 10 }, height: extent, width: extent,
      channels: colors)
  }
}
