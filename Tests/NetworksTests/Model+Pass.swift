import Activations
import Autodiff
import Networks
import Tensors

extension Model {
  /// The rows of a batch, in a pass of its own.
  mutating func callAsFunction(
    _ input: Input, on tape: Tape, activation: some Activation, phase: Phase
  ) -> Variable<Float> {
    var pass = Pass(on: tape, activation: activation, phase: phase)
    return self(input, in: &pass)
  }
}

extension DataShape {
  /// Square images, by default color ones of CIFAR-10's size.
  static func images(_ size: Int = 32, channels: Int = 3, classes: Int = 10) -> DataShape {
    .images(height: size, width: size, channels: channels, classes: classes)
  }
}
