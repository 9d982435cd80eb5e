extension DatasetSource {
  /// MNIST: 60,000 training and 10,000 test images of handwritten digits, gray, 28×28.
  ///
  /// Source: LeCun, Bottou, Bengio, Haffner, "Gradient-based learning applied to document
  /// recognition", 1998. The digests are those of the unpacked files, as many programs give them.
  public static let mnist = IDXDataset(
    name: "mnist", title: "MNIST", classNames: (0...9).map(String.init),
    subfolders: ["mnist", "MNIST/raw", "MNIST"],
    digests: [
      "6bbc9ace898e44ae57da46a324031adb", "a25bea736e30d166cdddb491f175f624",
      "2646ac647ad5339dbf082846283269ea", "27ae3e4e09519cfbb04c329615203637",
    ],
    origin: "put train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
      + "t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz "
      + "from https://ossci-datasets.s3.amazonaws.com/mnist/ into data/mnist"
  ).source
}
