/// The training set in parts: one for the weights, one for the architecture, and perhaps one that
/// judges what came of it.
///
/// The parts are the first and the last images in the order of the file, so they are the same in
/// every run, whatever the seed. The files of CIFAR-10, MNIST and Fashion-MNIST are in random
/// order, so each part has every class in nearly equal numbers.
public struct TrainingSplit: Sendable, Equatable {
  /// The images that train weights.
  public let training: Range<Int>
  /// The images that train the architecture, or judge it; none is in `training`.
  public let validation: Range<Int>
  /// The images that judge the function found, and nothing else; often none.
  public let judging: Range<Int>

  /// The share of the validation part that GRAFS uses.
  public static let defaultFraction = 0.25

  /// Splits `available` images.
  ///
  /// - Parameters:
  ///   - available: The images of the training set.
  ///   - limit: Use only this many, the first ones, whatever their classes; `nil` for all.
  ///   - validationFraction: The share of the validation part, between 0 and 1; the number of
  ///     images is rounded to the nearest.
  ///   - judgingFraction: The share of that part, from its end, that is kept apart; 0 for none.
  /// - Throws: `DatasetError` of problem `impossibleSplit` when a part would be empty, the
  ///   fraction is not between 0 and 1, or there are not so many images.
  public init(
    of available: Int, limit: Int? = nil, validationFraction: Double = defaultFraction,
    judgingFraction: Double = 0
  ) throws(DatasetError) {
    guard validationFraction > 0 && validationFraction < 1 else {
      throw DatasetError(
        .impossibleSplit(reason: "a validation fraction of \(validationFraction)"),
        cure: "give --validation-fraction between 0 and 1, such as \(Self.defaultFraction)")
    }
    let count = limit ?? available
    guard count > 0 && count <= available else {
      throw DatasetError(
        .impossibleSplit(reason: "\(count) images of \(available)"),
        cure: "give --train-images from 2 to \(available)")
    }
    let validationCount = Int((Double(count) * validationFraction).rounded())
    guard validationCount > 0 && validationCount < count else {
      throw DatasetError(
        .impossibleSplit(
          reason: "\(count) images give \(count - validationCount) for training "
            + "and \(validationCount) for validation"),
        cure: "give more --train-images or another --validation-fraction")
    }
    let judgingCount =
      judgingFraction == 0 ? 0 : max(1, Int((Double(validationCount) * judgingFraction).rounded()))
    guard judgingCount < validationCount else {
      throw DatasetError(
        .impossibleSplit(reason: "\(validationCount) images both choose and judge"),
        cure: "give more --train-images, or --set race=off")
    }
    training = 0..<(count - validationCount)
    validation = (count - validationCount)..<(count - judgingCount)
    judging = (count - judgingCount)..<count
  }
}
