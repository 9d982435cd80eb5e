/// A number for a text, by which accidental changes are noticed.
package enum TextDigest {
  /// `ContentDigest.mixed`, as 16 hexadecimal digits.
  package static func digest(_ text: String) -> String {
    hexadecimal(Array(text.utf8).withUnsafeBytes { ContentDigest.mixed($0) })
  }

  /// A number as 16 hexadecimal digits.
  package static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
