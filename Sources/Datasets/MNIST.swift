extension DatasetSource {
  /// MNIST: 60,000 training and 10,000 test images of handwritten digits, gray, 28×28.
  ///
  /// Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
  /// recognition", 1998.
  public static let mnist = idx(
    name: "mnist", title: "MNIST", classNames: (0...9).map(String.init), allowsFlip: false,
    subfolders: ["mnist", "MNIST/raw", "MNIST"],
    origin: "put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
      + "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz "
      + "from https://ossci-datasets.s3.amazonaws.com/mnist/ into data/mnist")
}
