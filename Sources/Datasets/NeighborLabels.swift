/// Labels that tell MNIST's files from Fashion-MNIST's, which have the same names.
enum NeighborLabels {
  /// The data sets of such names whose unpacked label files have known digests.
  private static let sources = [DatasetSource.mnist, .fashionMNIST]

  /// Refuses the labels of another data set.
  ///
  /// - Parameters:
  ///   - digest: The labels' MD5, unpacked and in the format of their file.
  ///   - labels: As the file has them.
  ///   - dataset: Which data set they are read for.
  ///   - file: The file, for the message.
  /// - Throws: `DatasetError` of problem `otherDataset`.
  static func check(
    _ digest: @autoclosure () -> String, _ labels: [UInt8], of dataset: IDXDataset, file: DataFile
  ) throws(DatasetError) {
    // Parts have digests of their own.
    guard [dataset.training, dataset.test].contains(labels.count) else { return }
    let digest = digest()
    for source in sources where source.name != dataset.name {
      guard source.files.contains(where: { $0.digest == digest }) else { continue }
      throw DatasetError(
        .otherDataset(file.path, title: source.title),
        cure: "move the files of \(source.title) into a folder of its own, and get "
          + "\(dataset.title): \(dataset.origin)")
    }
  }
}
