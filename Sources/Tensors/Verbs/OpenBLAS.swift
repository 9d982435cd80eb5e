import Foundation
import Processes
import Synchronization

/// The library OpenBLAS, which is loaded when the first product is to be computed.
///
/// Linked to the program it would begin with it, in every command: a thread for each processor, and
/// 128 MB of address space for each thread, for which it asks again and again where there are none.
/// Here it begins with one thread, and its memory is asked for before it is needed.
struct OpenBLAS: @unchecked Sendable {
  /// Whether a factor is read as it lies in memory, as CBLAS numbers it.
  enum Order: Int32 {
    case plain = 111
    case transposed = 112
  }

  /// `cblas_sgemm`: order, two transpositions, three extents, α, two factors with their row
  /// strides, β, and the result with its stride.
  typealias Product =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32,
      UnsafePointer<Float>, Int32, Float, UnsafeMutablePointer<Float>, Int32
    ) -> Void
  private typealias Text = @convention(c) () -> UnsafePointer<CChar>
  private typealias TakeMemory = @convention(c) (Int32) -> UnsafeMutableRawPointer?
  private typealias GiveMemoryBack = @convention(c) (UnsafeMutableRawPointer) -> Void

  /// The number by which CBLAS means row-major matrices.
  static let rowMajor: Int32 = 101

  let product: Product
  /// The build, and the processor it chose kernels for.
  let build: String
  let core: String
  private let takeMemory: TakeMemory?
  private let giveMemoryBack: GiveMemoryBack?

  /// The names of its file: on Linux that of every distribution since 2010, elsewhere as it is
  /// built, or as Homebrew has it.
  private static let files = [
    "libopenblas.so.0", "libopenblas.dylib", "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
  ]

  private static let loaded = Result { try OpenBLAS() }

  /// The library.
  ///
  /// - Returns: It, loaded.
  /// - Throws: `MissingResource`.
  static func library() throws(MissingResource) -> OpenBLAS {
    switch loaded {
    case .success(let library): return library
    case .failure(let error as MissingResource): throw error
    case .failure(let error): throw MissingResource("OpenBLAS: \(error)", cure: "try again")
    }
  }

  private init() throws(MissingResource) {
    // Kernels and buffers, before OpenBLAS asks for them.
    try Self.checkRoom(for: Self.ownBytes + Self.bufferBytes, threads: 1)
    // A thread that it started itself would change the last bits of most products. The threads
    // there are by now compute: none of them reads the environment.
    setenv("OPENBLAS_NUM_THREADS", "1", 1)
    guard let handle = Self.files.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first
    else {
      let reason = dlerror().map { String(cString: $0) } ?? "not found"
      throw MissingResource(
        "OpenBLAS cannot be loaded (\(reason))",
        cure: "install it (Debian: apt install libopenblas-dev)")
    }
    func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
      dlsym(handle, name).map { unsafeBitCast($0, to: type) }
    }
    guard let product = symbol("cblas_sgemm", as: Product.self) else {
      throw MissingResource(
        "OpenBLAS has no cblas_sgemm", cure: "install a build with CBLAS (Debian: libopenblas-dev)")
    }
    self.product = product
    build = symbol("openblas_get_config", as: Text.self).map { String(cString: $0()) } ?? "OpenBLAS"
    core = symbol("openblas_get_corename", as: Text.self).map { String(cString: $0()) } ?? "unknown"
    takeMemory = symbol("blas_memory_alloc", as: TakeMemory.self)
    giveMemoryBack = symbol("blas_memory_free", as: GiveMemoryBack.self)
    symbol("openblas_set_num_threads", as: (@convention(c) (Int32) -> Void).self)?(1)
  }

  // MARK: - Memory

  /// The address space of a buffer, in bytes: OpenBLAS 0.3 maps 128 MiB on x86-64, elsewhere less.
  private static let bufferBytes = 130 << 20
  /// That of the library itself: 40 MiB with kernels for every processor.
  private static let ownBytes = 48 << 20

  /// How many buffers there are: one for every product at a time.
  private static let buffers = Mutex(0)

  /// Has OpenBLAS take its memory, in which it would else loop for ever where there is too little.
  ///
  /// - Parameter threads: How many products may be computed at once.
  /// - Throws: `MissingResource` if there is too little.
  func prepare(threads: Int) throws(MissingResource) {
    guard let takeMemory, let giveMemoryBack else { return }
    try Self.buffers.withLock { count throws(MissingResource) in
      guard count < threads else { return }
      try Self.checkRoom(for: (threads - count) * Self.bufferBytes, threads: threads)
      // All at once, since one that was given back would be taken again.
      let taken = (0..<threads).compactMap { _ in takeMemory(0) }
      for buffer in taken { giveMemoryBack(buffer) }
      count = threads
    }
  }

  /// Checks that so many bytes could be mapped.
  private static func checkRoom(for bytes: Int, threads: Int) throws(MissingResource) {
    let memory = mmap(
      nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard memory != MAP_FAILED else {
      throw MissingResource(
        "OpenBLAS needs \(bytes >> 20) MB of address space for "
          + "\(threads) thread\(threads == 1 ? "" : "s"), which are not there",
        cure: "raise the limit (ulimit -v)\(threads == 1 ? "" : ", or give --threads 1")")
    }
    munmap(memory, bytes)
  }
}

/// What the system or the installation lacks for computing.
public struct MissingResource: Error, Sendable, Hashable, CustomStringConvertible, LocalizedError {
  /// What is missing.
  public let problem: String
  /// What to do, as the end of a sentence.
  public let cure: String

  init(_ problem: String, cure: String) {
    self.problem = problem
    self.cure = cure
  }

  /// One line.
  public var description: String { "\(problem); \(cure)" }

  /// The same line.
  public var errorDescription: String? { description }

  /// Ends the process where nobody can go on, nor be told otherwise: deep in a computation.
  func endProcess() -> Never {
    MemoryFaults.end(saying: "Error: \(self)\n")
  }
}
