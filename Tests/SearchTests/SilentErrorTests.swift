import Activations
import Datasets
import Networks
import Search
import Tensors
import Testing
import Traces

/// Errors of method that leave no trace in a loss curve, each looked for on images of one pixel.
@Suite("Silent errors of method")
struct SilentErrorTests {
  static func configuration(epochs: Int) -> BilevelConfiguration {
    var configuration = BilevelConfiguration()
    configuration.seed = 5
    configuration.recipe = .init(epochs: epochs, batchSize: 4)
    configuration.architectureLearningRate = 0.05
    configuration.warmStartEpochs = 0
    return configuration
  }

  static func space(_ names: [String]) throws -> SearchSpace {
    SearchSpace(
      graph: try CellGraph(slots: [CellGraph.Slot("u0", .unary, of: "x")]),
      operations: OperationSet(
        unary: try names.map { try OperationSet.grafs.unaryOperation(named: $0) }, binary: []))
  }

  /// Every pass of a search of two epochs with 4 training and 3 validation batches.
  static func diary(accumulation: Int, warmStart: Int) throws -> [OneWeightClassifier.Diary.Pass] {
    let diary = OneWeightClassifier.Diary()
    var configuration = configuration(epochs: 2)
    configuration.recipe.accumulation = accumulation
    configuration.warmStartEpochs = warmStart
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.5, diary: diary),
      data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
      space: try space(["identity", "square", "tanh"]), device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    return diary.passes
  }

  @Test("fresh batches at every step, of the part the step is meant to see", arguments: [1, 2])
  func batches(accumulation: Int) throws {
    let passes = try Self.diary(accumulation: accumulation, warmStart: 0)
    let training = (0..<16).map(PixelData.pixel)
    let validation = (16..<28).map(PixelData.pixel)
    let stepPasses = passes.filter { $0.phase == .training }
    #expect(stepPasses.count == 16)

    // In a step all passes of the architecture come first, then those of the weights.
    let isArchitecture = stepPasses.indices.map { $0 / accumulation % 2 == 0 }
    let seen = zip(stepPasses, isArchitecture)
    let byArchitecture = seen.filter(\.1).map(\.0.pixels)
    let byWeights = seen.filter { !$0.1 }.map(\.0.pixels)
    #expect(byArchitecture.allSatisfy { $0.count == 4 && $0.allSatisfy(validation.contains) })
    #expect(byWeights.allSatisfy { $0.count == 4 && $0.allSatisfy(training.contains) })

    // A pass over the part shows each of its images once; then they come in another order.
    #expect(byArchitecture[..<3].joined().sorted() == validation)
    #expect(byArchitecture[3..<6].joined().sorted() == validation)
    #expect(Array(byArchitecture[..<3]) != Array(byArchitecture[3..<6]))
    #expect(byWeights[..<4].joined().sorted() == training)
    #expect(byWeights[4...].joined().sorted() == training)
    #expect(Array(byWeights[..<4]) != Array(byWeights[4...]))

    // After each epoch the score is that of all validation images, with running statistics; at the
    // end also that before the choice of one operation.
    let scored = passes.filter { $0.phase == .inference }
    #expect(scored.map(\.pixels) == [validation, validation, validation])
  }

  @Test("only the weights' passes of the warm start are rectified, and its score")
  func warmStart() throws {
    let passes = try Self.diary(accumulation: 1, warmStart: 1)
    let expected = [false, true, false, true, false, true, false, true, true]
    #expect(passes[..<9].map(\.isRectified) == expected)
    #expect(passes[9...].allSatisfy { !$0.isRectified })
  }

  @Test("the parts of a data set share no image, and the score is that of the validation part")
  func disjointParts() throws {
    let pixels = (0..<(40 * 4)).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let images = ImageSet(
      pixels: pixels, labels: (0..<40).map { UInt8($0 % 2) }, height: 2, width: 2, channels: 1)
    let dataset = try ImageDataset(
      name: "tiny", title: "Tiny", classNames: ["a", "b"], train: images, test: images,
      allowsFlip: true)
    var configuration = Self.configuration(epochs: 1)
    configuration.trainImages = 36
    configuration.validationFraction = 0.25
    let data = try SearchData(dataset, task: configuration.task)
    let training = try #require(data.training as? ImageBatches)
    let validation = try #require(data.validation as? ImageBatches)
    let scoring = try #require(data.scoring as? ImageBatches)
    #expect(training.indices == Array(0..<27))
    #expect(validation.indices == Array(27..<36))
    #expect(scoring.indices == Array(27..<36))
    #expect(data.training.batchesPerEpoch == 6 && data.validation.batchesPerEpoch == 2)
    #expect(training.augmentation == dataset.augmentation)
    #expect(validation.augmentation == dataset.augmentation)
    #expect(scoring.augmentation == .none)
    for number in 0..<12 {
      #expect(training.images(at: number).allSatisfy { $0 < 27 })
      #expect(validation.images(at: number).allSatisfy { (27..<36).contains($0) })
    }
    #expect(scoring.images(at: 0) == Array(27..<36))
  }

  /// A learning rate of 0 stops one of the optimizers; then only the other one's parameters move.
  @Test("neither optimizer has parameters of the other")
  func disjointParameters() throws {
    for (weightRate, architectureRate) in [(0.0, 0.05), (0.1, 0)] {
      var configuration = Self.configuration(epochs: 2)
      configuration.recipe.learningRate = weightRate
      configuration.architectureLearningRate = architectureRate
      var search = try BilevelSearch(
        configuration, model: OneWeightClassifier(weight: 0.5),
        data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
        space: try Self.space(["identity", "beta_times_x", "tanh"]),
        device: Device(threads: 1))
      let before = search.architecture.slots[0]
      try search.run(steps: 5)
      let after = search.architecture.slots[0]
      let hasWeightMoved = search.trainer.model.weight.value.scalars != [0.5]
      #expect(hasWeightMoved == (weightRate > 0))
      let moved = zip(before.weights.scalars, after.weights.scalars).map { $0 != $1 }
      #expect(moved == [Bool](repeating: architectureRate > 0, count: 3))
      #expect((before.scalars == after.scalars) == (architectureRate == 0))
    }
  }

  /// A large learning rate makes the accuracy rise and fall.
  @Test("the best accuracy is the largest so far, not the last")
  func best() throws {
    var configuration = Self.configuration(epochs: 8)
    configuration.recipe.learningRate = 3
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: -0.5),
      data: try PixelData.parts(training: 16, validation: 12, batchSize: 4) { $0 % 4 < 2 ? 0 : 1 },
      space: try Self.space(["identity", "square", "negation"]), device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    let epochs = search.trajectory.epochs
    #expect(epochs.map(\.epoch) == Array(0..<8))
    var best: Float = 0
    for epoch in epochs {
      best = max(best, epoch.validationAccuracy)
      #expect(epoch.bestValidationAccuracy == best)
    }
    let last = try #require(epochs.last)
    #expect(last.validationAccuracy < best, "the test would see nothing")
  }

  @Test("the genotype of an epoch is the arg-max of its α, with its own curve")
  func genotypes() throws {
    var configuration = Self.configuration(epochs: 6)
    configuration.architectureLearningRate = 0.2
    configuration.recipe.learningRate = 1
    // The curve reaches to ±8: every operation but tanh is clipped somewhere.
    configuration.bound = 4
    var search = try BilevelSearch(
      configuration, model: OneWeightClassifier(weight: 0.5),
      data: try PixelData.parts(training: 16, validation: 12, batchSize: 4),
      space: try Self.space(["relu", "square", "tanh", "beta_times_x", "elu"]),
      device: Device(threads: 1))
    var scalars: [Double] = []
    let outcome = try search.run { state in
      guard state.isEpochEnd, let scalar = state.trajectory.histories[0].scalars[0].last else {
        return
      }
      scalars.append(Double(scalar))
    }
    #expect(outcome == .finished)
    let recorded = search.trajectory
    let history = recorded.histories[0]
    for (epoch, genotype) in recorded.genotypes.enumerated() {
      #expect(genotype.epoch == epoch)
      let row = try #require(recorded.steps.lastIndex { $0.epoch == epoch })
      let state = history[row]
      let alive = state.alpha.indices.filter { state.mask[$0] }
      let strongest = try #require(alive.max { (state.alpha[$0], -$0) < (state.alpha[$1], -$1) })
      let name = recorded.slots[0].operations[strongest]
      #expect(genotype.operations == [name])
      let operation = try OperationSet.grafs.unaryOperation(named: name)
      let points = recorded.curve.points
      let values = recorded.curve.values[epoch * points.count..<(epoch + 1) * points.count]
      for (point, value) in zip(points, values) {
        let unbounded = operation.value(
          Double(point), scalars: operation.isLearnable ? [scalars[epoch]] : [])
        let expected = max(-4, min(4, unbounded))
        #expect(abs(Double(value) - expected) <= 1e-5 * max(1, abs(expected)))
      }
    }
    #expect(recorded.genotypes.count == 6)
    #expect(Set(recorded.genotypes.map(\.operations)).count > 1, "the test would see nothing")
  }

  @Test(
    "every slot ends with one operation, also where shrinking never starts", arguments: [1, 2, 3])
  func endsDiscrete(epochs: Int) throws {
    var search = try BilevelSearch(
      Self.configuration(epochs: epochs), model: OneWeightClassifier(weight: 0.5),
      data: try PixelData.parts(training: 8, validation: 8, batchSize: 4),
      device: Device(threads: 1))
    let outcome = try search.run { _ in }
    #expect(outcome == .finished)
    #expect(search.architecture.isDiscrete)
    let drops = search.trajectory.drops
    #expect(drops.count == 104)
    // Two steps an epoch. Drops of the schedule fall before the steps of epoch 2, all others after
    // the last step.
    #expect(drops.allSatisfy { $0.step == (epochs == 3 ? 4 : 2 * epochs) })
    #expect(drops.allSatisfy { $0.epoch == epochs - 1 })
    #expect(search.trajectory.steps.map(\.operationsAlive).prefix(4).allSatisfy { $0 == 110 })
    if epochs == 3 {
      #expect(search.trajectory.steps.suffix(2).map(\.operationsAlive) == [6, 6])
      #expect(search.trajectory.steps.suffix(2).allSatisfy { $0.phase == .discrete })
    }
  }
}
