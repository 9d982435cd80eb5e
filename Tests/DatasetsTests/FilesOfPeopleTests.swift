import Datasets
import Foundation
import TestSupport
import Testing

/// Data as people have them: other names, other packings, other places than their authors'.
@Suite struct FilesOfPeopleTests {
  private func folder(_ files: [String: [UInt8]]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    for (name, bytes) in files {
      try? FileManager.default.removeItem(at: folder.file("mnist/\(name)"))
      try folder.write(bytes, to: "mnist/\(name)")
    }
    return folder
  }

  @Test(arguments: [1, 7, 100, 4700]) func `gzip files of several members are read`(
    size: Int
  ) throws {
    let plain = SmallDigits().trainImages
    let members = try stride(from: 0, to: plain.count, by: size).flatMap {
      try gzip(Array(plain[$0..<min($0 + size, plain.count)]))
    }
    let name = "train-images-idx3-ubyte"
    let whole = try SmallDigits().load()
    // An empty member and zeros up to a block's end do no harm: gzip passes over them too.
    for bytes in [members, try members + gzip([]), members + [UInt8](repeating: 0, count: 513)] {
      let folder = try folder([name: bytes])
      #expect(try images("mnist", from: folder.locations).train == whole.train)
    }
  }

  @Test func `members are checked each, and bytes between them are refused`() throws {
    let plain = SmallDigits().trainImages
    let halves = try [gzip(Array(plain[..<2000])), gzip(Array(plain[2000...]))]
    var damaged = halves[0]
    damaged[damaged.count - 8] ^= 1
    for (bytes, expected) in [
      (damaged + halves[1], "incorrect data check"),
      (halves[0] + [0, 0, 0] + halves[1], "other bytes follow its end"),
      (halves[0] + [0x1F], "other bytes follow its end"),
      (halves[0] + halves[1].dropLast(3), "it ends too early"),
    ] {
      let folder = try folder(["train-images-idx3-ubyte": bytes])
      let error = try failure { _ = try images("mnist", from: folder.locations) }
      guard case .damagedGzip(_, expected) = error.problem else {
        Issue.record("\(error) instead of \(expected)")
        continue
      }
    }
  }

  @Test(arguments: [
    "t10k-images.idx3-ubyte", "t10k-images.idx3-ubyte.gz",
    "t10k-images-idx3-ubyte/t10k-images-idx3-ubyte",
  ]) func `names with dots, and folders of a file's name, are known`(name: String) throws {
    let folder = try TemporaryFolder()
    let digits = SmallDigits()
    try digits.write(to: folder)
    try FileManager.default.removeItem(at: folder.file("mnist/t10k-images-idx3-ubyte"))
    try folder.write(
      name.hasSuffix(".gz") ? gzip(digits.testImages) : digits.testImages, to: "mnist/\(name)")
    #expect(try images("mnist", from: folder.locations).test == digits.load().test)
  }

  @Test(arguments: [
    "train-images.idx3-ubyte", "train-images-idx3-ubyte/train-images.idx3-ubyte",
    "train-images.idx3-ubyte.gz", "train-images-idx3-ubyte/train-images-idx3-ubyte.gz",
  ]) func `a folder of a file's name does not hide the file beside it or in it`(
    name: String
  ) throws {
    let folder = try TemporaryFolder()
    let digits = SmallDigits()
    try digits.write(to: folder)
    try FileManager.default.removeItem(at: folder.file("mnist/train-images-idx3-ubyte"))
    try folder.write([1], to: "mnist/train-images-idx3-ubyte/readme")
    try folder.write(
      name.hasSuffix(".gz") ? gzip(digits.trainImages) : digits.trainImages, to: "mnist/\(name)")
    #expect(try images("mnist", from: folder.locations).train == digits.load().train)
  }

  @Test(
    arguments: [
      (".xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz", "unxz"),
      (".zst", [0x28, 0xB5, 0x2F, 0xFD], "zstd", "unzstd"),
      (".zip", [0x50, 0x4B, 3, 4], "zip", "unzip"),
      (".bz2", Array("BZh91AY".utf8), "bzip2", "bunzip2"),
    ] as [(String, [UInt8], String, String)])
  func `other packings are named, with what unpacks them`(
    ending: String, bytes: [UInt8], title: String, program: String
  ) throws {
    let name = "t10k-labels-idx1-ubyte"
    let bytes = bytes + [UInt8](repeating: 7, count: 50)
    // Under its own name, and as the file itself.
    for (file, rest) in [(name + ending, ": \(program) "), (name, " with \(program)")] {
      let folder = try folder([:])
      try FileManager.default.removeItem(at: folder.file("mnist/\(name)"))
      try folder.write(bytes, to: "mnist/\(file)")
      let error = try failure { _ = try images("mnist", from: folder.locations) }
      #expect(
        error.description.hasPrefix(
          "\(folder.path)/mnist/\(file): wrong format, expected a plain file, or one packed by "
            + "gzip, found \(title); unpack it\(rest)"), "\(error)")
    }
    // Where nothing else is.
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "cifar-10-batches-bin/data_batch_1.bin\(ending)")
    let error = try failure { _ = try images("cifar10", from: folder.locations) }
    #expect(error.cure.contains("gzip, which alone is read; unpack it: \(program) \(folder.path)"))
  }

  @Test func `an archive that was not unpacked is pointed out`() throws {
    let folder = try TemporaryFolder()
    try folder.write([0x1F, 0x8B], to: "cifar-100-binary.tar.gz")
    let error = try failure { _ = try images("cifar100", from: folder.locations) }
    #expect(
      error.cure
        == "its archive is there, unpack it: tar xzf \(folder.path)/cifar-100-binary.tar.gz "
        + "-C \(folder.path)")
  }

  @Test func `packed files in the folder asked for are not passed over for another copy`() throws {
    let (mine, other) = (try TemporaryFolder(), try TemporaryFolder())
    try SmallDigits().write(to: other)
    try mine.write(Array("BZh91AY".utf8), to: "mnist/train-images-idx3-ubyte.bz2")
    let locations = DataLocations(
      option: mine.path, environment: [DataLocations.variable: other.path])
    let error = try failure { _ = try images("mnist", from: locations) }
    #expect(error.cure.contains("unpack it: bunzip2 \(mine.path)"), "\(error)")
    // A folder without any is passed over.
    try FileManager.default.removeItem(at: mine.file("mnist"))
    #expect(try images("mnist", from: locations).train.count > 0)
  }

  @Test func `a folder that is named twice is listed once`() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "sets/readme")
    let place = folder.path + "/sets"
    let locations = DataLocations(folders: [place, place + "/", folder.path + "/./sets", "nowhere"])
    let error = try failure { _ = try images("cifar10", from: locations) }
    #expect(
      error.problem
        == .notFound(title: "CIFAR-10", searched: [place, "nowhere (no such folder)"]))
  }

  @Test func `a folder is known by its real name, whatever the path or link that leads there`()
    throws
  {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("digits").path, withDestinationPath: "mnist")
    for path in ["mnist/.", "digits", "digits/", "./mnist/../mnist", "mnist/../digits"] {
      let locations = DataLocations(folders: ["\(folder.path)/\(path)"])
      #expect(try images("mnist", from: locations).train.count == 6, "\(path)")
    }
  }

  @Test func `what lies beside a folder that was searched is pointed out`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder, as: "fashion-mnist")
    try folder.write([], to: "mnist/readme")
    let locations = DataLocations(folders: [folder.path + "/mnist"])
    let error = try failure { _ = try images("fashion-mnist", from: locations) }
    #expect(error.problem == .notFound(title: "Fashion-MNIST", searched: [folder.path + "/mnist"]))
    #expect(
      error.cure == "it lies in \(folder.path)/fashion-mnist: give --data-dir \(folder.path)")
  }

  @Test func `CIFAR-100 with its labels exchanged is refused, for classes and superclasses`() throws
  {
    // Apple, worm, beaver, woman, with their superclasses.
    let labels: [(fine: UInt8, coarse: UInt8)] = [(0, 4), (99, 13), (4, 0), (98, 14)]
    func file(_ isExchanged: Bool) -> [UInt8] {
      labels.enumerated().flatMap { index, label in
        (isExchanged ? [label.fine, label.coarse] : [label.coarse, label.fine])
          + (0..<3072).map { scrambled(index * 3072 + $0) }
      }
    }
    for name in ["cifar100", "cifar100-coarse"] {
      for (train, test) in [(false, true), (true, false), (false, false)] {
        let folder = try TemporaryFolder()
        try folder.write(file(train), to: "cifar-100-binary/train.bin")
        try folder.write(file(test), to: "cifar-100-binary/test.bin")
        guard train || test else {
          #expect(try images(name, from: folder.locations).train.count == 4)
          continue
        }
        let error = try failure { _ = try images(name, from: folder.locations) }
        let wrong = "\(folder.path)/cifar-100-binary/\(train ? "train" : "test").bin"
        #expect(error.problem == .exchangedLabels(wrong))
      }
    }
  }

  @Test func `files whose names no other data set has are found in a folder of any name`() throws {
    let folder = try TemporaryFolder()
    for name in ["train.bin", "test.bin"] {
      let record: [UInt8] = [4, 0] + (0..<3072).map(scrambled)
      try folder.write(record, to: "pictures/\(name)")
    }
    let itself = DataLocations(folders: ["\(folder.path)/pictures/"])
    #expect(try images("cifar100", from: itself).folder == "\(folder.path)/pictures")
    // From the folder above, or one beside it, it is pointed out.
    try folder.write([], to: "other/readme")
    for place in [folder.path, folder.path + "/other"] {
      let locations = DataLocations(folders: [place])
      let error = try failure { _ = try images("cifar100-coarse", from: locations) }
      #expect(
        error.cure == "it lies in \(folder.path)/pictures: give --data-dir \(folder.path)/pictures")
    }
    // A part of the files does not tell.
    try FileManager.default.removeItem(at: folder.file("pictures/test.bin"))
    let error = try failure { _ = try images("cifar100", from: itself) }
    #expect(error.cure.hasPrefix("get it: "))
  }

  @Test func `files whose names others have, in a folder of any name, are asked about`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder, as: "digits")
    let locations = DataLocations(folders: [folder.path + "/digits"])
    let error = try failure { _ = try images("mnist", from: locations) }
    #expect(
      error.cure == "\(folder.path)/digits has files of such names, as other data sets have: if it "
        + "is MNIST, call the folder 'mnist', or make a link of that name to it")
  }

  @Test(arguments: [(60_001, 10_000, "train"), (60_000, 10_001, "t10k")])
  func `what has more examples than the data set is another one`(
    training: Int, test: Int, prefix: String
  ) throws {
    let folder = try TemporaryFolder()
    for (name, count) in [("train", training), ("t10k", test)] {
      try folder.write(
        zeros(idx([count, 28, 28], []), count: count * 784), to: "mnist/\(name)-images-idx3-ubyte")
      try folder.write(
        idx([count], [UInt8](repeating: 0, count: count)), to: "mnist/\(name)-labels-idx1-ubyte")
    }
    let error = try failure { _ = try images("mnist", from: folder.locations) }
    let (found, most) = prefix == "train" ? (training, 60_000) : (test, 10_000)
    #expect(
      error.problem
        == .tooManyExamples(
          "\(folder.path)/mnist/\(prefix)-images-idx3-ubyte", found: found, most: most,
          title: "MNIST"))
    #expect(error.description.contains("has \(found) examples, while MNIST has \(most) of them"))
  }

  private static let clothes = "/usr/share/datasets/fashion-mnist"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: clothes), "no Fashion-MNIST here"))
  func `a folder of any name is known by its labels`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("things").path, withDestinationPath: "clothes")
    try FileManager.default.copyItem(
      atPath: Self.clothes, toPath: folder.file("clothes").path)
    for name in ["things", "clothes"] {
      let locations = DataLocations(folders: ["\(folder.path)/\(name)"])
      let report = try DatasetCatalog.builtIn.source(named: "fashion-mnist")
        .report(from: locations, isVerifying: false)
      #expect(report.folder == "\(folder.path)/\(name)")
      let other = try failure { _ = try images("mnist", from: locations) }
      #expect(other.problem == .notFound(title: "MNIST", searched: locations.folders))
    }
    let above = DataLocations(folders: [folder.path])
    let error = try failure { _ = try images("fashion-mnist", from: above) }
    #expect(
      error.cure == "it lies in \(folder.path)/clothes: give --data-dir \(folder.path)/clothes")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: clothes), "no Fashion-MNIST here"))
  func `Fashion-MNIST in MNIST's folder is called so`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("mnist").path, withDestinationPath: Self.clothes)
    let error = try failure { _ = try images("mnist", from: folder.locations) }
    guard case .otherDataset(_, title: "Fashion-MNIST") = error.problem else { throw error }
    #expect(error.description.contains("mnist/train-labels-idx1-ubyte"))
    // `data` says the same.
    let source = try DatasetCatalog.builtIn.source(named: "mnist")
    let report = try source.report(from: folder.locations, isVerifying: true)
    #expect(report.state == .damaged(error))
  }
}
