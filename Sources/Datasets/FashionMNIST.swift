extension DatasetSource {
  /// Fashion-MNIST: 60,000 training and 10,000 test images of clothes, gray, 28×28.
  ///
  /// Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine
  /// learning algorithms", 2017. License: MIT.
  public static let fashionMNIST = idx(
    name: "fashion-mnist", title: "Fashion-MNIST",
    classNames: [
      "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
      "ankle boot",
    ],
    allowsFlip: true, subfolders: ["fashion-mnist", "FashionMNIST/raw", "fashion_mnist"],
    origin: "`apt-get install dataset-fashion-mnist` (with --reinstall if it is damaged)")
}
