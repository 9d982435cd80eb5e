/// Which optimizer moves the weights, with the numbers that only it has.
public enum OptimizerChoice: Sendable, Hashable {
  /// Gradient descent; μ.
  case gradientDescent(momentum: Double)
  /// Adam with L2 weight decay.
  case adam(Betas)
  /// Adam with weight decay beside the step.
  case adamW(Betas)

  /// Decay of Adam's mean of gradients, and of their squares.
  public struct Betas: Sendable, Hashable {
    /// β₁.
    public var mean = 0.9
    /// β₂.
    public var square = 0.999

    /// The usual ones.
    public init() {}
  }

  /// The name, as in configuration files.
  public var name: String {
    switch self {
    case .gradientDescent: "sgd"
    case .adam: "adam"
    case .adamW: "adamw"
    }
  }

  /// The optimizer of a name with its usual numbers; nil if there is none.
  public init?(named name: String) {
    switch name {
    case "sgd": self = .gradientDescent(momentum: 0.9)
    case "adam": self = .adam(Betas())
    case "adamw": self = .adamW(Betas())
    default: return nil
    }
  }

  /// The names of all.
  public static let names = ["sgd", "adam", "adamw"]

  /// μ of gradient descent; nil of others, which ignore what is set.
  public var momentum: Double? {
    get { if case .gradientDescent(let momentum) = self { momentum } else { nil } }
    set {
      if case .gradientDescent = self, let newValue {
        self = .gradientDescent(momentum: newValue)
      }
    }
  }

  /// β₁ and β₂ of Adam; nil of others, which ignore what is set.
  public var betas: Betas? {
    get {
      switch self {
      case .gradientDescent: nil
      case .adam(let betas), .adamW(let betas): betas
      }
    }
    set {
      guard let newValue else { return }
      switch self {
      case .gradientDescent: break
      case .adam: self = .adam(newValue)
      case .adamW: self = .adamW(newValue)
      }
    }
  }

  /// Checks every number on its own.
  func validate() throws(ImpossibleValue) {
    if let momentum {
      try ImpossibleValue.check(
        momentum >= 0 && momentum < 1, "momentum", momentum, mustBe: "from 0 to below 1")
    }
    if let betas {
      try ImpossibleValue.check(
        betas.mean >= 0 && betas.mean < 1, "beta-mean", betas.mean, mustBe: "from 0 to below 1")
      try ImpossibleValue.check(
        betas.square >= 0 && betas.square < 1, "beta-square", betas.square,
        mustBe: "from 0 to below 1")
    }
  }
}
