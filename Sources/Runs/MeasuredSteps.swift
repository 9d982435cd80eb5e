import Networks
import Search
import Settings
import Statistics
import Tensors

/// The times of the parts of a search, in seconds: medians of three, after one to warm up.
struct MeasuredSteps {
  /// Of a step of the architecture.
  let architecture: Double
  /// Of a step of the weights, with the cell.
  let weights: Double
  /// Of a step of the weights, with the usual activation.
  let usual: Double
  /// Of one batch of the validation part.
  let scoring: Double

  /// Measures.
  ///
  /// - Throws: `ImpossibleValue` if the configuration's cell and operations make no space.
  init<M: Model>(
    _ configuration: BilevelConfiguration, model: M, data: SearchData<M.Input, M.Targets>,
    device: Device
  ) throws(ImpossibleValue) {
    var optimizer = try BilevelOptimizer(configuration, model: model, device: device)
    let (rate, passes) = (configuration.recipe.learningRate, configuration.recipe.accumulation)
    var times: (architecture: [Double], weights: [Double], usual: [Double], scoring: [Double])
    times = ([], [], [], [])
    func seconds(_ body: () -> Void) -> Double { ContinuousClock().measure(body) / .seconds(1) }
    for number in 0..<4 {
      let numbers = number * passes..<(number + 1) * passes
      let training = numbers.map { data.training.batch(at: $0) }
      let draws = configuration.architectureDraws
      let parts = numbers.lowerBound * draws..<numbers.upperBound * draws
      let validation = parts.map { data.validation.batch(at: $0) }
      times.architecture.append(
        seconds {
          _ = optimizer.architectureStep(
            validation, number: number,
            lookAhead: configuration.method.looksAhead ? (training, rate) : nil)
        })
      times.weights.append(
        seconds { _ = optimizer.weightStep(training, number: number, learningRate: rate) })
      times.usual.append(
        seconds {
          _ = optimizer.weightStep(
            training, number: number, learningRate: rate, isWarmStart: true)
        })
      times.scoring.append(
        seconds { _ = optimizer.score(on: data.scoring, first: 1, isWarmStart: false) })
    }
    func median(_ times: [Double]) -> Double { Sample(Array(times.dropFirst())).median ?? 0 }
    architecture = median(times.architecture)
    weights = median(times.weights)
    usual = median(times.usual)
    scoring = median(times.scoring)
  }
}
