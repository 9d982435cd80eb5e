import Foundation

/// The concentration that an architecture weight α stands for: c = elu(α) + 1.
///
/// For α ≤ 0 that is eᵅ, computed as such: elu(α) + 1 cancels to 0 below about −17 in single and
/// −37 in double precision. Source: Chen et al. 2021 (DrNAS).
public enum Concentration {
  /// Returns c.
  ///
  /// - Parameter architectureWeight: α.
  /// - Returns: 1 + α above 0, eᵅ below.
  public static func value(_ architectureWeight: Double) -> Double {
    architectureWeight > 0 ? architectureWeight + 1 : exp(architectureWeight)
  }

  /// Returns dc/dα.
  ///
  /// - Parameter architectureWeight: α.
  /// - Returns: 1 above 0, eᵅ below.
  public static func derivative(_ architectureWeight: Double) -> Double {
    architectureWeight > 0 ? 1 : exp(architectureWeight)
  }
}
