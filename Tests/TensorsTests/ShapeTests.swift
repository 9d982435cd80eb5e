import Tensors
import Testing

@Suite("Shapes")
struct ShapeTests {
  @Test(
    "count, rank, and the matrix a shape is read as",
    arguments: [
      ([], 1, 1, 1), ([5], 5, 1, 5), ([2, 3], 6, 2, 3), ([2, 3, 5, 7], 210, 30, 7),
      ([4, 0], 0, 4, 0), ([0, 4], 0, 0, 4),
    ] as [([Int], Int, Int, Int)])
  func sizes(dimensions: [Int], count: Int, rows: Int, columns: Int) {
    let shape = Shape(dimensions)
    #expect(shape.count == count)
    #expect(shape.rank == dimensions.count)
    #expect(shape.rows == rows)
    #expect(shape.columns == columns)
    #expect(dimensions.indices.allSatisfy { shape[$0] == dimensions[$0] })
  }

  @Test("a shape is written as its extents, and equal only to the same extents")
  func text() {
    #expect("\([2, 3] as Shape)" == "[2×3]")
    #expect("\([] as Shape)" == "[]")
    #expect(([2, 3] as Shape) == Shape([2, 3]))
    #expect(([2, 3] as Shape) != [3, 2])
    #expect(([6] as Shape) != [6, 1])
  }

  @Test("a negative extent is refused")
  func negative() async {
    await #expect(processExitsWith: .failure) { _ = Shape([2, -1]) }
  }
}
