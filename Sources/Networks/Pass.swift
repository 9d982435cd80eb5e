import Activations
import Autodiff
import Tensors

/// One pass of a batch through a network: where it is recorded, which activation stands at the
/// sites, what it is for, and where its random numbers come from.
public struct Pass {
  /// The record of the computation.
  public let tape: Tape
  /// What the pass is for.
  public let phase: Phase

  private let activation: any Activation
  private let randomness: Randomness
  /// How often each purpose has asked for random numbers.
  private var requests: [String: Int] = [:]

  /// Where the random numbers of a pass come from: equal ones give equal numbers.
  public struct Randomness: Sendable, Hashable {
    /// The run's seed.
    public let seed: UInt64
    /// What the pass belongs to, such as `"training"`.
    public let purpose: String
    /// The number of the step or pass, another one for each of this purpose.
    public let number: Int

    /// Makes the randomness of a step or pass.
    public init(seed: UInt64, purpose: String, number: Int) {
      self.seed = seed
      self.purpose = purpose
      self.number = number
    }

    /// For passes without chance, such as those that score.
    public static let none = Randomness(seed: 0, purpose: "none", number: 0)

    /// The random numbers of one of a step's passes.
    ///
    /// - Parameters:
    ///   - index: Which of them, from 0.
    ///   - count: How many passes every step has.
    /// - Returns: Another one for every pass of every step.
    public func pass(_ index: Int, of count: Int) -> Randomness {
      Randomness(seed: seed, purpose: purpose, number: number * count + index)
    }
  }

  /// Begins a pass.
  ///
  /// - Parameters:
  ///   - tape: An empty tape.
  ///   - activation: The function at every site, on that tape.
  ///   - phase: What the pass is for.
  ///   - randomness: Where random numbers come from.
  public init(
    on tape: Tape, activation: any Activation, phase: Phase, randomness: Randomness = .none
  ) {
    self.tape = tape
    self.activation = activation
    self.phase = phase
    self.randomness = randomness
  }

  /// Begins the random numbers of a layer, such as those of dropout.
  ///
  /// - Parameter purpose: What they are for; every request, also for the same purpose, has numbers
  ///   of its own, the same ones whenever the pass is repeated.
  /// - Returns: The stream at its beginning.
  public mutating func stream(_ purpose: String) -> RandomStream {
    let request = requests[purpose, default: 0]
    requests[purpose] = request + 1
    return RandomStream(
      seed: randomness.seed, purpose: "\(randomness.purpose)/\(purpose)/\(request)",
      index: UInt64(randomness.number))
  }

  /// Applies the activation of a site to every element.
  ///
  /// - Parameters:
  ///   - input: Any shape.
  ///   - site: One of the network's sites.
  /// - Returns: The shape of `input`.
  public func activate(_ input: Variable<Float>, at site: ActivationSite) -> Variable<Float> {
    activation(input, at: site.index)
  }

  /// Applies the activation of a site to a map that is not computed yet, in one pass over memory if
  /// the activation can.
  ///
  /// - Parameters:
  ///   - input: A normalized map on its way to the activation.
  ///   - site: One of the network's sites.
  /// - Returns: The shape of `input`.
  public func activate(_ input: PreActivation, at site: ActivationSite) -> Variable<Float> {
    activation(input, at: site.index)
  }
}
