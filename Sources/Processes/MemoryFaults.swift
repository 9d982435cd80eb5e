import CProcesses

/// What the command does where memory is gone.
package enum MemoryFaults {
  /// Has the command end with one line: an array that cannot grow can tell nobody else. Traps for
  /// other reasons stay what they are.
  package static func endWithOneLine() {
    process_end_without_memory(
      "Error: out of memory; give a smaller --batch-size or network, or raise the limit "
        + "(ulimit -v)\n")
  }
}
