/// An endless sequence of batches, each a pure function of its number.
///
/// So nothing but a number is needed to take a run up again, and no batch depends on those that
/// were made before, nor on the thread that makes it.
public protocol Batches<Input, Targets>: Sendable {
  /// What a model takes.
  associatedtype Input: Sendable
  /// What its loss takes.
  associatedtype Targets: Sendable

  /// How many batches show every example once.
  var batchesPerEpoch: Int { get }

  /// Makes a batch: the same one at every call.
  ///
  /// - Parameter number: Counted from 0 through all epochs; not negative.
  /// - Returns: The batch.
  func batch(at number: Int) -> Batch<Input, Targets>
}
