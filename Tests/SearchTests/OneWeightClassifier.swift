import Activations
import Autodiff
import Networks
import Tensors

/// The smallest network there is: one pixel x, one weight w, one activation f, two classes with the
/// logits f(w·x) and 0. So all its gradients fit on a sheet of paper.
struct OneWeightClassifier: ImageClassifier {
  var weight: Parameter
  /// Is told of every pass.
  let diary: Diary?

  /// What the passes of a network and its copies saw, in their order.
  final class Diary {
    struct Pass: Equatable {
      let pixels: [Float]
      let phase: Phase
      let isRectified: Bool
    }
    var passes: [Pass] = []
  }

  init(weight: Float, diary: Diary? = nil) {
    self.weight = Parameter(Tensor([weight], [1, 1]))
    self.diary = diary
  }

  var activationSites: [ActivationSite] {
    [ActivationSite(name: "act", stage: 0, channels: 1)]
  }

  func callAsFunction(
    _ images: Variable<Float>, activation: some Activation, phase: Phase
  ) -> Variable<Float> {
    let tape = images.tape
    diary?.passes.append(
      Diary.Pass(
        pixels: images.value.scalars, phase: phase, isRectified: activation is Rectifier))
    let pixels = conversion(images, to: Float.self, shape: [images.shape[0], 1])
    let scaled = linearMap(
      pixels, weight: weight.variable(on: tape), bias: tape.constant(Tensor([0])))
    return linearMap(
      activation(scaled, at: 0), weight: tape.constant(Tensor([1, 0], [2, 1])),
      bias: tape.constant(Tensor([0, 0])))
  }

  mutating func visitParameters(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &weight)
  }

  mutating func visitStatistics(_ visit: (String, inout Tensor<Float>) -> Void) {}
}
