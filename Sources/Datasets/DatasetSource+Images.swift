extension DatasetSource {
  /// Reads the training images and the test images as published, labels checked.
  typealias ImageReader =
    @Sendable (DatasetFolder) throws(DatasetError) -> (train: ImageSet, test: ImageSet)

  /// A data set of images in files.
  ///
  /// - Parameters:
  ///   - name: The name by which commands call it.
  ///   - title: The name its authors gave it.
  ///   - images: What is in it.
  ///   - subfolders: The folders in which people keep it, the official one first.
  ///   - files: The files that belong to it.
  ///   - origin: The one command or place that gets it.
  ///   - read: Reads its images.
  /// - Returns: The data set, as catalogs list it.
  static func images(
    _ name: String, title: String, _ images: PublishedImages, subfolders: [String],
    files: [PublishedFile], origin: String, read: @escaping ImageReader
  ) -> DatasetSource {
    DatasetSource(
      name: name, title: title,
      contents: Contents(
        training: images.training, test: images.test,
        example: .image(
          height: images.extent, width: images.extent, channels: images.channels),
        classNames: images.classNames),
      subfolders: subfolders, files: files, origin: origin
    ) { folder throws(DatasetError) in
      let (train, test) = try read(folder)
      return try ImageDataset(
        name: name, title: title, classNames: images.classNames, train: train, test: test,
        allowsFlip: images.allowsFlip, folder: folder.path)
    }
  }
}

/// The images of a data set as its authors publish it.
struct PublishedImages: Sendable {
  /// The classes, in the order of the labels.
  let classNames: [String]
  /// Whether mirror images keep their class.
  let allowsFlip: Bool
  /// The number of training images.
  let training: Int
  /// The number of test images.
  let test: Int
  /// Height and width of an image, in pixels, before any padding.
  let extent: Int
  /// 1 for gray, 3 for red, green, blue.
  let channels: Int
}
