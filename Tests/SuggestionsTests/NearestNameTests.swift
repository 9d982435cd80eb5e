import Suggestions
import Testing

@Suite("Suggestions")
struct NearestNameTests {
  static let names = [
    "relu", "leaky_relu", "silu", "sigmoid", "softplus", "fashion-mnist",
    "architecture-learning-rate",
  ]

  @Test(
    "the name that was meant",
    arguments: [
      ("relu", "relu"),
      // Case, - and _ do not count.
      ("ReLU", "relu"), ("leaky-relu", "leaky_relu"), ("FashionMNIST", "fashion-mnist"),
      // One edit: inserted, deleted, replaced; two: exchanged.
      ("rrelu", "relu"), ("sigmod", "sigmoid"), ("selu", "relu"), ("sigmiod", "sigmoid"),
      // Three letters: one edit.
      ("slu", "silu"),
      // The end is missing, with one mistake before it.
      ("soft", "softplus"), ("fashion", "fashion-mnist"), ("fashon", "fashion-mnist"),
      // One edit in three letters.
      ("architecure-lerning-rat", "architecture-learning-rate"),
      ("architektur-larning", "architecture-learning-rate"),
    ])
  func meant(written: String, expected: String) {
    #expect(nearestName(to: written, in: Self.names) == expected)
  }

  @Test(
    "nothing is near",
    arguments: [
      "", "r", "re", "abs", "tanh", "sigmoxyz", "fashionable", "imagenet", "-_-", "résumé",
    ])
  func nothing(written: String) {
    #expect(nearestName(to: written, in: Self.names) == nil)
  }

  @Test("a whole name is nearer than the beginning of a longer one")
  func wholeName() {
    #expect(nearestName(to: "relu", in: ["relu6", "relu"]) == "relu")
    #expect(nearestName(to: "cifar1", in: ["cifar100", "cifar10"]) == "cifar100")
  }

  @Test("of equally near names the first")
  func ties() {
    #expect(nearestName(to: "name3", in: ["name1", "name2"]) == "name1")
    #expect(nearestName(to: "name3", in: []) == nil)
  }

  @Test("the line names what was written, and the nearest name or all")
  func line() {
    #expect(
      unknownName("rellu", kind: "operation", known: Self.names)
        == "there is no operation 'rellu'; did you mean 'relu'?")
    #expect(
      unknownName("x", kind: "network", known: ["resnet20", "resnet32"])
        == "there is no network 'x'; there are: resnet20, resnet32")
  }
}
