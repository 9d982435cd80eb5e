import Files
import Foundation
import Testing

@Suite("JSON with a checksum")
struct ChecksummedJSONTests {
  private struct Facts: Codable, Hashable {
    var firstName = "a \"quoted\" text with \"checksum\" : \"\" in it"
    var numbers = [1.5, -2]
    var digest = "0123456789abcdef"
  }

  @Test("a file is read back, and says that it has one")
  func whole() throws {
    let json = try ChecksummedJSON.data(Facts())
    #expect(try ChecksummedJSON.check(json))
    #expect(try SortedJSON.value(Facts.self, from: json) == Facts())
    let keys = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any]).keys
    #expect(Set(keys) == ["checksum", "digest", "first_name", "numbers"])
  }

  @Test("every changed, lost or added byte is noticed")
  func everyByte() throws {
    let json = try ChecksummedJSON.data(Facts())
    for position in json.indices {
      // Another letter or digit; of a space a tab, which is still JSON.
      let byte = json[position]
      for other in [byte ^ 1, byte ^ 32, UInt8(ascii: "\t")] where other != byte {
        var changed = json
        changed[position] = other
        #expect(!isWhole(changed), "byte \(position) as \(other)")
      }
      var shorter = json
      shorter.remove(at: position)
      #expect(!isWhole(shorter), "without byte \(position)")
    }
    #expect(!isWhole(json + Data(" ".utf8)))
  }

  @Test("a file of a version without checksums has none, and is not called damaged")
  func earlier() throws {
    #expect(try !ChecksummedJSON.check(Data("{\"seed\" : 3, \"name\" : \"relu\"}".utf8)))
    #expect(try !ChecksummedJSON.check(Data("[]".utf8)))
  }

  /// Whether a file would be taken: JSON whose checksum is there and right.
  private func isWhole(_ json: Data) -> Bool { (try? ChecksummedJSON.check(json)) == true }
}
