extension DatasetSource {
  /// Fashion-MNIST: 60,000 training and 10,000 test images of clothes, gray, 28×28.
  ///
  /// Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
  /// learning algorithms", 2017. License: MIT. The digests are those of the unpacked files, which
  /// others publish and Debian's package agrees with; its gzip files are packed otherwise than the
  /// authors'.
  public static let fashionMNIST = IDXDataset(
    name: "fashion-mnist", title: "Fashion-MNIST",
    classNames: [
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
      "ankle boot",
    ],
    allowsFlip: true,
    subfolders: ["fashion-mnist", "FashionMNIST/raw", "fashion_mnist"],
    digests: [
      "f4a8712d7a061bf5bd6d2ca38dc4d50a", "9018921c3c673c538a1fc5bad174d6f9",
      "8181f5470baa50b63fa0f6fddb340f0a", "15d484375f8d13e6eb1aabb0c3f46965",
    ],
    origin: "`apt-get install dataset-fashion-mnist` (with --reinstall if it is damaged)"
  ).source
}
