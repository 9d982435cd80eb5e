import Testing

@Suite("Words that a layer must not say")
struct WordTests {
  /// The modules that may touch memory, threads and kernels.
  static let lowest: Set = ["CKernels", "Tensors"]

  /// A set of operations and published functions that users name; all other words that begin like
  /// them are kernels.
  static let namesOfUsers = ["grafs_extended", "\"grafs_gpt_"] + (1...4).map { "\"grafs_\($0)\"" }

  @Test("above Tensors nobody sees a pointer, a thread or a kernel")
  func machinery() throws {
    var places: [String] = []
    for file in try Repository.files(in: ["Sources"], extensions: ["swift", "c", "h"])
    where !Self.lowest.contains(file.module) {
      let text = Self.namesOfUsers.reduce(file.text) { $0.replacing($1, with: "") }
      for word in ["withPointers", "ThreadTeam", "grafs_"] {
        places += SourceFile(path: file.path, text: text).places(of: word)
          .map { "\($0): \(word)" }
      }
    }
    expectNone(places, "names of what belongs into Tensors or CKernels")
  }

  @Test("no name of what was replaced is left")
  func replaced() throws {
    // Written in two parts, so that this file does not find itself.
    let words = [
      "Image" + "Classifier", "Evaluation" + "Job", "Evaluated" + "Function",
      "Evaluation" + "Function",
    ]
    var places: [String] = []
    for file in try Repository.swift() {
      for word in words { places += file.places(of: word).map { "\($0): \(word)" } }
    }
    expectNone(places, "names of types that were replaced")
  }
}
