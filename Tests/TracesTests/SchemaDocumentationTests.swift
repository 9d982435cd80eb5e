import CHDF5
import Foundation
import TestSupport
import Testing
import Traces

@Suite("Documentation of the schema")
struct SchemaDocumentationTests {
  private let text: String

  init() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    text = try String(contentsOf: root.appendingPathComponent("docs/trace.md"), encoding: .utf8)
  }

  @Test("docs/trace.md names the version that files have")
  func version() throws {
    let sentence = try #require(text.firstMatch(of: #/`grafs-trace`,\s+version\s+(\d+)/#))
    #expect(UInt64(sentence.1) == TraceFile.version)
  }

  /// The datasets that the tables name, such as `/alpha/<slot>`, and `/configuration`.
  private var documented: Set<String> {
    var paths: Set<String> = ["/configuration"]
    for row in text.split(separator: "\n") where row.hasPrefix("| `/") {
      var group = ""
      for name in row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map({ String($0.1) }) {
        if name.hasPrefix("/") {
          group = String(name[...(name.lastIndex(of: "/") ?? name.startIndex)])
        }
        paths.insert(name.hasPrefix("/") ? name : group + name)
      }
    }
    return paths
  }

  @Test("docs/trace.md names every attribute of the root and every dataset of both kinds of search")
  func objects() throws {
    let folder = try TemporaryFolder()
    let slots = [
      Trajectory.Slot(name: "u0", operations: ["relu", "sin"], learnable: ["sin"]),
      Trajectory.Slot(name: "b0", operations: ["add"]),
    ]
    var trajectory = Trajectory(slots: slots, curvePoints: [0, 1])
    trajectory.append(Trajectory.Plugged(function: "relu", loss: 1))
    var relaxed = Trace(
      header: .init(seed: 1), configuration: "", record: .relaxed(trajectory))
    relaxed.race = RaceHistory(metric: "accuracy")
    let documented = documented
    let sentence = try #require(text.firstMatch(of: #/Attributes of `/`:[^.]+\./#)).0
    var found: Set<String> = []
    for trace in [relaxed, CandidateTests.trace(CandidateTests.history())] {
      try TraceFile.publish(trace, to: folder.file())
      let file = try Contents(folder.file())
      for name in file.attributes { #expect(sentence.contains("`\(name)`"), "attribute \(name)") }
      for path in file.datasets {
        let general = path.replacing(/\b(u0|b0)\b/, with: "<slot>")
          .replacing(/\b(u0|b0)_operation/, with: "<slot>_operation")
          .replacing(/\/(relu|sin|add)$/, with: "/<operation>")
        // Each group of slots opens alone: the scales are linked into it.
        let isLink = general.wholeMatch(
          of: #/\/(alpha|concentration|weights|mask|beta)(\/<slot>)?\/(step|<slot>_operation)/#)
        if isLink == nil { #expect(documented.contains(general), "\(path)") }
        found.insert(general)
      }
    }
    #expect(documented.subtracting(found) == [], "only in docs/trace.md")
  }

  /// What a file holds.
  private struct Contents {
    var datasets: [String] = []
    var attributes: [String] = []

    init(_ url: URL) throws {
      let none = chdf5_default_properties()
      self = try HDF5Library.withExclusiveAccess {
        var contents = Contents()
        let file = H5Fopen(url.path, chdf5_read_only(), none)
        try #require(file >= 0)
        defer { H5Fclose(file) }
        try contents.visit(file, path: "")
        let root = H5Oopen(file, "/", none)
        defer { H5Oclose(root) }
        for index in 0..<H5Aget_num_attrs(root) {
          let attribute = H5Aopen_by_idx(
            file, ".", H5_INDEX_NAME, H5_ITER_INC, hsize_t(index), none, none)
          defer { H5Aclose(attribute) }
          contents.attributes.append(
            try Self.name { H5Aget_name(attribute, $1, $0) })
        }
        return contents
      }
    }

    private init() {}

    private mutating func visit(_ group: hid_t, path: String) throws {
      let none = chdf5_default_properties()
      var info = H5G_info_t()
      try #require(H5Gget_info(group, &info) >= 0)
      for index in 0..<info.nlinks {
        let name = try Self.name {
          H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, index, $0, $1, none)
        }
        let object = H5Oopen(group, name, none)
        defer { H5Oclose(object) }
        if H5Iget_type(object) == H5I_GROUP {
          try visit(object, path: "\(path)/\(name)")
        } else {
          datasets.append("\(path)/\(name)")
        }
      }
    }

    private static func name(
      _ read: (UnsafeMutablePointer<CChar>?, Int) -> Int
    ) throws -> String {
      var bytes = [CChar](repeating: 0, count: 256)
      let count = bytes.withUnsafeMutableBufferPointer { read($0.baseAddress, $0.count) }
      try #require(count > 0 && count < bytes.count)
      return String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }
}
