extension Double {
  /// This derivative, or ±`greatestFiniteMagnitude` where it overflowed.
  ///
  /// A value may overflow to infinity: bounding clips it. Its derivative then meets the clip's
  /// gradient 0, and 0 · ∞ is NaN, so every derivative of a primitive is finite for every finite
  /// argument. NaN stays NaN, so that a diverged run is seen.
  @inlinable
  var saturated: Double {
    let limit = Double.greatestFiniteMagnitude
    return self > limit ? limit : (self < -limit ? -limit : self)
  }
}
