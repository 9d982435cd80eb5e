import TestSupport
import Tensors
import Testing

@Suite("Tensors")
struct TensorTests {
  @Test("elements come back in row-major order from every initializer")
  func initializers() {
    #expect(Tensor<Float>([1, 2, 3, 4, 5, 6], [2, 3]).scalars == [1, 2, 3, 4, 5, 6])
    #expect(Tensor<Double>([7, 8]).shape == [2])
    #expect(Tensor<Float>(repeating: 3, [2, 2]).scalars == [3, 3, 3, 3])
    #expect(Tensor<Float>(zeros: []).scalars == [0])
    #expect(Tensor<Float>(zeros: [0, 4]).scalars == [])
    let filled = Tensor<Float>([3]) { pointer in
      for index in 0..<3 { pointer[index] = Float(index * index) }
    }
    #expect(filled.scalars == [0, 1, 4])
  }

  @Test("a change is seen by the changed tensor alone", arguments: [3, 100_000])
  func copyOnWrite(count: Int) {
    let original = Tensor<Float>((0..<count).map(Float.init))
    var copy = original
    let reshaped = original.reshaped([1, count, 1])
    copy.withMutablePointer { $0[count - 1] = -1 }
    let numbers = (0..<count).map(Float.init)
    #expect(mismatch(original, Tensor(numbers)) == nil)
    #expect(mismatch(reshaped, Tensor(numbers, [1, count, 1])) == nil)
    #expect(mismatch(copy, Tensor(numbers.dropLast() + [-1])) == nil)
  }

  @Test("an unshared tensor is changed where it lies, a shared one is copied once")
  func inPlace() {
    var tensor = Tensor<Float>(repeating: 1, [50_000])
    func address(_ tensor: Tensor<Float>) -> Int { withPointers(tensor) { Int(bitPattern: $0) } }
    let before = address(tensor)
    tensor.withMutablePointer { $0[0] = 2 }
    #expect(address(tensor) == before)
    let other = tensor
    tensor.withMutablePointer { $0[0] = 3 }
    let copied = address(tensor)
    #expect(copied != before && address(other) == before)
    tensor.withMutablePointer { $0[0] = 4 }
    #expect(address(tensor) == copied)
  }

  @Test("a reshaped tensor has the same elements, and changes without the original")
  func reshaping() {
    let original = Tensor<Float>([1, 2, 3, 4, 5, 6], [2, 3])
    var reshaped = original.reshaped([3, 2])
    #expect(reshaped.shape == [3, 2])
    #expect(reshaped.scalars == original.scalars)
    reshaped.withMutablePointer { $0[0] = 9 }
    #expect(original.scalars == [1, 2, 3, 4, 5, 6])
    #expect(reshaped.scalars == [9, 2, 3, 4, 5, 6])
  }

  /// Small blocks go to `malloc`, large ones to the pool: 2¹³ floats are the first that do.
  @Test("memory is not used again while a tensor shares it", arguments: [16, 8191, 8192, 70_000])
  func sharedMemory(count: Int) {
    var kept: [Tensor<Float>] = []
    for round in 0..<8 {
      let tensor = Tensor<Float>(repeating: Float(round), [count])
      kept.append(round.isMultiple(of: 2) ? tensor : tensor.reshaped([1, count]))
      // Makes and drops others of the same size, which would take the memory if it were free.
      _ = Tensor<Float>(repeating: -1, [count]).scalars
    }
    for (round, tensor) in kept.enumerated() {
      #expect(
        mismatch(tensor.reshaped([count]), Tensor(repeating: Float(round), [count])) == nil)
    }
  }

  @Test("freed memory of a large tensor serves the next one of its size")
  func recycling() {
    // A size that no other test uses, since they run at the same time.
    let count = 1_234_567
    func address() -> Int {
      withPointers(Tensor<Float>([count]) { $0[0] = 1 }) { Int(bitPattern: $0) }
    }
    #expect(address() == address())
  }

  @Test("conversion rounds to the nearest number of the other precision")
  func conversion() {
    let tensor = Tensor<Double>([0.1, -1e300, .nan, 3], [2, 2])
    let single = tensor.converted(to: Float.self)
    #expect(single.shape == [2, 2])
    #expect(single.scalars[0] == 0.1 && single.scalars[1] == -.infinity)
    #expect(single.scalars[2].isNaN && single.scalars[3] == 3)
    #expect(single.converted(to: Double.self).scalars[0] == Double(Float(0.1)))
  }

  @Test("tensors are equal by shape and elements; NaN equals nothing")
  func equality() {
    let tensor = Tensor<Float>([1, 2, 3, 4], [2, 2])
    #expect(tensor == Tensor([1, 2, 3, 4], [2, 2]))
    #expect(tensor != Tensor([1, 2, 3, 4], [4]))
    #expect(tensor != Tensor([1, 2, 3, 5], [2, 2]))
    let undefined = Tensor<Float>([.nan])
    #expect(undefined != undefined)
  }

  @Test("adding and scaling change every element, on any number of threads", arguments: [1, 2, 3])
  func sums(threads: Int) {
    let device = Device(threads: threads)
    // Above 2¹⁵ elements the sum is cut into pieces.
    let (first, second): (Tensor<Float>, Tensor<Float>) = (
      randomTensor([40_001], seed: 1), randomTensor([40_001], seed: 2)
    )
    var sum = first
    sum.add(second, on: device)
    sum.scale(by: 0.5)
    // One rounding of a sum, and a scale that rounds nothing: the bits are known.
    let expected = zip(first.scalars, second.scalars).map { ($0 + $1) * 0.5 }
    #expect(mismatch(sum, Tensor(expected)) == nil)
    var doubled = first
    doubled.add(doubled, on: device)
    #expect(mismatch(doubled, Tensor(first.scalars.map { $0 + $0 })) == nil)
  }

  @Test("the sum of squares is taken in double precision")
  func sumOfSquares() {
    let norm = Tensor<Float>([3e30, -4e30]).sumOfSquares.squareRoot()
    #expect(abs(norm / 5e30 - 1) < 1e-6)
    #expect(Tensor<Double>([1, -2, 2], [1, 3]).sumOfSquares == 9)
    #expect(Tensor<Float>(zeros: [0]).sumOfSquares == 0)
    #expect(Tensor<Float>([1, .infinity]).sumOfSquares == .infinity)
  }

  @Test("elements that do not fill a shape are refused")
  func wrongCounts() async {
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>([1, 2, 3], [2, 2]) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2, 3]).reshaped([2, 2])
    }
    await #expect(processExitsWith: .failure) {
      var sum = Tensor<Float>(zeros: [2, 3])
      sum.add(Tensor(zeros: [3, 2]), on: Device(threads: 1))
    }
  }
}
