import Activations
import Autodiff
import Networks
import Tensors

/// The smallest network there is: one pixel x, one weight w, one activation f, two classes with the
/// logits f(w·x) and 0. So all its gradients fit on a sheet of paper.
struct OneWeightClassifier: Model {
  var weight: Parameter
  let activationSites: [ActivationSite]
  /// Called with every pass.
  let diary: Diary?

  /// What the passes of a network and its copies saw, in their order.
  final class Diary {
    struct Pass: Equatable {
      let pixels: [Float]
      let phase: Phase
      /// Whether what came out of the activation is what went in, rectified.
      let isRectified: Bool
    }
    var passes: [Pass] = []
  }

  init(weight: Float, diary: Diary? = nil) {
    self.weight = Parameter(Tensor([weight], [1, 1]))
    self.diary = diary
    var sites = ActivationSites()
    _ = sites.add("act", stage: 0, channels: 1)
    activationSites = sites.all
  }

  func callAsFunction(_ images: Tensor<Float>, in pass: inout Pass) -> Variable<Float> {
    let tape = pass.tape
    let pixels = tape.constant(Tensor(images.scalars, [images.shape[0], 1]))
    let scaled = linearMap(
      pixels, weight: weight.variable(on: tape), bias: tape.constant(Tensor([0])))
    let activated = pass.activate(scaled, at: activationSites[0])
    diary?.passes.append(
      Diary.Pass(
        pixels: images.scalars, phase: pass.phase,
        isRectified: activated.value.scalars == scaled.value.scalars.map { max($0, 0) }))
    return linearMap(
      activated, weight: tape.constant(Tensor([1, 0], [2, 1])),
      bias: tape.constant(Tensor([0, 0])))
  }

  mutating func visit(_ visit: (String, inout Parameter) -> Void) {
    visit("weight", &weight)
  }
}
