import Files
import Networks

/// Examples to train with and to test with, whatever they are.
public protocol Dataset<Input, Targets>: Sendable {
  /// What a model takes of them.
  associatedtype Input: Sendable
  /// What its loss takes.
  associatedtype Targets: Sendable

  /// The name by which commands and configurations call it, such as `fashion-mnist`.
  var name: String { get }
  /// The name its authors gave it, such as `Fashion-MNIST`.
  var title: String { get }
  /// What a model must be made for.
  var shape: DataShape { get }
  /// How many examples there are to train with.
  var trainCount: Int { get }
  /// How many examples there are to test with.
  var testCount: Int { get }
  /// A number that other training examples do not have, but by chance.
  var trainDigest: Int { get }
  /// A number that other test examples do not have, but by chance.
  var testDigest: Int { get }

  /// Training examples in batches, shuffled anew in every epoch, and changed at random where that
  /// keeps what they show.
  ///
  /// - Parameters:
  ///   - part: Which of the training examples, each once an epoch.
  ///   - size: The examples of a batch; those that do not fill the last one are left out of the
  ///     epoch.
  ///   - seed: The run's seed.
  ///   - purpose: What the batches are for; those of other purposes have another order.
  /// - Returns: Batches of all epochs.
  /// - Throws: `DatasetError` where there are not so many examples.
  func batches(
    of part: Range<Int>, size: Int, seed: UInt64, purpose: String
  ) throws(DatasetError) -> any Batches<Input, Targets>

  /// Examples as they are, each once, in order: for scores.
  ///
  /// - Parameter part: Which of the training examples, or those to test with.
  /// - Returns: Batches of one epoch.
  /// - Throws: `DatasetError` where there are none.
  func scoring(_ part: DatasetPart) throws(DatasetError) -> any Batches<Input, Targets>
}

extension Dataset {
  /// A number that other examples do not have, but by chance: 16 hexadecimal digits.
  public var digest: String { TextDigest.digest("\(trainDigest) \(testDigest)") }
}

/// Which examples of a data set are scored.
public enum DatasetPart: Sendable, Hashable {
  /// Some of those to train with, which were held back.
  case train(Range<Int>)
  /// Those to test with.
  case test
}

extension Model {
  /// The examples of a data set, if the model takes such.
  ///
  /// - Parameter dataset: Of any kind.
  /// - Returns: The same data set.
  /// - Throws: `DatasetError` of problem `otherKind` if it has others.
  public func examples(
    of dataset: any Dataset
  ) throws(DatasetError) -> any Dataset<Input, Targets> {
    if let examples = dataset as? any Dataset<Input, Targets> { return examples }
    throw DatasetError(
      .otherKind(dataset: dataset.title, shape: "\(dataset.shape)"),
      cure: "give data that the network takes, or another network")
  }
}
