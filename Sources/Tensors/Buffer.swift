import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory of a fixed number of elements, given back to the pool when the last reference goes.
final class Buffer<Scalar: TensorScalar> {
  let pointer: UnsafeMutablePointer<Scalar>
  let count: Int

  /// Takes memory for `count` elements, whose values are undefined.
  init(count: Int) {
    self.count = count
    let bytes = BufferPool.blockSize(for: count * MemoryLayout<Scalar>.stride)
    pointer = BufferPool.take(bytes: bytes).bindMemory(to: Scalar.self, capacity: count)
  }

  deinit {
    let bytes = BufferPool.blockSize(for: count * MemoryLayout<Scalar>.stride)
    BufferPool.giveBack(UnsafeMutableRawPointer(pointer), bytes: bytes)
  }
}

/// Keeps freed blocks for the next tensor of the same size.
///
/// A training step asks for the same sizes again and again. Fresh memory from the system costs
/// a page fault for every 4 KiB, more for a large tensor than the layer that fills it. The pool
/// never changes what is computed, only where; it is the allocator, so it is one for the process.
enum BufferPool {
  /// Blocks below this size are left to `malloc`, which recycles them by itself.
  private static let smallestPooled = 1 << 15

  private struct Block: @unchecked Sendable { let address: UnsafeMutableRawPointer }

  private static let free = Mutex<[Int: [Block]]>([:])

  /// Rounds up to whole cache lines, and large blocks to an eighth of their power of two, so
  /// that tensors of nearly equal size share blocks.
  static func blockSize(for bytes: Int) -> Int {
    guard bytes >= smallestPooled else { return max(64, (bytes + 63) & ~63) }
    let step = 1 << max(6, Int.bitWidth - 1 - bytes.leadingZeroBitCount - 3)
    return (bytes + step - 1) & ~(step - 1)
  }

  static func take(bytes: Int) -> UnsafeMutableRawPointer {
    if bytes >= smallestPooled, let block = free.withLock({ $0[bytes]?.popLast() }) {
      return block.address
    }
    if let address = allocate(bytes) { return address }
    // What lies ready in other sizes is all that can still be had.
    releaseAll()
    if let address = allocate(bytes) { return address }
    MissingResource(
      "out of memory: there are no \(bytes) bytes for a tensor",
      cure: "give a smaller --batch-size or network, or raise the limit (ulimit -v)"
    ).endProcess()
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer? {
    var address: UnsafeMutableRawPointer?
    let status = posix_memalign(&address, bytes >= smallestPooled ? 4096 : 64, bytes)
    return status == 0 ? address : nil
  }

  private static func releaseAll() {
    let blocks = free.withLock { free in
      defer { free = [:] }
      return free.values.joined().map { $0 }
    }
    for block in blocks { release(block.address) }
  }

  static func giveBack(_ address: UnsafeMutableRawPointer, bytes: Int) {
    guard bytes >= smallestPooled else { return Self.release(address) }
    let block = Block(address: address)
    free.withLock { $0[bytes, default: []].append(block) }
  }

  private static func release(_ address: UnsafeMutableRawPointer) {
    #if canImport(Glibc)
      Glibc.free(address)
    #elseif canImport(Musl)
      Musl.free(address)
    #else
      Darwin.free(address)
    #endif
  }
}
