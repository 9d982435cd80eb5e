import CKernels

/// What the verbs over tensors compute on: some threads of this machine's processors.
///
/// Results do not depend on the number of threads: work is cut into pieces by the problem's size
/// alone, and partial sums are added in the order of the pieces.
public struct Device: Sendable {
  let team: ThreadTeam

  /// Takes threads, which wait for loops and end with the last copy of the device; fewer where
  /// the system gives fewer.
  ///
  /// - Parameter threads: How many, the caller's included; positive.
  public init(threads: Int) { team = ThreadTeam(wanted: threads) }

  /// The number of threads there are.
  public var threadCount: Int { team.threadCount }

  /// The processors that this process may run on.
  public static var availableProcessors: Int { ThreadTeam.availableProcessors }

  /// Calls `body` once for each of `0..<pieces`, on all threads; see `ThreadTeam.forEach`.
  package func forEach(_ pieces: Int, _ body: (Int) -> Void) { team.forEach(pieces, body) }

  /// Calls `body` with each piece of `0..<length`, in parallel, for work that is cheap per element.
  func forEachPiece(of length: Int, _ body: (Range<Int>) -> Void) {
    let pieces = Pieces(of: length, smallest: 1 << 14)
    team.forEach(pieces.count) { body(pieces[$0]) }
  }
}

extension Device {
  /// Runs multiply-adds that never leave the registers, on all threads: what no kernel can exceed.
  ///
  /// - Parameter rounds: Multiply-adds in a chain; 2²⁰ take some milliseconds.
  /// - Returns: The floating-point operations done, a multiply-add counting as two.
  public func runMultiplyAdds(rounds: Int) -> Double {
    Tensor<Double>([threadCount]) { operations in
      forEach(threadCount) { thread in
        var sum: Float = 0
        operations[thread] = grafs_fma_chains(rounds, &sum)
      }
    }.scalars.reduce(0, +)
  }

  /// Runs additions each of which waits for the one before, on all threads: one for each cycle of
  /// a core's clock.
  ///
  /// - Parameter rounds: Additions on each thread; 2²⁵ take some milliseconds.
  /// - Returns: The additions done by all threads.
  public func runDependentAdditions(rounds: Int) -> Int {
    forEach(threadCount) { _ in _ = grafs_addition_chain(rounds) }
    return threadCount * ((rounds + 7) / 8 * 8)
  }

  /// The floats of the widest vectors that the processor multiplies and adds.
  public static var vectorLanes: Int {
    grafs_has_avx512() ? 16 : grafs_has_avx2() ? 8 : 4
  }

  /// The widest vectors that kernels take, such as `AVX-512`.
  public static var vectors: String {
    grafs_has_avx512() ? "AVX-512" : grafs_has_avx2() ? "AVX2" : "four floats"
  }
}
