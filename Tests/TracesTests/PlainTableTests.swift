import Files
import Foundation
import TestSupport
import Testing
import Traces

@Suite("Plain tables")
struct PlainTableTests {
  private let table = PlainTable(
    name: "rows",
    columns: [
      .texts("name", ["plain", "a, b", "say \"x\"", "σ"]), .integers("count", [1, -2, 3, .max]),
      .unsigned("seed", [0, 1, 2, .max]),
      .numbers("value", [0.1, .nan, -1e-300, 1]),
    ])

  @Test("as CSV")
  func csv() {
    #expect(
      table.csv == """
        name,count,seed,value
        plain,1,0,0.1
        "a, b",-2,1,
        "say ""x\""",3,2,-1e-300
        σ,9223372036854775807,18446744073709551615,1.0

        """)
  }

  @Test("as HDF5: the same bytes each time, and an error where it cannot be written")
  func hdf5() throws {
    let folder = try TemporaryFolder()
    for name in ["a.h5", "b.h5"] {
      try PlainTable.publish([table], attributes: [("schema", "test")], to: folder.file(name))
    }
    let bytes = try Data(contentsOf: folder.file("a.h5"))
    #expect(try bytes == Data(contentsOf: folder.file("b.h5")) && bytes.count > 1000)
    #expect(try folder.names == ["a.h5", "b.h5"])
    #expect(throws: UnwritableFile.self) {
      try PlainTable.publish([table], attributes: [], to: folder.file("nowhere/a.h5"))
    }
  }

  @Test("have columns of one length")
  func lengths() async {
    await #expect(processExitsWith: .failure) {
      _ = PlainTable(name: "t", columns: [.integers("a", [1]), .integers("b", [])])
    }
  }
}
