import Foundation

/// What `Package.swift` says, as `swift package dump-package` prints it.
struct PackageManifest: Decodable {
  /// Products in the manifest's order.
  let products: [Product]

  /// Targets in the manifest's order.
  let targets: [Target]

  /// What other packages can use.
  struct Product: Decodable {
    /// Its name and the targets in it.
    let name: String, targets: [String]

    /// One key, the kind of product, such as `library` or `executable`.
    let type: [String: [String]?]
  }

  /// A module.
  struct Target: Decodable {
    /// Its name and its kind, such as `regular`, `test` or `system`.
    let name: String, type: String

    /// The path from the root, where it is not the usual one.
    let path: String?

    /// What it says it imports.
    let dependencies: [Dependency]

    /// The folder of its sources, from the root.
    var folder: String { path ?? (type == "test" ? "Tests/" : "Sources/") + name }
  }

  /// A module or a product of another package that a target uses.
  struct Dependency: Decodable {
    /// Its name.
    let name: String

    init(from decoder: any Decoder) throws {
      // `{"byName": ["Tensors", null]}` or `{"product": ["Yams", "Yams", null, null]}`.
      let fields = try decoder.singleValueContainer().decode([String: [Part?]].self)
      guard let first = fields.values.first?.first, let name = first?.text else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "a dependency without a name"))
      }
      self.name = name
    }

    /// A name, or something else that is not looked at.
    private struct Part: Decodable {
      let text: String?
      init(from decoder: any Decoder) throws {
        text = try? decoder.singleValueContainer().decode(String.self)
      }
    }
  }

  /// The modules of the products that are libraries.
  var libraryModules: [String] {
    products.filter { $0.type.keys.contains("library") }.flatMap(\.targets)
  }

  /// Reads the manifest of this repository.
  ///
  /// - Throws: If `swift package` fails, or prints something else.
  static func read() throws -> PackageManifest {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("house-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // In a folder of its own: the test's parent may hold the lock of the usual one.
    process.arguments = [
      "swift", "package", "--package-path", Repository.root.path, "--scratch-path", scratch.path,
      "dump-package",
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ManifestError(status: process.terminationStatus)
    }
    return try JSONDecoder().decode(PackageManifest.self, from: data)
  }
}

/// `swift package dump-package` has failed; what it said stands on standard error.
struct ManifestError: Error, CustomStringConvertible {
  /// Its exit status.
  let status: Int32

  var description: String { "swift package dump-package: exit status \(status)" }
}
