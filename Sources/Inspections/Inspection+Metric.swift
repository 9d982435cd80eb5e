import Networks
import Runs
import Traces

extension Inspection {
  /// By what the model's trainings are compared.
  var metric: Metric { result?.usedMetric ?? .accuracy }

  /// What a relaxed search came to on the validation part: the result's value, or that of an epoch
  /// while there is none.
  func validationValue(after epoch: Trajectory.Epoch) -> Double {
    result?.validationValue
      ?? Double(metric == .accuracy ? epoch.validationAccuracy : epoch.validationLoss)
  }
}
