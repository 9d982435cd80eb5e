/// A usual activation function, with which others are compared.
public struct Baseline: Sendable, Hashable {
  /// What it is called, here and on the command line.
  public let name: String
  /// What people call it.
  public let title: String
  /// Where it was published: authors, year, and the work where authors have several.
  public let source: String
  /// The function; its scalar, if it has one, is open.
  public let expression: ActivationExpression
  /// How its operations are bounded, where the source bounds them.
  public let limits: Limits

  /// Describes a function that is a primitive.
  init(_ primitive: any UnaryFunction.Type, _ title: String, source: String) {
    let operation = ElementaryOperation(primitive)
    name = operation.name
    self.title = title
    self.source = source
    expression = .init(of: operation)
    limits = .off
  }

  /// Describes a function that is made of primitives.
  ///
  /// - Precondition: The formula can be read.
  init(_ name: String, _ formula: String, limits: Limits = .off, source: String) {
    self.name = name
    title = formula
    self.source = source
    self.limits = limits
    do {
      expression = try ActivationExpression(
        parsing: formula, operations: .allPrimitives, reading: .mathematics)
    } catch {
      preconditionFailure("Baseline: \(error)")
    }
  }

  /// The function with its limits.
  public var function: PlacedFunction { PlacedFunction(expression, limits: limits) }

  /// Whether it has a scalar that is trained with the weights.
  public var isTrained: Bool { !expression.openScalars.isEmpty }
}

/// The usual activation functions, one line each.
public enum Baselines {
  /// All of them.
  public static let all: [Baseline] = [
    Baseline(ReLU.self, "ReLU", source: "Nair, Hinton 2010"),
    Baseline(LeakyReLU.self, "LeakyReLU (0.01)", source: "Maas, Hannun, Ng 2013"),
    Baseline(ELU.self, "ELU", source: "Clevert, Unterthiner, Hochreiter 2016"),
    Baseline(SELU.self, "SELU", source: "Klambauer, Unterthiner, Mayr, Hochreiter 2017"),
    Baseline(GELU.self, "GELU", source: "Hendrycks, Gimpel 2016"),
    Baseline(SiLU.self, "SiLU", source: "Elfwing, Uchibe, Doya 2018"),
    Baseline(Softplus.self, "Softplus", source: "Dugas, Bengio, Bélisle, Nadeau, Garcia 2001"),
    Baseline(Mish.self, "Mish", source: "Misra 2019"),
    Baseline(HardSwish.self, "HardSwish", source: "Howard et al. 2019 (MobileNetV3)"),
    Baseline(TanhExp.self, "TanhExp", source: "Liu, Di 2021"),
    Baseline(
      PReLU.self, "PReLU", source: "He, Zhang, Ren, Sun 2015 (Delving deep into rectifiers)"),
    Baseline(Swish.self, "Swish", source: "Ramachandran, Zoph, Le 2017"),
    Baseline(Sigmoid.self, "Sigmoid", source: "Rumelhart, Hinton, Williams 1986"),
    Baseline(HyperbolicTangent.self, "tanh", source: "LeCun, Bottou, Orr, Müller 1998"),
    Baseline(GoLU.self, "GoLU", source: "Das, Safari, Hutter et al. 2025"),
    Baseline(SquaredReLU.self, "ReLU²", source: "So et al. 2021 (Primer)"),
    Baseline(StarReLU.self, "StarReLU", source: "Yu et al. 2022 (MetaFormer baselines)"),
    Baseline(GELUSine.self, "GELUSine", source: "DeepMind 2026 (AlphaEvolve)"),
    Baseline(GELUSinc.self, "GELU-Sinc", source: "DeepMind 2026 (AlphaEvolve)"),
  ]

  /// The five of GRAFS's tables: what a search's function is compared with unless told otherwise.
  ///
  /// Source: Strack, Safari, Hutter 2024.
  public static let grafs: [Baseline] = [
    ReLU.name, GELU.name, SiLU.name, ELU.name, LeakyReLU.name,
  ].compactMap(baseline(named:))

  /// The usual function of a name; nil if there is none.
  public static func baseline(named name: String) -> Baseline? {
    all.first { $0.name == name }
  }
}
