import Datasets
import Testing

@Suite struct ImageBatchesTests {
  private let images = asymmetricImages(count: 50, height: 4, width: 4, channels: 3)

  private func sequence(
    seed: UInt64 = 1, purpose: String = "training", size: Int = 8
  ) throws -> ImageBatches {
    try ImageBatches(
      shuffling: images, indices: 2..<50, batchSize: size,
      normalization: Normalization(statisticsOf: images),
      augmentation: Augmentation(flips: true, cropPadding: 1), seed: seed, purpose: purpose)
  }

  @Test func `every epoch shows every image once, in its own order`() throws {
    let sequence = try sequence()
    #expect(sequence.batchesPerEpoch == 6)
    var orders: Set<[Int]> = []
    for epoch in 0..<20 {
      let batches = (0..<6).map { sequence.batch(at: epoch * 6 + $0) }
      #expect(batches.map(\.count) == [8, 8, 8, 8, 8, 8])
      let order = (0..<6).flatMap { sequence.images(at: epoch * 6 + $0) }
      #expect(order.sorted() == Array(2..<50))
      #expect(order != Array(2..<50))
      orders.insert(order)
      for (number, batch) in batches.enumerated() {
        let shown = sequence.images(at: epoch * 6 + number)
        #expect(batch.targets == shown.map { Int32(images.labels[$0]) })
        #expect(batch.input.shape == [batch.count, 4, 4, 3] && batch.count == shown.count)
      }
    }
    #expect(orders.count == 20)
  }

  @Test func `what does not fill a shuffled batch is left out of the epoch`() throws {
    let sequence = try sequence(size: 9)
    #expect(sequence.batchesPerEpoch == 5)
    #expect((0..<15).allSatisfy { sequence.batch(at: $0).count == 9 })
    #expect(sequence.epoch(at: 4) == 0 && sequence.epoch(at: 5) == 1)
    let epoch = (0..<5).flatMap { sequence.images(at: $0) }
    #expect(Set(epoch).count == 45)
    #expect(try self.sequence(size: 48).batchesPerEpoch == 1)
  }

  @Test func `a batch depends on its number alone`() throws {
    let inOrder = try sequence()
    let expected = (0..<30).map { inOrder.batch(at: $0) }
    let elsewhere = try sequence()
    for number in (0..<30).reversed() { #expect(elsewhere.batch(at: number) == expected[number]) }
    for number in [17, 3, 29, 3, 17] {
      #expect(try sequence().batch(at: number) == expected[number])
    }
    #expect(Set((0..<30).map { inOrder.images(at: $0) }).count == 30)
  }

  @Test func `seed and purpose change order and augmentation`() throws {
    let one = try sequence().images(at: 0)
    #expect(try sequence(seed: 2).images(at: 0) != one)
    #expect(try sequence(purpose: "validation").images(at: 0) != one)
    let changes = { (sequence: ImageBatches, epoch: Int) in
      (2..<50).map { sequence.change(of: $0, epoch: epoch) }
    }
    #expect(try changes(sequence(), 0) == changes(sequence(), 0))
    #expect(try changes(sequence(), 0) != changes(sequence(), 1))
    #expect(try changes(sequence(), 0) != changes(sequence(seed: 2), 0))
    #expect(try changes(sequence(), 0) != changes(sequence(purpose: "validation"), 0))
  }

  @Test func `evaluation goes through the images in order, all of them, unchanged`() throws {
    let sequence = try ImageBatches(
      inOrder: images, indices: 0..<50, batchSize: 16,
      normalization: Normalization(mean: [0, 0, 0], standardDeviation: [1, 1, 1]))
    #expect(sequence.batchesPerEpoch == 4)
    let batches = (0..<4).map { sequence.batch(at: $0) }
    #expect((0..<4).flatMap { sequence.images(at: $0) } == Array(0..<50))
    #expect(batches.flatMap(\.targets) == images.labels.map(Int32.init))
    #expect(batches.flatMap { $0.input.scalars } == images.pixels.map { Float(Double($0) / 255) })
    #expect(sequence.batch(at: 5) == batches[1])
  }

  @Test func `normalization has mean 0 and deviation 1`() throws {
    let scalars = try ImageBatches(
      inOrder: images, indices: 0..<50, batchSize: 50,
      normalization: Normalization(statisticsOf: images)
    ).batch(at: 0).input.scalars
    for channel in 0..<3 {
      let values = stride(from: channel, to: scalars.count, by: 3).map { Double(scalars[$0]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count) - mean * mean
      #expect(abs(mean) < 1e-6 && abs(variance - 1) < 1e-6)
    }
  }

  @Test(arguments: [0, -1, 49, 1000])
  func `impossible batches are refused`(size: Int) throws {
    let error = try failure { _ = try sequence(size: size) }
    #expect(error.problem == .impossibleBatch(batchSize: size, images: 48))
    #expect(error.description.contains("from 1 to 48"))
  }

  @Test func `one batch of evaluation may be larger than the set`() throws {
    let whole = try ImageBatches(
      inOrder: images, indices: 0..<50, batchSize: 1000,
      normalization: Normalization(statisticsOf: images))
    #expect(whole.batch(at: 3).count == 50)
    let error = try failure {
      _ = try ImageBatches(
        inOrder: images, indices: [], batchSize: 5,
        normalization: Normalization(statisticsOf: images))
    }
    #expect(error.problem == .impossibleBatch(batchSize: 5, images: 0))
  }

  @Test func `an index outside the images is a mistake in code`() async {
    await #expect(processExitsWith: .failure) {
      let images = asymmetricImages(count: 3, height: 2, width: 2, channels: 1)
      _ = try ImageBatches(
        inOrder: images, indices: [3], batchSize: 1,
        normalization: Normalization(statisticsOf: images))
    }
  }

  @Test func `labels are counted`() {
    #expect(images.labelCounts(classes: 12) == [Int](repeating: 5, count: 10) + [0, 0])
    #expect(images.labelCounts(in: 0..<3) == [1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
  }
}
