import Foundation

/// How a learning rate changes in the course of training.
public enum LearningRateSchedule: String, Codable, Sendable, Hashable, CaseIterable {
  /// Always the same.
  case constant
  /// A tenth after half of the training, a hundredth after three quarters (He et al., 2015).
  case multiStep = "multi-step"
  /// From the initial rate to the lowest along half a cosine (Loshchilov and Hutter, 2017, equation
  /// 5, without restarts).
  case cosine
  /// From the initial rate to the lowest along a line.
  case linear

  /// The learning rate as a multiple of the initial one, after `progress` of the training, which
  /// goes from 0 to 1, if the lowest is 0.
  public func factor(at progress: Double) -> Double {
    switch self {
    case .constant: 1
    case .multiStep: progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01
    case .cosine: (1 + cos(Double.pi * progress)) / 2
    case .linear: 1 - progress
    }
  }

  /// The learning rate of a step as a multiple of the initial one.
  ///
  /// - Parameters:
  ///   - step: Steps taken before it.
  ///   - steps: The length of the training.
  ///   - warmup: The number of first steps in which the rate rises along a line, from the rate of
  ///     one such step to the initial one; the schedule covers those that follow.
  ///   - lowest: The rate at the schedule's end as a part of the initial one, from 0 to 1.
  /// - Returns: From `lowest` to 1, less while the rate rises.
  public func factor(
    at step: Int, of steps: Int, warmup: Int = 0, lowest: Double = 0
  ) -> Double {
    if step < warmup { return Double(step + 1) / Double(warmup + 1) }
    let progress = Double(step - warmup) / Double(max(1, steps - warmup))
    return lowest + (1 - lowest) * factor(at: progress)
  }
}
