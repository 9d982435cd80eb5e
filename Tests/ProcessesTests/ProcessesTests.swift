import Foundation
import Processes
import Synchronization
import TestSupport
import Testing

@Suite("Threads, children and signals")
struct ProcessesTests {
  private let shell = URL(fileURLWithPath: "/bin/sh")

  @Test("work is done on so many threads, and all have ended afterwards", arguments: [0, 1, 2, 9])
  func together(count: Int) {
    let calls = Mutex(0)
    SystemThread.together(count, named: "test") {
      usleep(2_000)
      calls.withLock { $0 += 1 }
    }
    #expect(calls.withLock { $0 } == max(1, count))
  }

  @Test("a thread runs beside its caller, whatever the length of its name")
  func thread() {
    let semaphore = DispatchSemaphore(value: 0)
    let hasStarted = SystemThread.start(named: String(repeating: "long ", count: 20)) {
      semaphore.signal()
    }
    #expect(hasStarted && semaphore.wait(timeout: .now() + 10) == .success)
  }

  @Test("of threads without memory one says so, whichever comes first")
  func withoutMemory() async {
    for _ in 0..<8 {
      let ended = await #expect(
        processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
      ) {
        let ready = Atomic(0)
        SystemThread.together(4, named: "test") {
          ready.add(1, ordering: .relaxed)
          while ready.load(ordering: .relaxed) < 4 {}
          MemoryFaults.end(saying: "no memory\n")
        }
      }
      let said = String(decoding: ended?.standardErrorContent ?? [], as: UTF8.self)
      #expect(said.split(separator: "\n") == ["no memory"])
    }
  }

  @Test("a child reads and writes, and has a status", arguments: [0, 3, 255])
  func streams(status: Int32) throws {
    let child = try ChildProcess(
      shell, ["-c", "read -r a; echo \"got $a\"; cat; exit \(status)"], input: .pipe,
      output: .pipe)
    // More than a pipe holds would need another thread.
    #expect(child.write(Data("one\ntwo\n".utf8)))
    child.closeInput()
    #expect(String(decoding: child.readToEnd(), as: UTF8.self) == "got one\ntwo\n")
    #expect(child.wait() == status)
  }

  @Test("a child without streams reads nothing, and one that is killed has the signal as status")
  func ends() throws {
    #expect(try ChildProcess(shell, ["-c", "read -r a || exit 4; exit 5"]).wait() == 4)
    #expect(try ChildProcess(shell, ["-c", "echo lost; kill -9 $$"]).wait() == 128 + SIGKILL)
  }

  @Test("what cannot be started says which file, why, and what to do")
  func unstarted() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("nowhere")
    let error = #expect(throws: UnstartedProcess.self) { try ChildProcess(file, ["a"]) }
    #expect(
      error?.description == "\(file.path): cannot be started (No such file or directory); "
        + "check that it is there and may be run")
  }

  @Test("--jobs cures only what is one of them", arguments: [EAGAIN, ENOMEM, EMFILE, ENFILE])
  func jobs(code: Int32) {
    let error = UnstartedProcess(program: "a", code: code)
    #expect(!error.description.contains("--jobs"))
    #expect(error.amongJobs.description.contains(", or give "))
    #expect(error.amongJobs.description.contains("--jobs"))
  }

  @Test("the first signal is a wish, passed on to children once; the second is an end")
  func signals() async {
    await #expect(processExitsWith: .success) {
      let watch = SignalWatch()
      try #require(watch.signal == nil)
      let script =
        "trap 'n=$((n + 1))' TERM; echo ready; while [ -z $n ]; do sleep 0.05; done; "
        + "sleep 0.3; exit $n"
      let child = try ChildProcess(
        URL(fileURLWithPath: "/bin/sh"), ["-c", script], output: .pipe, passing: watch)
      try #require(String(decoding: child.read(), as: UTF8.self) == "ready\n")
      kill(getpid(), SIGTERM)
      try #require(child.wait() == 1)
      try #require(watch.signal == SIGTERM)
      // One that begins to watch only now has not been told.
      try #require(SignalWatch().signal == nil)
    }
    await #expect(processExitsWith: .exitCode(128 + SIGHUP)) {
      let watch = SignalWatch()
      kill(getpid(), SIGINT)
      // Two at once may be handled by two threads, in either order.
      for _ in 0..<400 where watch.signal == nil { usleep(5_000) }
      kill(getpid(), SIGHUP)
      usleep(1_000_000)
      _ = watch.signal
    }
    await #expect(processExitsWith: .exitCode(128 + SIGTERM)) {
      do { _ = SignalWatch() }
      kill(getpid(), SIGTERM)
      usleep(1_000_000)
    }
  }

  @Test("a hangup that is ignored, as under nohup, stays ignored")
  func ignoredHangup() async {
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      let watch = SignalWatch()
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGHUP)
      usleep(50_000)
      try #require(watch.signal == nil)
    }
  }

  @Test("signals that the starter of this process has blocked are heard all the same")
  func blocked() async {
    await #expect(processExitsWith: .success) {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      let watch = SignalWatch()
      kill(getpid(), SIGTERM)
      let end = ContinuousClock.now + .seconds(10)
      while watch.signal == nil, ContinuousClock.now < end { usleep(1_000) }
      try #require(watch.signal == SIGTERM)
      // Children begin without any that are blocked.
      let child = try ChildProcess(
        URL(fileURLWithPath: "/bin/sh"), ["-c", "kill -TERM $$; exit 3"])
      try #require(child.wait() == 128 + SIGTERM)
    }
  }

  @Test("a child started when a signal has come already gets it too")
  func late() async {
    await #expect(processExitsWith: .success) {
      let watch = SignalWatch()
      kill(getpid(), SIGTERM)
      while watch.signal == nil { usleep(1_000) }
      let child = try ChildProcess(
        URL(fileURLWithPath: "/bin/sh"), ["-c", "exec sleep 20"], passing: watch)
      try #require(child.wait() == 128 + SIGTERM)
    }
  }
}
