import CKernels
import TestSupport
import Testing

/// A variant of the three kernels of convolution that this machine can run.
struct ConvolutionVariant: CustomTestStringConvertible, Sendable {
  typealias Kernel =
    @Sendable (
      grafs_convolution, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void
  typealias InputGradient =
    @Sendable (
      grafs_convolution, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Float>
    ) -> Void

  let testDescription: String
  let forward: Kernel
  let inputGradient: InputGradient
  let filterGradient: Kernel

  static let all: [ConvolutionVariant] = {
    var variants = [
      ConvolutionVariant(
        testDescription: "portable",
        forward: { grafs_convolution_forward_portable($0, $1, $2, $3) },
        inputGradient: { grafs_convolution_input_gradient_portable($0, $1, $2, $3, $4) },
        filterGradient: { grafs_convolution_filter_gradient_portable($0, $1, $2, $3) }),
      ConvolutionVariant(
        testDescription: "dispatched", forward: { grafs_convolution_forward($0, $1, $2, $3) },
        inputGradient: { grafs_convolution_input_gradient($0, $1, $2, $3, $4) },
        filterGradient: { grafs_convolution_filter_gradient($0, $1, $2, $3) }),
    ]
    #if arch(x86_64)
      if grafs_has_avx2() {
        variants.append(
          ConvolutionVariant(
            testDescription: "AVX2", forward: { grafs_convolution_forward_avx2($0, $1, $2, $3) },
            inputGradient: { grafs_convolution_input_gradient_avx2($0, $1, $2, $3, $4) },
            filterGradient: { grafs_convolution_filter_gradient_avx2($0, $1, $2, $3) }))
      }
      if grafs_has_avx512() {
        variants.append(
          ConvolutionVariant(
            testDescription: "AVX-512",
            forward: { grafs_convolution_forward_avx512($0, $1, $2, $3) },
            inputGradient: { grafs_convolution_input_gradient_avx512($0, $1, $2, $3, $4) },
            filterGradient: { grafs_convolution_filter_gradient_avx512($0, $1, $2, $3) }))
      }
    #endif
    return variants
  }()
}

/// The three results in double precision, by the loops of the definition, with the sums of
/// magnitudes that scale the tolerance.
struct ConvolutionReference {
  var output: [Double]
  var outputScale: [Double]
  var imageGradient: [Double]
  var imageScale: [Double]
  var kernelGradient: [Double]
  var kernelScale: [Double]

  init(
    _ s: grafs_convolution, image: [Float], kernels: [Float], outputGradient: (Int) -> [Float]
  ) {
    let height = (s.height + 2 * s.padding - s.kernelHeight) / s.stride + 1
    let width = (s.width + 2 * s.padding - s.kernelWidth) / s.stride + 1
    output = Array(repeating: 0, count: height * width * s.filters)
    outputScale = output
    imageGradient = Array(repeating: 0, count: image.count)
    imageScale = imageGradient
    kernelGradient = Array(repeating: 0, count: kernels.count)
    kernelScale = kernelGradient
    let gradient = outputGradient(output.count)
    for row in 0..<height {
      for column in 0..<width {
        for tapRow in 0..<s.kernelHeight {
          for tapColumn in 0..<s.kernelWidth {
            let y = row * s.stride + tapRow - s.padding
            let x = column * s.stride + tapColumn - s.padding
            guard (0..<s.height).contains(y), (0..<s.width).contains(x) else { continue }
            for channel in 0..<s.channels {
              let i = (y * s.width + x) * s.channels + channel
              let tap = ((tapRow * s.kernelWidth + tapColumn) * s.channels + channel) * s.filters
              let o = (row * width + column) * s.filters
              for filter in 0..<s.filters {
                let value = Double(image[i])
                let kernel = Double(kernels[tap + filter])
                let upstream = Double(gradient[o + filter])
                output[o + filter] += value * kernel
                outputScale[o + filter] += abs(value * kernel)
                imageGradient[i] += upstream * kernel
                imageScale[i] += abs(upstream * kernel)
                kernelGradient[tap + filter] += value * upstream
                kernelScale[tap + filter] += abs(value * upstream)
              }
            }
          }
        }
      }
    }
  }
}

@Suite struct ConvolutionTests {
  // Sums of magnitudes scale the errors, so a few units of float's 6e-8 suffice for sums of this
  // length; the smallest product, 1/16, of at most some 6,000 others, would be seen if it were left
  // out.
  static let tolerance = 2e-6

  static let shapes: [grafs_convolution] = {
    var shapes: [grafs_convolution] = []
    let filters = [1, 3, 7, 16, 17, 24, 40]
    let channels = [1, 3, 5, 16]
    var i = 0
    for kernel in [(1, 1), (3, 3), (5, 5), (3, 1), (2, 4)] {
      for stride in 1...3 {
        for padding in 0...2 {
          for size in 1...9 {
            // Every size meets every kernel, stride and padding; the rest takes turns.
            for repetition in 0..<3 {
              let width = (size + 2 + 3 * repetition) % 9 + 1
              i += 1
              let fits = size + 2 * padding >= kernel.0 && width + 2 * padding >= kernel.1
              guard fits else { continue }
              shapes.append(
                grafs_convolution(
                  height: size, width: width, channels: channels[(i / 7 + i) % 4],
                  filters: filters[i % 7], kernelHeight: kernel.0, kernelWidth: kernel.1,
                  stride: stride, padding: padding))
            }
          }
        }
      }
    }
    // The networks' own layers, and one whose filters are read in several bands.
    for (size, inputs, outputs, stride) in [
      (32, 3, 16, 1), (32, 16, 16, 1), (16, 32, 32, 1), (8, 64, 64, 1), (32, 16, 32, 2),
      (16, 32, 64, 2), (28, 1, 16, 1),
    ] {
      shapes.append(
        grafs_convolution(
          height: size, width: size, channels: inputs, filters: outputs, kernelHeight: 3,
          kernelWidth: 3, stride: stride, padding: 1))
    }
    shapes.append(
      grafs_convolution(
        height: 32, width: 32, channels: 16, filters: 32, kernelHeight: 1, kernelWidth: 1,
        stride: 2, padding: 0))
    // Wide images, whose rows are cut into strips of all lengths.
    var stream = Stream(state: 7)
    func drawn(_ range: ClosedRange<Int>) -> Int {
      range.lowerBound + Int(stream.next() % UInt64(range.count))
    }
    for _ in 0..<150 {
      let (kernelHeight, kernelWidth, padding) = (drawn(1...3), drawn(1...5), drawn(0...2))
      shapes.append(
        grafs_convolution(
          height: drawn(3...12), width: drawn(10...40), channels: drawn(1...28),
          filters: drawn(1...50), kernelHeight: kernelHeight, kernelWidth: kernelWidth,
          stride: drawn(1...3), padding: padding))
    }
    return shapes
  }()

  @Test(arguments: ConvolutionVariant.all)
  func agreesWithTheDefinition(variant: ConvolutionVariant) {
    var stream = Stream(state: 1)
    for s in Self.shapes {
      let comment: Comment = "\(variant.testDescription) \(s)"
      let image = stream.numbers(s.height * s.width * s.channels)
      let kernels = stream.numbers(s.kernelHeight * s.kernelWidth * s.channels * s.filters)
      var gradient: [Float] = []
      let reference = ConvolutionReference(s, image: image, kernels: kernels) {
        gradient = stream.numbers($0)
        return gradient
      }
      var padded = Guarded(count: grafs_convolution_padded_count(s))
      padded.withPointer { grafs_convolution_pad(s, image, $0) }
      let paddedImage = padded.checked(comment)
      var packed = Guarded(count: grafs_convolution_packed_count(s))
      packed.withPointer { grafs_convolution_pack(s, kernels, $0) }
      var turned = Guarded(count: grafs_convolution_packed_turned_count(s))
      turned.withPointer { grafs_convolution_pack_turned(s, kernels, $0) }

      var output = Guarded(count: gradient.count)
      output.withPointer { variant.forward(s, paddedImage, packed.checked(comment), $0) }
      #expect(
        mismatch(
          output.checked(comment), reference.output, scales: reference.outputScale,
          tolerance: Self.tolerance) == nil, comment)

      var scratch = Guarded(count: grafs_convolution_scratch_count(s))
      var imageGradient = Guarded(count: image.count)
      imageGradient.withPointer { target in
        scratch.withPointer {
          variant.inputGradient(s, gradient, turned.checked(comment), $0, target)
        }
      }
      _ = scratch.checked(comment)
      #expect(
        mismatch(
          imageGradient.checked(comment), reference.imageGradient, scales: reference.imageScale,
          tolerance: Self.tolerance) == nil, comment)

      let before = stream.numbers(kernels.count)
      var kernelGradient = Guarded(before)
      kernelGradient.withPointer { variant.filterGradient(s, paddedImage, gradient, $0) }
      #expect(
        mismatch(
          kernelGradient.checked(comment),
          zip(before, reference.kernelGradient).map { Double($0) + $1 },
          scales: zip(before, reference.kernelScale).map { abs(Double($0)) + $1 },
          tolerance: Self.tolerance) == nil, comment)
    }
  }

  #if arch(x86_64)
    /// So a run goes on with the same bits on a processor that has the other one.
    @Test(.enabled(if: grafs_has_avx512()))
    func bitsOfAVX2AreThoseOfAVX512() throws {
      let variants = ["AVX2", "AVX-512"].compactMap { name in
        ConvolutionVariant.all.first { $0.testDescription == name }
      }
      try #require(variants.count == 2)
      var stream = Stream(state: 3)
      for s in Self.shapes {
        let image = stream.numbers(grafs_convolution_padded_count(s))
        let kernels = stream.numbers(s.kernelHeight * s.kernelWidth * s.channels * s.filters)
        let gradient = stream.numbers(
          grafs_convolution_output_height(s) * grafs_convolution_output_width(s) * s.filters)
        func floats(
          _ count: Int, from initial: [Float] = [], _ write: (UnsafeMutablePointer<Float>) -> Void
        ) -> [Float] {
          var result = initial.isEmpty ? [Float](repeating: 0, count: count) : initial
          result.withUnsafeMutableBufferPointer { write($0.baseAddress!) }
          return result
        }
        let packed = floats(grafs_convolution_packed_count(s)) {
          grafs_convolution_pack(s, kernels, $0)
        }
        let turned = floats(grafs_convolution_packed_turned_count(s)) {
          grafs_convolution_pack_turned(s, kernels, $0)
        }
        let results = variants.map { variant in
          var scratch = [Float](repeating: 0, count: grafs_convolution_scratch_count(s) + 1)
          return [
            floats(gradient.count) { variant.forward(s, image, packed, $0) },
            floats(s.height * s.width * s.channels) {
              variant.inputGradient(s, gradient, turned, &scratch, $0)
            },
            floats(kernels.count, from: kernels) {
              variant.filterGradient(s, image, gradient, $0)
            },
          ].map { $0.map(\.bitPattern) }
        }
        #expect(results[0] == results[1], "\(s)")
      }
    }
  #endif
}
