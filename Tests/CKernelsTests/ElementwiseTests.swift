import CKernels
import TestSupport
import Testing

/// A variant of the elementwise kernels that this machine can run.
struct ElementwiseVariant: CustomTestStringConvertible, Sendable {
  typealias Input = UnsafePointer<Float>
  typealias Output = UnsafeMutablePointer<Float>

  let testDescription: String
  let reluForward: @Sendable (Input, Int, Output) -> Void
  let reluBackward: @Sendable (Input, Input, Int, Output) -> Void
  let accumulate: @Sendable (Input, Int, Output) -> Void
  let add: @Sendable (Input, Input, Int, Output) -> Void
  let momentumStep: @Sendable (Input, Int, Float, Float, Float, Output, Output) -> Void

  static let all: [ElementwiseVariant] = {
    var variants = [
      ElementwiseVariant(
        testDescription: "portable",
        reluForward: { grafs_relu_forward_portable($0, $1, $2) },
        reluBackward: { grafs_relu_backward_portable($0, $1, $2, $3) },
        accumulate: { grafs_accumulate_portable($0, $1, $2) },
        add: { grafs_add_portable($0, $1, $2, $3) },
        momentumStep: { grafs_momentum_step_portable($0, $1, $2, $3, $4, $5, $6) }),
      ElementwiseVariant(
        testDescription: "dispatched",
        reluForward: { grafs_relu_forward($0, $1, $2) },
        reluBackward: { grafs_relu_backward($0, $1, $2, $3) },
        accumulate: { grafs_accumulate($0, $1, $2) },
        add: { grafs_add($0, $1, $2, $3) },
        momentumStep: { grafs_momentum_step($0, $1, $2, $3, $4, $5, $6) }),
    ]
    #if arch(x86_64)
      if grafs_has_avx2() {
        variants.append(
          ElementwiseVariant(
            testDescription: "AVX2",
            reluForward: { grafs_relu_forward_avx2($0, $1, $2) },
            reluBackward: { grafs_relu_backward_avx2($0, $1, $2, $3) },
            accumulate: { grafs_accumulate_avx2($0, $1, $2) },
            add: { grafs_add_avx2($0, $1, $2, $3) },
            momentumStep: { grafs_momentum_step_avx2($0, $1, $2, $3, $4, $5, $6) }))
      }
    #endif
    return variants
  }()
}

@Suite struct ElementwiseTests {
  static let counts = [0, 1, 2, 7, 8, 15, 16, 17, 31, 33, 100, 1023, 1024, 1025, 1056, 3001]

  // A few roundings of one float.
  static let tolerance = 4e-7

  /// Runs `kernel` on a guarded copy of `start` and compares with the sums of `terms`.
  func check(
    _ variant: ElementwiseVariant, _ start: [Float], _ terms: (Int) -> [Double],
    sourceLocation: SourceLocation = #_sourceLocation,
    _ kernel: (ElementwiseVariant.Output) -> Void
  ) {
    let comment: Comment = "\(variant.testDescription), \(start.count) elements"
    var y = Guarded(start)
    y.withPointer(kernel)
    let all = start.indices.map(terms)
    #expect(
      mismatch(
        y.checked(comment, sourceLocation: sourceLocation), all.map { $0.reduce(0, +) },
        scales: all.map { $0.reduce(0) { $0 + abs($1) } }, tolerance: Self.tolerance) == nil,
      comment,
      sourceLocation: sourceLocation)
  }

  @Test(arguments: ElementwiseVariant.all)
  func agreesWithTheDefinition(variant: ElementwiseVariant) {
    var stream = Stream(state: 21)
    for count in Self.counts {
      var x = stream.numbers(count)
      for i in stride(from: 0, to: count, by: 5) { x[i] = i % 2 == 0 ? 0 : -0.0 }
      for i in stride(from: 3, to: count, by: 11) { x[i] = .nan }
      let a = stream.numbers(count)
      let b = stream.numbers(count)
      let blank = stream.numbers(count)
      func relu(_ i: Int) -> [Double] { [x[i].isNaN ? .nan : Double(max(x[i], 0))] }
      check(variant, blank, relu) { variant.reluForward(x, count, $0) }
      check(variant, x, relu) { variant.reluForward($0, count, $0) }
      func masked(_ i: Int) -> [Double] { [x[i].isNaN || x[i] > 0 ? Double(a[i]) : 0] }
      check(variant, blank, masked) { variant.reluBackward(x, a, count, $0) }
      check(variant, a, masked) { variant.reluBackward(x, $0, count, $0) }
      check(variant, x, masked) { variant.reluBackward($0, a, count, $0) }
      func sum(_ i: Int) -> [Double] { [Double(a[i]), Double(b[i])] }
      check(variant, b, sum) { variant.accumulate(a, count, $0) }
      check(variant, blank, sum) { variant.add(a, b, count, $0) }
      check(variant, a, sum) { variant.add($0, b, count, $0) }
      check(variant, b, sum) { variant.add(a, $0, count, $0) }
      // An array added to itself.
      func doubled(_ i: Int) -> [Double] { [2 * Double(b[i])] }
      check(variant, b, doubled) { variant.accumulate($0, count, $0) }
    }
  }

  @Test(arguments: ElementwiseVariant.all)
  func momentumStep(variant: ElementwiseVariant) {
    var stream = Stream(state: 23)
    let rate: Float = 0.3
    let momentum: Float = 0.9
    let decay: Float = 0.25
    for count in Self.counts {
      let gradient = stream.numbers(count)
      let v = stream.numbers(count)
      let w = stream.numbers(count)
      func velocity(_ i: Int) -> [Double] {
        [Double(momentum) * Double(v[i]), Double(gradient[i]), Double(decay) * Double(w[i])]
      }
      check(variant, v, velocity) { velocities in
        var weights = w
        variant.momentumStep(gradient, count, rate, momentum, decay, velocities, &weights)
      }
      func weight(_ i: Int) -> [Double] {
        [Double(w[i])] + velocity(i).map { -Double(rate) * $0 }
      }
      check(variant, w, weight) { weights in
        var velocities = v
        variant.momentumStep(gradient, count, rate, momentum, decay, &velocities, weights)
      }
    }
  }
}
