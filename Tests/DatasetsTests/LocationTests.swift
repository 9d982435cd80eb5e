import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct LocationTests {
  @Test func `folders are searched in the documented order`() {
    let all = DataLocations(option: "here", environment: ["GRAFS_DATA": "there"])
    #expect(all.folders == ["here", "there", "data", "/usr/share/datasets"])
    let none = DataLocations(environment: ["GRAFS_DATA": ""])
    #expect(none.folders == ["data", "/usr/share/datasets"])
  }

  @Test func `the first folder that has the data set serves`() throws {
    let first = try TemporaryFolder()
    let second = try TemporaryFolder()
    try SmallDigits().write(to: second)
    let locations = DataLocations(folders: [first.path, second.path])
    #expect(
      try images("mnist", from: locations).folder == second.path + "/mnist")
    // An empty folder of that name does not count.
    try FileManager.default.createDirectory(
      atPath: first.path + "/mnist", withIntermediateDirectories: true)
    #expect(
      try images("mnist", from: locations).folder == second.path + "/mnist")
    try SmallDigits().write(to: first)
    #expect(
      try images("mnist", from: locations).folder == first.path + "/mnist")
  }

  @Test func `a location may be the data set's own folder, by name`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder, as: "fashion-mnist")
    let itself = DataLocations(folders: [folder.path + "/fashion-mnist/"])
    #expect(try images("fashion-mnist", from: itself).name == "fashion-mnist")
    // The same file names, yet not MNIST.
    let error = try failure { _ = try images("mnist", from: itself) }
    guard case .notFound("MNIST", _) = error.problem else { throw error }
  }

  @Test func `torchvision's folders are known`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder, as: "FashionMNIST/raw")
    #expect(
      try images("fashion-mnist", from: folder.locations).title == "Fashion-MNIST")
  }

  @Test(arguments: [
    ("fashion-mnist", "`apt-get install dataset-fashion-mnist`"),
    ("cifar10", "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
    ("mnist", "data/mnist"),
  ]) func `what is nowhere is told with where it was searched and how to get it`(
    name: String, origin: String
  ) throws {
    let folder = try TemporaryFolder()
    let locations = DataLocations(folders: [folder.path, folder.path + "/absent"])
    let error = try failure { _ = try images(name, from: locations) }
    guard case .notFound(_, let searched) = error.problem else { throw error }
    #expect(searched == [folder.path, folder.path + "/absent (no such folder)"])
    #expect(error.description.contains(folder.path) && error.description.contains(origin))
  }

  @Test func `a folder asked for by option must be there`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    let locations = DataLocations(
      option: folder.path + "/absent", environment: ["GRAFS_DATA": folder.path])
    let error = try failure { _ = try images("mnist", from: locations) }
    #expect(error.problem == .missingFolder(folder.path + "/absent"))
    // One that is there without the data set lets the others serve.
    let others = DataLocations(
      option: folder.path + "/mnist/..", environment: ["GRAFS_DATA": folder.path])
    #expect(try images("mnist", from: others).test.count == 2)
  }

  @Test func `a folder, a pipe or an unreadable thing in place of a file is named`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    let path = folder.path + "/mnist/train-labels-idx1-ubyte"
    let manager = FileManager.default

    try manager.removeItem(atPath: path)
    try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
    var error = try failure { _ = try images("mnist", from: folder.locations) }
    #expect(error.problem == .notAFile(path, found: "a folder"))
    #expect(error.description.contains(path))

    try manager.removeItem(atPath: path)
    try #require(mkfifo(path, 0o600) == 0)
    error = try failure { _ = try images("mnist", from: folder.locations) }
    #expect(error.problem == .notAFile(path, found: "a pipe or device"))

    // A link to itself cannot be opened by anybody, root included.
    try manager.removeItem(atPath: path)
    try manager.createSymbolicLink(atPath: path, withDestinationPath: path)
    error = try failure { _ = try images("mnist", from: folder.locations) }
    guard case .unreadable(path, _) = error.problem else { throw error }
    #expect(error.description.contains(path))
  }

  @Test(.enabled(if: geteuid() != 0, "root may read everything"))
  func `a file without permission is named`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    let path = folder.path + "/mnist/t10k-labels-idx1-ubyte"
    try #require(chmod(path, 0) == 0)
    let error = try failure { _ = try images("mnist", from: folder.locations) }
    #expect(error.problem == .unreadable(path, reason: "Permission denied"))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mem"), "no /proc here"))
  func `a file that fails while it is read is named`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    let path = folder.path + "/mnist/t10k-labels-idx1-ubyte"
    try FileManager.default.removeItem(atPath: path)
    // The process's memory has nothing at address 0.
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: "/proc/self/mem")
    let error = try failure { _ = try images("mnist", from: folder.locations) }
    #expect(error.problem == .unreadable(path, reason: "Input/output error"))
  }

  @Test(arguments: [
    ("CIFAR-10", "cifar10"), ("cifra10", "cifar10"), ("mnits", "mnist"),
    ("fashionmnist", "fashion-mnist"), ("fashion", "fashion-mnist"), ("cifar", "cifar10"),
    ("cifar-100", "cifar100"), ("shvn", "svhn"), ("emnist-letter", "emnist-letters"),
    ("imagenet", nil), ("c", nil), ("", nil),
  ]) func `an unknown name gets the nearest one`(written: String, meant: String?) throws {
    let error = try failure { _ = try images(written) }
    #expect(error.problem == .unknownName(written))
    let cure =
      meant.map { "did you mean '\($0)'?" }
      ?? "there are: fashion-mnist, cifar10, cifar100, cifar100-coarse, svhn, mnist, kmnist, "
      + "emnist, emnist-digits, emnist-letters"
    #expect(error.description == "there is no data set '\(written)'; \(cure)")
  }

  @Test func `the table is consistent`() throws {
    let names = DatasetCatalog.builtIn.names
    #expect(Set(names).count == names.count)
    #expect(DatasetCatalog.defaultName == "fashion-mnist")
    for source in DatasetCatalog.builtIn.sources {
      #expect(try DatasetCatalog.builtIn.source(named: source.name).title == source.title)
      #expect(source.contents.classNames.count >= 10)
      #expect(Set(source.contents.classNames).count == source.contents.classNames.count)
      #expect(!source.files.isEmpty && !source.subfolders.isEmpty && !source.origin.isEmpty)
    }
  }
}
