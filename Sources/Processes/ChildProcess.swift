import CProcesses
import Foundation

/// A program that this process starts and waits for.
///
/// It has a process group of its own, so that a terminal's Ctrl-C reaches it only through this
/// process, and inherits no other descriptors than standard error. Where it is this command again
/// it ends with the thread that started it (`ParentProcess`), which therefore waits for it.
package final class ChildProcess {
  /// What a stream of a child is.
  package enum Stream: Sendable {
    /// It reads nothing, or what it writes is lost.
    case nothing
    /// A pipe from or to this process.
    case pipe
    /// A descriptor of this process.
    case descriptor(Int32)
  }

  /// Its number.
  package let identifier: Int32
  /// Where signals are passed on to it; negative where they are not.
  private let place: Int32
  /// Our end of its standard input, if that is a pipe; −1 once it is closed.
  private var input: Int32 = -1
  /// Our end of its standard output, if that is a pipe.
  private var output: Int32 = -1

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: The file.
  ///   - arguments: What stands behind its name.
  ///   - input: Its standard input.
  ///   - output: Its standard output.
  ///   - signals: Whose signals are passed on to it, each once; nil for none.
  /// - Throws: `UnstartedProcess`.
  package init(
    _ program: URL, _ arguments: [String], input: Stream = .nothing, output: Stream = .nothing,
    passing signals: SignalWatch? = nil
  ) throws(UnstartedProcess) {
    var opened: [Int32] = []
    defer { for descriptor in opened { close(descriptor) } }
    /// Makes the child's end of a stream, and ours.
    func end(_ stream: Stream, child: Int, ours: inout Int32) throws(UnstartedProcess) -> Int32 {
      switch stream {
      case .nothing: return -1
      case .descriptor(let descriptor): return descriptor
      case .pipe:
        var ends: [Int32] = [-1, -1]
        let status = process_make_pipe(&ends)
        if status != 0 { throw UnstartedProcess(program: program.path, code: status) }
        ours = ends[1 - child]
        opened.append(ends[child])
        return ends[child]
      }
    }
    _ = ParentProcess.isNamed
    var (ownInput, ownOutput, started): (Int32, Int32, Int32) = (-1, -1, -1)
    let status: Int32
    do throws(UnstartedProcess) {
      let read = try end(input, child: 0, ours: &ownInput)
      // A child that has ended takes nothing, which `write` says; it must not end this process.
      if ownInput >= 0 { process_ignore_signal(SIGPIPE, true) }
      let written = try end(output, child: 1, ours: &ownOutput)
      status = Self.spawn([program.path] + arguments, input: read, output: written, &started)
      if status != 0 { throw UnstartedProcess(program: program.path, code: status) }
    } catch {
      for descriptor in [ownInput, ownOutput] where descriptor >= 0 { close(descriptor) }
      throw error
    }
    identifier = started
    place = signals.map { process_begin_passing(started, $0.before) } ?? -1
    self.input = ownInput
    self.output = ownOutput
  }

  deinit {
    closeInput()
    if output >= 0 { close(output) }
  }

  private static func spawn(
    _ words: [String], input: Int32, output: Int32, _ child: inout Int32
  ) -> Int32 {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    return process_spawn(words[0], arguments, input, output, &child)
  }

  // MARK: - Pipes

  /// Writes to its standard input.
  ///
  /// - Returns: Whether all of it was taken: a child that has ended takes nothing.
  package func write(_ bytes: Data) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = Foundation.write(
          input, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return false }
        rest = rest.dropFirst(written)
      }
      return true
    }
  }

  /// Says that nothing more comes on its standard input.
  package func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// What it has written to its standard output since; waits for it. Empty at the end.
  package func read() -> Data {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Foundation.read(output, &bytes, bytes.count)
      if count < 0 && errno == EINTR { continue }
      return Data(bytes.prefix(max(0, count)))
    }
  }

  /// All that it writes to its standard output, until it closes that.
  package func readToEnd() -> Data {
    var all = Data()
    while true {
      let part = read()
      if part.isEmpty { return all }
      all += part
    }
  }

  // MARK: - Its end

  /// Waits for its end; to be called once.
  ///
  /// - Returns: Its exit status; of one that a signal has ended, 128 and the signal.
  package func wait() -> Int32 {
    closeInput()
    var status: Int32 = -1
    _ = process_wait(identifier, place, &status)
    return status
  }
}

/// A program that could not be started.
package struct UnstartedProcess: Error, Hashable, CustomStringConvertible, LocalizedError {
  /// The file.
  package let program: String
  /// The system's number for the reason.
  package let code: Int32
  /// Whether it is one of `--jobs`, which another number of them may help.
  package private(set) var isJob = false

  /// Makes an error.
  package init(program: String, code: Int32) {
    self.program = program
    self.code = code
  }

  /// The same of a process that is one of `--jobs`.
  package var amongJobs: UnstartedProcess {
    var error = self
    error.isJob = true
    return error
  }

  /// One line that names the file, what is wrong, and what to do.
  package var description: String {
    let cure =
      switch code {
      case EAGAIN:
        "end other processes, or raise the limit of them (ulimit -u)"
          + (isJob ? ", or give --jobs 1" : "")
      case ENOMEM:
        "make room in memory, or raise its limit (ulimit -v)\(isJob ? ", or give --jobs 1" : "")"
      case EMFILE, ENFILE:
        "raise the limit of open files (ulimit -n)\(isJob ? ", or give fewer --jobs" : "")"
      default: "check that it is there and may be run"
      }
    return "\(program): cannot be started (\(String(cString: strerror(code)))); \(cure)"
  }

  /// The same line.
  package var errorDescription: String? { description }
}
