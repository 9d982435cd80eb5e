import Datasets
import TestSupport
import Testing

@Suite struct DatasetReportTests {
  private func report(
    _ name: String, _ folder: TemporaryFolder, verify: Bool = true
  ) throws -> DatasetReport {
    try DatasetCatalog.builtIn.source(named: name).report(
      from: folder.locations, isVerifying: verify)
  }

  @Test func `absent, found, and with a file missing`() throws {
    let folder = try TemporaryFolder()
    for verify in [false, true] {
      let report = try report("mnist", folder, verify: verify)
      #expect(report.state == .absent && report.folder == nil && report.files.isEmpty)
    }
    try SmallDigits().write(to: folder)
    let found = try report("mnist", folder, verify: false)
    #expect(found.state == .found && found.folder == folder.path + "/mnist")
    #expect(found.files.count == 4)
    #expect(found.files.allSatisfy { $0.agreement == .unchecked && $0.digest == nil })
    let other = try TemporaryFolder()
    let path = try other.write(SmallDigits().trainImages, to: "mnist/train-images-idx3-ubyte")
    let incomplete = try report("mnist", other, verify: false)
    #expect(incomplete.state == .incomplete)
    #expect(incomplete.files.map(\.path) == [path, nil, nil, nil])
    guard case .damaged(let error) = try report("mnist", other).state else { throw Missing() }
    #expect(error.problem == .missingFile(other.path + "/mnist/train-labels-idx1-ubyte"))
  }

  @Test func `fewer images than were published are a part`() throws {
    let folder = try TemporaryFolder()
    try SmallDigits().write(to: folder)
    let report = try report("mnist", folder)
    #expect(report.state == .part(training: 6, test: 2))
    #expect(report.files.allSatisfy { $0.agreement == .otherSize })
    #expect(report.files.map(\.bytes) == [16 + 6 * 784, 8 + 6, 16 + 2 * 784, 8 + 2])
    var sum = MD5()
    sum.add(SmallDigits().trainLabels)
    #expect(report.files[1].digest == sum.hexadecimal)
  }

  @Test func `a test set of full length with other bytes is damaged`() throws {
    let folder = try TemporaryFolder()
    var digits = SmallDigits()
    digits.testImages = idx([10_000, 28, 28], [UInt8](repeating: 7, count: 10_000 * 784))
    digits.testLabels = idx([10_000], (0..<10_000).map { UInt8($0 % 10) })
    try digits.write(to: folder)
    let report = try report("mnist", folder)
    #expect(report.files.map(\.agreement) == [.otherSize, .otherSize, .differs, .differs])
    guard case .damaged(let error) = report.state,
      case .otherContents(let file, "2646ac647ad5339dbf082846283269ea", let found) = error.problem
    else { throw Missing() }
    #expect(file == folder.path + "/mnist/t10k-images-idx3-ubyte")
    #expect(found == report.files[2].digest)
  }

  @Test func `where no digest is published, length and contents are checked`() throws {
    let folder = try TemporaryFolder()
    let images = [UInt8](repeating: 3, count: 10_000 * 784)
    var digits = SmallDigits()
    digits.testImages = try gzip(idx([10_000, 28, 28], images))
    digits.testLabels = idx([10_000], (0..<10_000).map { UInt8($0 % 10) })
    try digits.write(to: folder, as: "kmnist")
    let report = try report("kmnist", folder)
    #expect(report.files.map(\.agreement) == [.otherSize, .otherSize, .sizeOnly, .sizeOnly])
    #expect(report.state == .part(training: 6, test: 10_000))
  }

  @Test func `damage is part of the report, with the file's name`() throws {
    let folder = try TemporaryFolder()
    var digits = SmallDigits()
    digits.testLabels = try gzip(idx([2], [2, 6]))
    digits.testLabels[20] ^= 0xFF
    try digits.write(to: folder)
    guard case .damaged(let error) = try report("mnist", folder).state else { throw Missing() }
    #expect(error.description.contains("t10k-labels-idx1-ubyte"))
    digits.testLabels = idx([2], [2, 11])
    try digits.write(to: folder)
    guard case .damaged(let label) = try report("mnist", folder).state else { throw Missing() }
    #expect(label.description.contains("label 11"))
  }
}
