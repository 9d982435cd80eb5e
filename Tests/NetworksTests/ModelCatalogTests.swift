import Networks
import Tensors
import Testing

@Suite("Catalogs of models")
struct ModelCatalogTests {
  private func refusal(_ name: String, _ shape: DataShape) throws -> String {
    let entry = try #require(ModelCatalog.builtIn.entry(named: name))
    let error = #expect(throws: ModelMismatch.self) { try entry.make(for: shape, seed: 0) }
    let mismatch = try #require(error)
    #expect(mismatch.model == name && mismatch.shape == shape)
    #expect(!mismatch.description.contains("\n"))
    return mismatch.description
  }

  @Test("a model refuses data of another shape in one line")
  func refusals() throws {
    #expect(
      try refusal("lenet5", .images(28, channels: 1))
        == "lenet5 takes images of 32×32 pixels, not 28×28 images of 1 channel in 10 classes; "
        + "give other data with --data, or another network")
    #expect(
      try refusal("all-cnn-c", .images(8))
        == "all-cnn-c takes images of 9×9 pixels or more, not 8×8 images of 3 channels in "
        + "10 classes; give other data with --data, or another network")
    for name in ["resnet20", "wrn-10-4", "densenet-100-12"] {
      #expect(
        try refusal(name, .tokens(vocabulary: 65, context: 128))
          == "\(name) takes images, not sequences of 128 tokens out of 65; "
          + "give other data with --data, or another network")
    }
  }

  @Test("a model takes the smallest and the largest images that its entry says")
  func extents() throws {
    let catalog = ModelCatalog.builtIn
    for (name, size) in [
      ("lenet5", 32), ("all-cnn-c", 9), ("all-cnn-c", 64), ("resnet20", 28), ("plain-cnn", 4),
      ("plain-cnn", 28),
    ] {
      let model = try #require(catalog.entry(named: name)).make(for: .images(size), seed: 0)
      #expect(!model.activationSites.isEmpty, "\(name)")
    }
    let lenet = try #require(catalog.entry(named: "lenet5"))
    for (height, width) in [(32, 28), (28, 32)] {
      #expect(throws: ModelMismatch.self) {
        try lenet.make(
          for: .images(height: height, width: width, channels: 1, classes: 10), seed: 0)
      }
    }
  }

  @Test("a seed gives the weights of the stream of initializations")
  func seeds() throws {
    let entry = try #require(ModelCatalog.builtIn.entry(named: "lenet5"))
    var stream = RandomStream(seed: 3, purpose: "initialization")
    let expected = try entry.make(for: .images(), stream: &stream).namedParameters.map(\.value)
    #expect(try entry.make(for: .images(), seed: 3).namedParameters.map(\.value) == expected)
    #expect(try entry.make(for: .images(), seed: 4).namedParameters.map(\.value) != expected)
  }

  @Test("a program adds a model of its own, and the catalog that came with it stays")
  func addition() throws {
    var catalog = ModelCatalog.builtIn
    catalog.entries.append(
      .forImages("mine") { channels, classes, stream in
        ResidualNetwork(depth: 8, channels: channels, classes: classes, stream: &stream)
      })
    let entry = try #require(catalog.entry(named: "mine"))
    #expect(try entry.make(for: .images(), seed: 0).activationSites.count == 7)
    #expect(ModelCatalog.builtIn.entry(named: "mine") == nil)
  }
}
