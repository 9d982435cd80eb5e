import Files
import Foundation
import TestSupport
import Testing

@Suite("Where output goes")
struct OutputTargetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.file(name).path }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).withUnsafeBytes { try AtomicFile.write($0, to: path(name)) }
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: target)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.file(name)), as: UTF8.self)
  }

  private func isLink(_ name: String) throws -> Bool {
    try FileManager.default.attributesOfItem(atPath: path(name))[.type] as? FileAttributeType
      == .typeSymbolicLink
  }

  @Test("a file behind links is replaced, and the links stay")
  func links() throws {
    try folder.write(Array("old".utf8), to: "far/away/file")
    try link("absolute", to: path("far/away/file"))
    try link("relative", to: "far/away/file")
    try link("far/up", to: "../relative")
    try link("chain", to: "far/up")
    try link("folder", to: "far/away")
    for name in ["absolute", "relative", "chain", "far/up", "folder/file"] {
      try write(name, to: name)
      #expect(try text("far/away/file") == name)
    }
    for name in ["absolute", "relative", "chain", "far/up", "folder"] {
      #expect(try isLink(name), "\(name)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("far/away")) == ["file"])
  }

  @Test("a link that leads nowhere makes the file, where there is its folder")
  func danglingLinks() throws {
    try folder.write([], to: "there/other")
    try link("new", to: "there/new")
    try write("made", to: "new")
    #expect(try text("there/new") == "made" && isLink("new"))
    try link("lost", to: "nowhere/new")
    let error = #expect(throws: UnwritableFile.self) { try write("lost", to: "lost") }
    #expect(error == UnwritableFile(file: path("lost"), reason: "No such file or directory"))
    #expect(try isLink("lost"))
  }

  @Test("links in a circle, an empty name, a folder and a name that ends as one are refused")
  func refusals() throws {
    try link("a", to: "b")
    try link("b", to: "a")
    try folder.write([], to: "folder/file")
    try link("to-folder", to: "folder")
    for (name, reason) in [
      ("a", "Too many levels of symbolic links"), ("folder", "Is a directory"),
      ("to-folder", "Is a directory"), ("new", "No such file or directory"),
    ] {
      let place = path(name) + (name == "new" ? "/" : "")
      let error = #expect(throws: UnwritableFile.self) {
        try Data([1]).withUnsafeBytes { try AtomicFile.write($0, to: place) }
      }
      #expect(error == UnwritableFile(file: place, reason: reason))
    }
    #expect(throws: UnwritableFile(file: "", reason: "it names no file")) {
      try Data([1]).withUnsafeBytes { try AtomicFile.write($0, to: "") }
    }
    #expect(try folder.names == ["a", "b", "folder", "to-folder"])
  }

  @Test("where the system gives this process no more, its limit is the cure, and not room")
  func limits() {
    func cure(_ reason: String, _ other: String) -> String {
      RunError(UnwritableFile(file: "a", reason: reason), cure: other).cure
    }
    let (folder, later) = ("make room or give another folder", "make room, then go on")
    for code in [EMFILE, ENFILE] {
      let reason = String(cString: strerror(code))
      #expect(cure(reason, folder) == "raise the limit of open files (ulimit -n)")
      #expect(cure(reason, later) == "raise the limit of open files (ulimit -n), then go on")
    }
    let large = String(cString: strerror(EFBIG))
    let limit = "raise the limit of the size of files (ulimit -f)"
    #expect(cure(large, folder) == "\(limit) or give another folder")
    #expect(cure(large, later) == "\(limit), then go on")
    #expect(cure(large, "give another file") == "\(limit), or give another file")
    #expect(cure("No space left on device", later) == later)
  }

  @Test("a named pipe gets the bytes, also behind a link, and stays one")
  func namedPipe() throws {
    try #require(mkfifo(path("pipe"), 0o600) == 0)
    try link("link", to: "pipe")
    // More than a pipe holds, so that it is written while it is read.
    let text = String(repeating: "0123456789", count: 30_000)
    let reader = Process()
    reader.executableURL = URL(fileURLWithPath: "/bin/sh")
    reader.arguments = ["-c", "cat pipe > read"]
    reader.currentDirectoryURL = folder.url
    try reader.run()
    try write(text, to: "link")
    reader.waitUntilExit()
    let isSame = try self.text("read") == text
    #expect(isSame)
    var status = stat()
    try #require(lstat(path("pipe"), &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFIFO)
    #expect(try folder.names == ["link", "pipe", "read"])
  }

  @Test("devices are written, never replaced; a full one is an error")
  func devices() throws {
    for (name, reason) in [("null", nil), ("full", "No space left on device")] {
      try link(name, to: "/dev/\(name)")
      guard let reason else {
        try write("gone", to: name)
        continue
      }
      let error = #expect(throws: UnwritableFile.self) { try write("too much", to: name) }
      #expect(error == UnwritableFile(file: path(name), reason: reason))
    }
    #expect(try folder.names == ["full", "null"])
    var status = stat()
    try #require(stat("/dev/null", &status) == 0)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("what is open already is written on from where it stands")
  func descriptors() throws {
    try folder.write(Array("before ".utf8), to: "open")
    let descriptor = open(path("open"), O_WRONLY | O_APPEND)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    for name in ["/dev/fd/\(descriptor)", "/proc/self/fd/\(descriptor)"] {
      try Data("x".utf8).withUnsafeBytes { try AtomicFile.write($0, to: name) }
    }
    #expect(try text("open") == "before xx")
    #expect(try folder.names == ["open"])
  }

  @Test("folders for output: what cannot be made is said, and nothing is left")
  func folders() throws {
    try folder.write([1], to: "file")
    try folder.write([1], to: "run/trace.h5")
    try link("lost", to: "nowhere")
    try link("good", to: "run")
    for name in ["run", "good", "new", "new/and/deep", "good/new", "run/../new"] {
      try OutputFolder.check(URL(fileURLWithPath: path(name)))
    }
    for (name, expected) in [
      ("file", "is a file"), ("file/below", "cannot be made or emptied (Not a directory)"),
      ("lost", "is a link that leads nowhere"), ("lost/run", "lies behind a link"),
    ] {
      let error = #expect(throws: RunError.self) {
        try OutputFolder.check(URL(fileURLWithPath: path(name)))
      }
      #expect(error?.problem.hasPrefix("\(path(name)): \(expected)") == true, "\(name)")
      #expect(error?.cure.contains("--output") == true)
    }
    #expect(try folder.names == ["file", "good", "lost", "run"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("run")) == ["trace.h5"])
  }
}

@Suite("Parts of paths")
struct FilePathTests {
  @Test(
    "the folder of a path",
    arguments: [
      ("a", ""), ("", ""), ("/", "/"), (".", ""), ("a/", ""), ("/a", "/"), ("a/b", "a"),
      ("a//b//", "a"), ("//a", "/"), ("./d", "."), ("/a/b.c", "/a"), ("ä/é", "ä"), ("../x", ".."),
    ])
  func folder(path: String, folder: String) {
    #expect(FilePath.folder(of: path) == folder)
  }
}
