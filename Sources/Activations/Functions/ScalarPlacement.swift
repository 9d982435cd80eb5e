/// Which elements of a network share an open scalar of a function.
public enum ScalarPlacement: String, CaseIterable, Sendable {
  /// All at which the function stands.
  case network
  /// Those of an activation site, as in PyTorch's `PReLU()`.
  case site
  /// Those of a channel of a site (Ramachandran, Zoph, Le, 2017; Bingham, Miikkulainen, 2022).
  case channel
}
