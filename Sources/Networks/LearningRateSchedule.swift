import Foundation

/// How a learning rate changes in the course of training.
public enum LearningRateSchedule: String, Codable, Sendable, Hashable, CaseIterable {
  /// Always the same.
  case constant
  /// A tenth after half of the training, a hundredth after three quarters (He et al., 2015).
  case multiStep = "multi-step"
  /// From the initial rate to 0 along half a cosine (Loshchilov and Hutter, 2017, equation 5,
  /// without restarts).
  case cosine

  /// The learning rate as a multiple of the initial one, after `progress` of the training, which
  /// goes from 0 to 1.
  public func factor(at progress: Double) -> Double {
    switch self {
    case .constant: 1
    case .multiStep: progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01
    case .cosine: (1 + cos(Double.pi * progress)) / 2
    }
  }
}
