import CProcesses

/// What the command does where memory is gone.
package enum MemoryFaults {
  /// Has large blocks given back to the system when they are freed, where it would keep them: a
  /// long search writes ever larger files.
  package static func returnLargeBlocks() { process_return_large_blocks() }

  /// Has the command end with one line: an array that cannot grow can tell nobody else. Traps for
  /// other reasons stay what they are.
  package static func endWithOneLine() {
    process_end_without_memory(
      "Error: out of memory; give a smaller --batch-size or network, or raise the limit "
        + "(ulimit -v)\n")
  }
}
