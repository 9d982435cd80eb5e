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

  /// μ of gradient descent; nil for others, where setting it has no effect.
  public var momentum: Double? {
    get { if case .gradientDescent(let momentum) = self { momentum } else { nil } }
    set {
      if case .gradientDescent = self, let newValue {
        self = .gradientDescent(momentum: newValue)
      }
    }
  }

  /// β₁ of Adam; nil for others, where setting it has no effect.
  public var betaMean: Double? {
    get { betas?.mean }
    set { if let newValue { change { $0.mean = newValue } } }
  }

  /// β₂ of Adam; nil for others, where setting it has no effect.
  public var betaSquare: Double? {
    get { betas?.square }
    set { if let newValue { change { $0.square = newValue } } }
  }

  private var betas: Betas? {
    switch self {
    case .gradientDescent: nil
    case .adam(let betas), .adamW(let betas): betas
    }
  }

  private mutating func change(_ edit: (inout Betas) -> Void) {
    switch self {
    case .gradientDescent:
      break
    case .adam(var betas):
      edit(&betas)
      self = .adam(betas)
    case .adamW(var betas):
      edit(&betas)
      self = .adamW(betas)
    }
  }
}
