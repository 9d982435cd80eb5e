import Activations
import Tensors

extension Architecture {
  /// Adds the gradient of `weight · Σ KL(Dir(c) ‖ Dir(1))` over the slots with a choice.
  ///
  /// - Parameters:
  ///   - gradients: By α of every slot, then by the scalars of every slot.
  ///   - weight: Of the divergence in the loss.
  func addDivergenceGradients(to gradients: inout [Tensor<Double>], weight: Double) {
    for (index, slot) in slots.enumerated() where slot.alive.count > 1 {
      let alpha = slot.weights.scalars
      let concentrations = slot.alive.map {
        max(Concentration.value(alpha[$0]), DirichletDraw.smallestConcentration)
      }
      let byConcentration = DirichletDivergence.gradient(concentrations)
      var gradient = gradients[index].scalars
      for (operation, part) in zip(slot.alive, byConcentration) {
        gradient[operation] += weight * part * Concentration.derivative(alpha[operation])
      }
      gradients[index] = Tensor(gradient, gradients[index].shape)
    }
  }

  /// Adds the gradient of `weight` times the mean over the slots with a choice of logsumexp(α),
  /// which draws the α of a slot together.
  ///
  /// Source: Ye et al., 2022 (β-DARTS).
  ///
  /// - Parameters:
  ///   - gradients: By α of every slot, then by the scalars of every slot.
  ///   - weight: λ of this step.
  package func addBetaDecayGradients(to gradients: inout [Tensor<Double>], weight: Double) {
    let open = slots.indices.filter { slots[$0].alive.count > 1 }
    for index in open {
      let slot = slots[index]
      let alpha = slot.weights.scalars
      var gradient = gradients[index].scalars
      let parts = SoftmaxRelaxation().meanWeights(slot.alive.map { alpha[$0] })
      for (operation, part) in zip(slot.alive, parts) {
        gradient[operation] += weight * part / Double(open.count)
      }
      gradients[index] = Tensor(gradient, gradients[index].shape)
    }
  }
}
