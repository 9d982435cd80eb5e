import Activations
import Foundation
import Networks

/// A function that is evaluated, and its part in the comparison.
public struct EvaluationFunction: Sendable, Hashable {
  /// What tables call it: as it was asked for; of a run, the formula that it found.
  public let name: String
  /// The formula, the same for all ways of writing it; of several functions `stage0: …; stage1: …`.
  public let formula: String
  /// ℓ, if the outputs of operations are clipped to ±ℓ as in a search.
  public let bound: Double?
  /// Whether it was asked for by itself, so that it is compared with the baselines.
  public internal(set) var isGiven: Bool
  /// Whether others are compared with it.
  public internal(set) var isBaseline: Bool

  /// A function asked for by itself.
  ///
  /// - Parameters:
  ///   - argument: A name, a formula, or a run's folder.
  ///   - bound: ℓ; nil for no bound.
  /// - Throws: What reading the function throws, each one line.
  public init(given argument: RequestedFunction, bound: Double? = nil) throws {
    let function = try EvaluatedFunction(argument.formula, bound: bound)
    name = argument.formula + (bound.map { String(format: " within ±%g", $0) } ?? "")
    formula = Self.formula(of: function)
    self.bound = bound
    (isGiven, isBaseline) = (true, false)
  }

  /// A baseline, never bounded.
  ///
  /// - Parameter name: Its name.
  /// - Throws: What reading the function throws, each one line.
  public init(baseline name: String) throws {
    let function = try EvaluatedFunction(name)
    self.name = name
    formula = Self.formula(of: function)
    bound = nil
    (isGiven, isBaseline) = (false, true)
  }

  /// The functions of an evaluation: those given, then the baselines that are none of them.
  ///
  /// - Parameters:
  ///   - given: Asked for by themselves; of equal ones the first is kept.
  ///   - baselines: What the others are compared with.
  /// - Returns: Each function once.
  public static func merged(
    given: [EvaluationFunction], baselines: [EvaluationFunction]
  ) -> [EvaluationFunction] {
    var all: [EvaluationFunction] = []
    for function in given + baselines {
      if let index = all.firstIndex(where: { $0.isSame(as: function) }) {
        all[index].isBaseline = all[index].isBaseline || function.isBaseline
      } else {
        all.append(function)
      }
    }
    return all
  }

  /// Whether both are the same function: alike in canonical form, or, bounded or several, in writing.
  func isSame(as other: EvaluationFunction) -> Bool {
    guard bound == other.bound else { return false }
    if formula == other.formula { return true }
    let forms = [self, other].map {
      try? ActivationExpression(parsing: $0.formula, operations: .allPrimitives)
    }
    guard bound == nil, let first = forms[0], let second = forms[1] else { return false }
    return first.isCanonicallyEquivalent(to: second)
  }

  /// The text as a formula writes itself, a name as the function of x; of several functions, and of
  /// those with scalars that are trained, which a formula would fix, the text stays.
  private static func formula(of function: EvaluatedFunction) -> String {
    let text = function.text
    if function.isTrained { return text }
    let candidates = [text, "\(text)(x)"].lazy.compactMap {
      try? ActivationExpression(parsing: $0, operations: .allPrimitives).description
    }
    return candidates.first ?? text
  }

  /// Checks that a network has the stages or sites that the function names.
  ///
  /// - Throws: `EvaluatedFunction.Failure` if it has others.
  func check(fits network: some ImageClassifier) throws {
    _ = try EvaluatedFunction(formula, bound: bound).activation(at: network.activationSites)
  }
}
