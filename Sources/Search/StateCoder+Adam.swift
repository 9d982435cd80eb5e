import Files
import Networks
import Tensors

extension StateCoder {
  /// Codes an optimizer of tensors that are listed with their names.
  mutating func code(
    _ name: String, _ optimizer: inout Adam<Double>, of parameters: [(String, Tensor<Double>)]
  ) {
    group(name) { coder in
      coder.code("steps", &optimizer.steps)
      guard optimizer.steps > 0 else { return }
      if coder.isRestoring {
        optimizer.means = parameters.map { Tensor(zeros: $0.1.shape) }
        optimizer.squares = optimizer.means
      }
      for (index, parameter) in parameters.enumerated() {
        coder.code("mean.\(parameter.0)", &optimizer.means[index])
        coder.code("square.\(parameter.0)", &optimizer.squares[index])
      }
    }
  }
}
