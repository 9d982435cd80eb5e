import Foundation
import TestSupport
import Testing

/// Files and folders that the user may not read or write: they are neither missing nor damaged.
@Suite("Permissions")
struct PermissionTests {
  /// What may not be touched, with which rights it has, and a command that needs it.
  struct Case: Sendable {
    let path: String
    var rights = 0
    let command: String
    /// Where data sets lie.
    var data = "sets"
  }

  private static let tiny =
    "search lenet5 --threads 1 --epochs 1 --train-images 32 "
    + "--batch-size 8 --data-dir sets --quiet --output free/run"

  static let cases = [
    Case(path: "sets/fashion-mnist/t10k-labels-idx1-ubyte", command: tiny),
    Case(path: "sets/fashion-mnist", command: tiny),
    Case(path: "sets", command: tiny),
    Case(path: "sets/fashion-mnist/train-images-idx3-ubyte", command: "data fashion-mnist"),
    Case(path: "sets/mnist", command: "data mnist --data-dir sets"),
    Case(
      path: "digits/t10k-labels-idx1-ubyte", command: "data mnist --data-dir digits",
      data: "digits"),
    Case(path: "digits", command: "data mnist --data-dir digits", data: "digits"),
    Case(path: "c.yaml", command: tiny + " --config c.yaml"),
    Case(path: "c.yaml", command: "evaluate relu --config c.yaml"),
    Case(path: "run", command: "inspect run"),
    Case(path: "run", command: "export run --to c"),
    Case(path: "run", command: "evaluate run --data-dir sets"),
    Case(path: "run", command: "search --resume run --data-dir sets"),
    Case(path: "run/trace.h5", command: "inspect run"),
    Case(path: "run/trace.h5", command: "inspect run/trace.h5 --json"),
    Case(path: "run/trace.h5", command: "inspect run --follow"),
    Case(path: "run/result.json", command: "export run --to c"),
    Case(path: "run/config.yaml", command: "search --resume run --data-dir sets"),
    Case(path: "run/result.json", command: "search --resume run --data-dir sets"),
    Case(
      path: "shut", rights: 0o555,
      command: tiny.replacingOccurrences(of: "free/run", with: "shut/run")
    ),
    Case(
      path: "shut", rights: 0o555,
      command: tiny.replacingOccurrences(of: "free/run", with: "shut/run --dry-run")),
    Case(path: "shut", rights: 0o555, command: "inspect run --report shut/a.html"),
    Case(path: "shut", rights: 0o555, command: "export relu --to c --output shut/a.c"),
    Case(path: "shut", rights: 0o555, command: "evaluate relu --data-dir sets --output shut"),
    Case(path: "shut", rights: 0o555, command: "evaluate relu --data-dir sets --csv shut/a.csv"),
    Case(
      path: "shut", rights: 0o555,
      command: "evaluate relu --data-dir sets --output shut --dry-run"),
  ]

  /// Root may read everything, so that root's command runs as nobody.
  private static let isRoot = geteuid() == 0

  @Test(
    "that are lacking are said, in one line that names the file",
    .enabled(
      if: !isRoot || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv"),
      "the superuser needs setpriv for this test"))
  func denied() throws {
    let fixture = try SearchFixture()
    _ = try fixture.saved(["--no-compare", "lenet5"])
    try fixture.folder.write(Array("epochs: 1\n".utf8), to: "c.yaml")
    try FileManager.default.createDirectory(
      at: fixture.folder.file("shut"), withIntermediateDirectories: false)
    // Not its usual name: only what its files hold could tell what it is.
    try FileManager.default.copyItem(
      atPath: fixture.folder.file("sets/mnist").path, toPath: fixture.folder.file("digits").path)
    // A place for runs, so that it is not their folder which is refused.
    let free = fixture.folder.file("free")
    try FileManager.default.createDirectory(at: free, withIntermediateDirectories: false)
    try #require(chmod(free.path, 0o777) == 0)
    // Where nobody can reach it.
    let command = fixture.folder.file("command").path
    try FileManager.default.copyItem(atPath: BuiltCommand.path.path, toPath: command)
    for item in Self.cases {
      let path = fixture.folder.file(item.path).path
      var status = stat()
      try #require(stat(path, &status) == 0)
      try #require(chmod(path, mode_t(item.rights)) == 0)
      defer { chmod(path, status.st_mode & 0o777) }
      let user = Self.isRoot ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : ""
      let run = try BuiltCommand(
        shell: "GRAFS_DATA=\(item.data) \(user)./command \(item.command)", in: fixture.folder)
      let remark: Comment = "\(item): \(run.errors)"
      #expect(run.status == 1 && run.errorLines.count == 2, remark)
      #expect(run.errors.contains("Permission denied"), remark)
      // A configuration is named with its option.
      let cure =
        item.path == "c.yaml" ? "a readable YAML file" : "give yourself the right to read it"
      #expect(item.rights != 0 || run.errors.contains(cure), remark)
      #expect(!run.errors.contains("get it") && !run.errors.contains("amaged"), remark)
      #expect(!run.errors.contains("no such") && !run.errors.contains("emove"), remark)
    }
    // What others may not read beside the folder asked for says nothing of it.
    try #require(chmod(fixture.folder.file("digits/t10k-labels-idx1-ubyte").path, 0) == 0)
    let user = Self.isRoot ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : ""
    let beside = try BuiltCommand(
      shell: "GRAFS_DATA= \(user)./command data mnist --data-dir free", in: fixture.folder)
    #expect(beside.status == 1 && beside.errors.contains("get it"), "\(beside.errors)")
    #expect(!beside.errors.contains("digits"), "\(beside.errors)")
    #expect(
      try fixture.folder.names
        == ["c.yaml", "command", "digits", "free", "run", "sets", "shut"])
  }
}
