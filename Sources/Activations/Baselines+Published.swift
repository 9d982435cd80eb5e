import Suggestions

extension Baselines {
  /// What published searches have found, family by family, Swish with its trained scalar first.
  ///
  /// Finds whose several scalars are trained, or are trained for each channel, are not among them.
  public static let published: [Baseline] =
    all.filter { $0.name == Swish.name } + ramachandran + pangaea + grafsFinds + grafsFindsOfGPTs
    + eelu

  /// The published function of a name, whatever its case, `_` and `-`; nil if there is none.
  static func published(spelled name: String) -> Baseline? {
    sameName(as: name, in: published.map(\.name)).flatMap { same in
      published.first { $0.name == same }
    }
  }

  /// Source: the article's tables, Swish aside.
  private static let ramachandran: [Baseline] = [
    ("max_x_sigmoid", "max(x, sigmoid(x))"),
    ("cos_minus_x", "cos(x) - x"),
    ("min_x_sin", "min(x, sin(x))"),
    ("atan_squared_minus_x", "atan(x)^2 - x"),
    ("max_x_tanh", "max(x, tanh(x))"),
    ("sinc_plus_x", "sinc(x) + x"),
  ].map { Baseline($0, $1, source: "Ramachandran, Zoph, Le 2017") }

  private static let pangaea: [Baseline] = [
    Baseline(
      "softplus_elu", "softplus(elu(x))", source: "Bingham, Miikkulainen 2022 (PANGAEA)")
  ]

  /// The article's examples of what was found, within its bound of operations, without which the
  /// fourth grows like x² from layer to layer.
  private static let grafsFinds: [Baseline] = [
    ("grafs_1", "sigmoid(gelu(x)) * gelu(x)"),
    ("grafs_2", "sigmoid(relu(x)) * gelu(x)"),
    ("grafs_3", "relu(sigmoid(gelu(x)) * gelu(x))"),
    ("grafs_4", "silu(sigmoid(relu(x)) * gelu(x)) * silu(x)"),
  ].map { Baseline($0, $1, limits: Limits(outputs: .output(10)), source: grafsSource) }

  /// The functions of GPTs in the released program.
  private static let grafsFindsOfGPTs: [Baseline] = [
    ("grafs_gpt_1", "gelu(gelu(x)) + gelu(x)"),
    ("grafs_gpt_2", "sigmoid(sigmoid(gelu(x)) * gelu(x)) * gelu(x)"),
    ("grafs_gpt_3", "sigmoid(leaky_relu(gelu(x))) * gelu(x)"),
    ("grafs_gpt_4", "silu(silu(x) + gelu(x)) + gelu(x)"),
  ].map { Baseline($0, $1, source: grafsSource) }

  private static let grafsSource = "Strack, Safari, Hutter 2024 (GRAFS)"

  private static let eelu: [Baseline] = [
    ("eelu_1", "x * erf(exp(x))"),
    ("eelu_2", "-x * erf(exp(-x))"),
    ("eelu_3", "x * erf(exp(x))^2"),
    ("eelu_4", "erf(x) * softplus(x)"),
  ].map { Baseline($0, $1, source: "Rahman et al. 2024 (EELU)") }
}
