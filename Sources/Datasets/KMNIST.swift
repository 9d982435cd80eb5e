extension DatasetSource {
  /// Kuzushiji-MNIST: 60,000 training and 10,000 test images of ten cursive Japanese characters,
  /// gray, 28×28.
  ///
  /// Source: Clanuwat et al., "Deep learning for classical Japanese literature", 2018. License: CC
  /// BY-SA 4.0. The digests of the gzip files are those that torchvision checks.
  public static let kmnist = IDXDataset(
    name: "kmnist", title: "Kuzushiji-MNIST",
    classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
    subfolders: ["kmnist", "KMNIST/raw"],
    packedDigests: [
      "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344",
      "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134",
    ],
    origin: "`mkdir -p data/kmnist && cd data/kmnist && for f in train-images-idx3 "
      + "train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do "
      + "curl -LO http://codh.rois.ac.jp/kmnist/dataset/kmnist/$f-ubyte.gz; done`"
  ).source
}
