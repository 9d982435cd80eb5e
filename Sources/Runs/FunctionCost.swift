import Activations
import Autodiff
import Foundation
import Networks
import Statistics
import Tensors

/// What an activation function costs in a training, by the clock: never the same twice.
public struct FunctionCost: Codable, Sendable, Hashable {
  /// The function, exactly.
  public let function: String
  /// Of an element in a forward pass, on one thread, in nanoseconds.
  public let forwardNanoseconds: Double
  /// Of an element in a forward pass and its gradient, on one thread, in nanoseconds.
  public let trainingNanoseconds: Double

  /// For a reader, such as `0.92 ns an element forward, 2.31 ns with its gradient`.
  var text: String {
    String(
      format: "%.2f ns an element forward, %.2f ns with its gradient", forwardNanoseconds,
      trainingNanoseconds)
  }

  /// Measures functions beside each other, as trainings use them: made for a pass and tabulated,
  /// then applied. Medians of rounds in which all are measured in turn, after one to warm up.
  ///
  /// - Parameters:
  ///   - functions: The functions.
  ///   - sites: The network's activation sites; of those that share a function one is measured.
  ///   - rounds: How many measurements there are of each.
  /// - Returns: The costs, in the functions' order.
  /// - Throws: `MisplacedFunction` if one is not of that network's parts.
  static func measured(
    _ functions: [PlacedFunction], at sites: [ActivationSite], rounds: Int = 7
  ) throws(MisplacedFunction) -> [FunctionCost] {
    var subjects: [Subject] = []
    for function in functions { subjects.append(try Subject(function, at: sites)) }
    var times = functions.map { _ in (forward: [Double](), training: [Double]()) }
    for round in 0...rounds {
      for index in subjects.indices {
        let forward = subjects[index].nanoseconds(isTraining: false)
        let training = subjects[index].nanoseconds(isTraining: true)
        guard round > 0 else { continue }
        times[index].forward.append(forward)
        times[index].training.append(training)
      }
    }
    return zip(functions, times).map { function, times in
      FunctionCost(
        function: function.text, forwardNanoseconds: Sample(times.forward).median ?? 0,
        trainingNanoseconds: Sample(times.training).median ?? 0)
    }
  }
}

/// A function with arguments that are drawn from a normal distribution.
private struct Subject {
  private let activation: TrainedActivation
  /// One for each of its cells.
  private let sites: [ActivationSite]
  private let arguments: Tensor<Float>
  private let upstream: Tensor<Float>

  /// About so many elements are measured together: a small layer of a batch.
  private static let elements = 1 << 18

  init(_ function: PlacedFunction, at sites: [ActivationSite]) throws(MisplacedFunction) {
    activation = try function.activation(at: sites)
    let scope = ActivationScope.allCases.first {
      $0.cells(of: sites).names.count == function.cells.count
    }
    let cells = (scope ?? .network).cells(of: sites).cellOfSite
    self.sites = Set(cells).sorted().compactMap { cell in
      cells.firstIndex(of: cell).map { sites[$0] }
    }
    var stream = RandomStream(seed: 0, purpose: "cost")
    let count = max(1 << 12, Self.elements / max(1, self.sites.count))
    arguments = Tensor((0..<count).map { _ in Float(stream.normal()) })
    upstream = Tensor(repeating: 1, arguments.shape)
  }

  /// What an element costs in one measurement.
  func nanoseconds(isTraining: Bool) -> Double {
    let elapsed = ContinuousClock().measure {
      let tape = Tape(device: Device(threads: 1))
      let function = activation.activation(on: tape)
      for site in sites {
        let input = isTraining ? tape.parameter(arguments) : tape.constant(arguments)
        let output = function(input, at: site.index)
        guard isTraining else { continue }
        // Only the function's own pullback: a loss would have one of its own.
        let loss = tape.record(Tensor([0] as [Float]), from: [output]) { [upstream] _ in
          output.accumulate(upstream)
        }
        tape.pullBack(from: loss)
        _ = input.gradient
      }
    }
    return elapsed / .nanoseconds(1) / Double(arguments.count * max(1, sites.count))
  }
}
