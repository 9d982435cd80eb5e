extension DatasetSource {
  /// CIFAR-100: 50,000 training and 10,000 test photographs in color, 32×32, of 100 classes.
  ///
  /// Source: Krizhevsky, "Learning multiple layers of features from tiny images", 2009.
  public static let cifar100 = cifar100(
    name: "cifar100", title: "CIFAR-100", classNames: cifar100Classes, labelPosition: 1)

  /// CIFAR-100 by its 20 superclasses, of five classes each.
  public static let cifar100Coarse = cifar100(
    name: "cifar100-coarse", title: "CIFAR-100, 20 superclasses",
    classNames: cifar100Superclasses, labelPosition: 0)

  /// CIFAR-100 in its binary version.
  ///
  /// A record is the number of the superclass, that of the class, and three planes (red, green,
  /// blue) of 32×32 bytes. People keep parts of the training set, so that any whole number of
  /// records is taken, while half a record is an error.
  private static func cifar100(
    name: String, title: String, classNames: [String], labelPosition: Int
  ) -> DatasetSource {
    @Sendable func images(
      _ name: String, _ folder: DatasetFolder, atMost count: Int
    ) throws(DatasetError) -> ImageSet {
      let file = try folder.open(name)
      let records = try file.readRecords(of: 2 + ColorPlanes.bytes, atMost: count)
      let starts = stride(from: 0, to: records.count, by: 2 + ColorPlanes.bytes)
      try checkOrder(of: starts.map { (records[$0], records[$0 + 1]) }, file)
      let labels = starts.map { records[$0 + labelPosition] }
      try check(labels: labels, classes: classNames.count, file: file)
      var pixels: [UInt8] = []
      pixels.reserveCapacity(labels.count * ColorPlanes.bytes)
      for start in starts { ColorPlanes.append(records, at: start + 2, to: &pixels) }
      return ImageSet(
        pixels: pixels, labels: labels, height: ColorPlanes.extent, width: ColorPlanes.extent,
        channels: ColorPlanes.count)
    }
    return .images(
      name, title: title,
      PublishedImages(
        classNames: classNames, allowsFlip: true, training: 50_000, test: 10_000, extent: 32,
        channels: 3),
      subfolders: ["cifar-100-binary"],
      // The publisher gives the checksum of the tar file alone.
      files: [
        PublishedFile("train.bin", bytes: 153_700_000),
        PublishedFile("test.bin", bytes: 30_740_000),
      ],
      origin: "`mkdir -p data && curl -L https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz "
        + "| tar xz -C data`",
      read: { folder throws(DatasetError) in
        (
          train: try images("train.bin", folder, atMost: 50_000),
          test: try images("test.bin", folder, atMost: 10_000)
        )
      })
  }

  /// The names of `fine_label_names.txt`, in its order.
  private static let cifar100Classes = [
    "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
    "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
    "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup",
    "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house",
    "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man",
    "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
    "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy",
    "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal",
    "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar",
    "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
    "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman",
    "worm",
  ]

  /// The names of `coarse_label_names.txt`, in its order.
  private static let cifar100Superclasses = [
    "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables",
    "household_electrical_devices", "household_furniture", "insects", "large_carnivores",
    "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
    "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates", "people",
    "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
  ]

  /// The superclass of each class, in the order of the classes.
  ///
  /// Source: the table of the data set's page, https://www.cs.toronto.edu/~kriz/cifar.html.
  private static let cifar100SuperclassOfClass: [UInt8] = [
    4, 1, 14, 8, 0, 6, 7, 7, 18, 3, 3, 14, 9, 18, 7, 11, 3, 9, 7, 11, 6, 11, 5, 10, 7, 6, 13, 15,
    3, 15, 0, 11, 1, 10, 12, 14, 16, 9, 11, 5, 5, 19, 8, 8, 15, 13, 14, 17, 18, 10, 16, 4, 17, 4,
    2, 0, 17, 4, 18, 17, 10, 3, 2, 12, 12, 16, 12, 1, 9, 19, 2, 10, 0, 1, 16, 12, 9, 13, 15, 13,
    16, 19, 2, 4, 6, 19, 5, 5, 8, 19, 18, 1, 2, 15, 6, 0, 17, 8, 14, 13,
  ]

  /// Refuses a file that has class and superclass in the other order, as some converters write it:
  /// all records would be read as if there were 20 classes.
  ///
  /// It is noticed only where every record would be right that way and not all are as they stand.
  ///
  /// - Throws: `DatasetError` of problem `exchangedLabels`.
  private static func checkOrder(
    of labels: [(first: UInt8, second: UInt8)], _ file: DataFile
  ) throws(DatasetError) {
    func isPair(_ superclass: UInt8, _ fine: UInt8) -> Bool {
      fine < 100 && cifar100SuperclassOfClass[Int(fine)] == superclass
    }
    guard !labels.allSatisfy({ isPair($0.first, $0.second) }),
      labels.allSatisfy({ isPair($0.second, $0.first) })
    else { return }
    throw file.failure(.exchangedLabels(file.path))
  }
}
