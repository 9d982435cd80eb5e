import Testing

@Suite("Imports and declared dependencies")
struct ImportTests {
  @Test("a target imports only what it declares")
  func undeclared() throws {
    let manifest = try PackageManifest.read()
    let modules = Set(manifest.targets.map(\.name))
    var places: [String] = []
    for target in manifest.targets {
      let declared = Set(target.dependencies.map(\.name)).union([target.name])
      for (place, module) in try imports(of: target)
      where modules.contains(module) && !declared.contains(module) {
        places.append("\(place): \(target.name) imports \(module)")
      }
    }
    expectNone(places, "imports that Package.swift does not declare")
  }

  @Test("a target declares only what it imports")
  func unused() throws {
    let manifest = try PackageManifest.read()
    // A test that runs the command needs it built, and imports nothing of it.
    let commands = Set(manifest.targets.filter { $0.type == "executable" }.map(\.name))
    var places: [String] = []
    for target in manifest.targets {
      let imported = Set(try imports(of: target).map(\.module))
      for name in target.dependencies.map(\.name)
      where !imported.contains(name) && !(target.type == "test" && commands.contains(name)) {
        places.append("\(target.name): \(name)")
      }
    }
    expectNone(places, "declared dependencies that are never imported")
  }

  @Test("an import is found behind attributes and access, of one declaration too")
  func finding() {
    let source = """
      import Tensors
      @testable import Autodiff
      internal import struct Networks.Phase
      // import Runs
      let text = "import Search"
      """
    #expect(imports(in: source).map(\.module) == ["Tensors", "Autodiff", "Networks"])
    #expect(imports(in: source).map(\.line) == [1, 2, 3])
  }

  /// The modules that a target's Swift files import, each with its place.
  private func imports(
    of target: PackageManifest.Target
  ) throws -> [(place: String, module: String)] {
    try Repository.files(in: [target.folder], extensions: ["swift"]).flatMap { file in
      imports(in: file.text).map { ("\(file.path):\($0.line)", $0.module) }
    }
  }

  /// The modules that a source imports, each with its line from 1.
  private func imports(in source: String) -> [(line: Int, module: String)] {
    let pattern =
      #/
      ^\s*(?:@\w+\s+|public\s+|package\s+|internal\s+|private\s+|fileprivate\s+)*
      import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)
      /#
    let lines = String(codeAlone(source)).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      line.firstMatch(of: pattern).map { (index + 1, String($0.1)) }
    }
  }
}
