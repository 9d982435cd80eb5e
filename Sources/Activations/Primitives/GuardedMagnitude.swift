extension Double {
  /// This number, or ±`least` with its sign where its magnitude is smaller; 0 counts as positive.
  ///
  /// The guard of denominators: `x / y` and `1 / y` stay finite for finite arguments, and are what
  /// they say outside. NaN stays NaN.
  @inlinable
  func magnitudeAtLeast(_ least: Double) -> Double {
    abs(self) < least ? (self < 0 ? -least : least) : self
  }
}
