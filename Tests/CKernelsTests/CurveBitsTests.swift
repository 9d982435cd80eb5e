import CKernels
import Testing

@Suite struct CurveBitsTests {
  #if arch(x86_64)
    /// So a run goes on with the same bits on a processor that has the other one.
    @Test(.enabled(if: grafs_has_avx512()), arguments: CurveTests.grids)
    func bitsOfAVX2AreThoseOfAVX512(grid: grafs_curve_grid) throws {
      let variants = ["AVX2", "AVX-512"].compactMap { name in
        CurveVariant.all.first { $0.testDescription == name }
      }
      try #require(variants.count == 2)
      let reference = ReferenceGrid(grid: grid)
      var stream = Stream(state: 19)
      let table = CurveTests.table(reference, &stream)
      let gradient = stream.numbers(CurveTests.inputs.count)
      func bits(_ count: Int, _ write: (UnsafeMutablePointer<Float>) -> Void) -> [UInt32] {
        var result = [Float](repeating: 0, count: count)
        result.withUnsafeMutableBufferPointer { write($0.baseAddress!) }
        return result.map { $0.isNaN ? .max : $0.bitPattern }
      }
      let results = variants.map { variant in
        let (x, count) = (CurveTests.inputs, CurveTests.inputs.count)
        var scratch = [Float](repeating: 0, count: grafs_curve_scratch_count(grid))
        var dx = [Float](repeating: 0, count: count)
        return [
          bits(count) { variant.forward(x, count, table, grid, $0) },
          bits(count) { variant.backwardInput(x, gradient, count, table, grid, $0) },
          bits(table.count) {
            variant.backward(x, gradient, count, table, grid, &dx, &scratch, $0)
          },
          dx.map { $0.isNaN ? .max : $0.bitPattern },
        ]
      }
      #expect(results[0] == results[1])
    }
  #endif
}
