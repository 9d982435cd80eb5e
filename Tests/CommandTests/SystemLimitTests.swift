import Foundation
import TestSupport
import Testing
import Traces

/// What the system does not give: one line and a status, or it works; never a trap, and no hanging.
@Suite("Limits of the system", .timeLimit(.minutes(10)))
struct SystemLimitTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  private static let options = SearchFixture.tiny.joined(separator: " ")
  private static let training = SearchFixture.training.joined(separator: " ")

  /// Commands that read, compute and start processes, each of which may be run again and again.
  private static let commands = [
    "search \(options) --output run --force",
    "search \(options) --method random --set budget=2 --jobs 2 --output jobs --force",
    "search \(options) --seeds 2 --jobs 2 --output seeds --force",
    "evaluate silu --network lenet5 \(training) --learning-rate 0.001 --seeds 1 --jobs 2 "
      + "--baselines none --output evaluation",
    "search \(options) --dry-run", "inspect found", "inspect found --report page.html --force",
    "export found --to c", "data --data-dir sets", "primitives",
  ]

  /// Expects a command of the shell to succeed, or to end with lines that say why: one for each
  /// process, before which Foundation may say one of its own of files.
  private func expectWord(_ line: String, leavesNothing: Bool = true) throws -> BuiltCommand {
    let run = try BuiltCommand(shell: line, in: fixture.folder)
    let lines = run.errors.split(separator: "\n")
    #expect(!run.wasKilled && run.status < 128, "\(line): status \(run.status), \(run.errors)")
    // 127: the system's loader could not begin.
    #expect([0, 1].contains(run.status) || run.status == 127, "\(line): status \(run.status)")
    #expect(lines.count <= 5, "\(line): \(run.errors)")
    #expect(run.status == 0 || !lines.isEmpty, "\(line): without a word")
    let left = FileManager.default.enumerator(atPath: fixture.folder.path)?.compactMap { $0 }
    for case let name as String in leavesNothing ? left ?? [] : [] {
      #expect(!name.hasSuffix(".partial"), "\(line): \(name) is left")
    }
    return run
  }

  private func makeFound() throws { _ = try fixture.saved([], as: "found") }

  @Test("few descriptors", arguments: commands.indices)
  func descriptors(command: Int) throws {
    try makeFound()
    for count in [4, 5, 6, 7, 9, 13] {
      let run = try expectWord("ulimit -n \(count); exec \"$0\" \(Self.commands[command])")
      #expect(!run.errors.contains("get it again"), "another copy would not help")
      if run.errors.contains("Too many open files") {
        #expect(!run.errors.contains("make room"), "\(run.errors)")
      }
    }
  }

  @Test("no memory is one line for each process, and Swift's runtime says none", arguments: [0, 1])
  func oneLine(command: Int) throws {
    var ended = 0
    for size in stride(from: 140_000, through: 260_000, by: 10_000) {
      // A thread that ends the command may leave what another was writing, until the next search.
      let run = try BuiltCommand(
        shell: "ulimit -v \(size); exec \"$0\" \(Self.commands[command])", in: fixture.folder)
      #expect(!run.wasKilled && [0, 1].contains(run.status), "\(size): \(run.status)")
      guard run.errors.contains("out of memory") else { continue }
      ended += 1
      let lines = run.errors.split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("Error: ") }, "\(size): \(run.errors)")
      #expect(lines.count == 1 || command == 1, "\(size): \(run.errors)")
    }
    #expect(ended > 0, "there is a size at which memory ends")
  }

  @Test("little address space", arguments: commands.indices)
  func addressSpace(command: Int) throws {
    try makeFound()
    // In KiB: less than the loader needs, than tensors need, than OpenBLAS needs.
    for (size, products) in [
      (60_000, "own"), (110_000, "own"), (150_000, "own"), (200_000, "own"), (240_000, "own"),
      (150_000, "openblas"), (240_000, "openblas"), (330_000, "openblas"), (370_000, "openblas"),
    ] {
      // A thread that ends the command may leave what another was writing, until the next search.
      _ = try expectWord(
        "ulimit -v \(size); GRAFS_PRODUCTS=\(products) exec \"$0\" \(Self.commands[command])",
        leavesNothing: false)
    }
  }

  @Test("a small stack is enough", arguments: [64, 100, 700])
  func stack(size: Int) throws {
    try makeFound()
    let depth = 80
    let deep = String(repeating: "tanh(", count: depth) + "x" + String(repeating: ")", count: depth)
    for command in Self.commands + ["export '\(deep)' --to c"] {
      let run = try expectWord("ulimit -s \(size); exec \"$0\" \(command)")
      #expect(run.status == 0, "\(command): \(run.errors)")
    }
  }

  @Test("what keeps all processes from their work is said once", arguments: [1, 2, 3])
  func saidOnce(command: Int) throws {
    var ended = 0
    let line = Self.commands[command].replacing("--seeds 1", with: "--seeds 6")
    // Memory that each process needs from its beginning.
    for size in [250_000, 330_000, 345_000, 360_000] {
      let run = try BuiltCommand(
        shell: "ulimit -v \(size); GRAFS_PRODUCTS=openblas exec \"$0\" \(line)",
        in: fixture.folder)
      // A file that each could not write is each one's own.
      guard run.status != 0, !run.errors.contains("cannot be written") else { continue }
      ended += 1
      let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("Error: ") }
      #expect(lines.count == 1, "\(size): \(run.errors)")
      #expect(lines.first?.contains("(ulimit -v)") == true, "\(size): \(run.errors)")
      #expect(!run.errors.contains("failed"), "\(size): \(run.errors)")
    }
    #expect(ended > 0)
  }

  @Test("a limit of the size of files", arguments: commands.indices)
  func fileSize(command: Int) throws {
    try makeFound()
    // In blocks of 512 or 1,024 bytes; the words of a command are read from a file here, too.
    for size in [3, 90, 700] {
      _ = try expectWord("ulimit -f \(size); exec \"$0\" \(Self.commands[command])")
    }
  }

  @Test("a file at its limit is named, and what stood there before still stands")
  func largestFile() throws {
    let run = try expectWord("ulimit -f 90; exec \"$0\" \(Self.commands[0])")
    #expect(run.status == 1)
    #expect(
      run.errors.contains(
        "checkpoint-0.grafs: cannot be written (File too large); raise the limit of the size of "
          + "files (ulimit -f), then go on with"))
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: fixture.folder.file("run").path) == ["config.yaml"])
  }

  @Test("inspect, which multiplies nothing, needs no memory for products")
  func inspection() throws {
    try makeFound()
    let run = try expectWord("ulimit -v 180000; exec \"$0\" inspect found")
    #expect(run.status == 0 && run.output.contains("finished"))
  }

  @Test("a small file that unpacks to much is refused before there is too little memory")
  func smallFile() throws {
    // 0.5 GB of zeros, 640,000 images of 28 by 28, beside labels of 6; then a file of records.
    let header = #"printf '\0\0\10\3\0\011\304\0\0\0\0\034\0\0\0\034'"#
    let made = try BuiltCommand(
      shell: "mkdir -p large/mnist; cp sets/mnist/* large/mnist; cd large/mnist; "
        + "rm train-images*; (\(header); head -c 501760000 /dev/zero) | gzip -1 "
        + "> train-images-idx3-ubyte.gz", in: fixture.folder)
    try #require(made.status == 0, "\(made.errors)")
    let run = try expectWord(
      "ulimit -v 400000; exec \"$0\" data mnist --verify --data-dir large")
    #expect(run.status == 1 && run.errors.contains("640000 images"), "\(run.errors)")
  }

  // MARK: - Threads

  /// A `pthread_create` that gives so many threads and then no more, to be loaded before the
  /// system's.
  private func library() throws -> String {
    let source = """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <errno.h>
      #include <pthread.h>
      #include <stdlib.h>
      static int given;
      int pthread_create(pthread_t *t, const pthread_attr_t *a, void *(*f)(void *), void *x) {
        int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) =
            dlsym(RTLD_NEXT, "pthread_create");
        if (given++ >= atoi(getenv("GIVEN_THREADS"))) return EAGAIN;
        return real(t, a, f, x);
      }
      """
    try fixture.folder.write(Array(source.utf8), to: "threads.c")
    let made = try BuiltCommand(
      shell: "cc -shared -fPIC -o threads.so threads.c -ldl", in: fixture.folder)
    try #require(made.status == 0, "\(made.errors)")
    return fixture.folder.file("threads.so").path
  }

  @Test("no thread, or not all: the same results", arguments: [0, 1, 2])
  func threads(given: Int) throws {
    let library = try library()
    let whole = try SavedRun.tiny.get()
    let run = try BuiltCommand(
      shell: "LD_PRELOAD=\(library) GIVEN_THREADS=\(given) exec \"$0\" search "
        + "\(Self.options) --threads 3 --output run", in: fixture.folder)
    #expect(run.status == 0, "\(run.errors)")
    let isOne = given < 2
    #expect(
      run.errors
        == (isOne
          ? "the system gives only \(given + 1) of 3 threads (see ulimit -u and "
            + "-v): it takes longer, the results are the same\n" : ""))
    let saved = try SavedRun(fixture.folder.file("run"))
    #expect(saved.trajectory == whole.trajectory)
    #expect(try saved.resultWithoutTimes == whole.resultWithoutTimes)
    #expect(saved.trace.header.machine.hasSuffix(given == 0 ? "1 thread" : "\(given + 1) threads"))
  }

  @Test("no thread to watch over processes side by side", arguments: commands[1...3])
  func processes(command: String) throws {
    let run = try BuiltCommand(
      shell: "LD_PRELOAD=\(try library()) GIVEN_THREADS=0 exec \"$0\" \(command)",
      in: fixture.folder)
    #expect(run.status == 0, "\(run.errors)")
  }
}
