import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct MD5Tests {
  /// RFC 1321, A.5.
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
    ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
    (
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
      "d174ab98d277d9f5a5611c2c9f419d9f"
    ),
    (
      "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
      "57edf4a22be3c955ac49da2e2107b67a"
    ),
  ]) func `published vectors`(text: String, digest: String) {
    var sum = MD5()
    sum.add(Array(text.utf8))
    #expect(sum.hexadecimal == digest)
  }

  /// Lengths around the ends of blocks, where the padding changes, in pieces of several sizes.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/md5sum")))
  func `the same as md5sum, however the bytes come`() throws {
    let folder = try TemporaryFolder()
    let lengths = [1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000, 100_003]
    let names = try lengths.map { length in
      try folder.write((0..<length).map(scrambled), to: "\(length)")
    }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/md5sum")
    process.arguments = names
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let expected = output.split(separator: "\n").map { String($0.prefix(32)) }
    try #require(expected.count == lengths.count)
    for (length, digest) in zip(lengths, expected) {
      for step in [1, 63, 64, 100, length] where length < 2000 || step >= 63 {
        var sum = MD5()
        for start in stride(from: 0, to: length, by: step) {
          sum.add((start..<min(length, start + step)).map(scrambled))
        }
        #expect(sum.hexadecimal == digest, "\(length) bytes, \(step) at a time")
      }
    }
  }
}
