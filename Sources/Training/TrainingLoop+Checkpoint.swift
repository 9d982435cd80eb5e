import Files
import Networks
import Tensors

extension TrainingLoop {
  /// Where the training stands: all that its continuation needs.
  ///
  /// Batches are functions of their number, so the number of the step stands for them.
  ///
  /// - Throws: Nothing that a training of this program can cause.
  public func checkpoint() throws(CheckpointMismatch) -> Checkpoint {
    try StateCoder.checkpoint(of: self) { $0.code(&$1) }
  }

  /// Takes up a training where a checkpoint of it stands: it goes on bit for bit as that one would.
  ///
  /// - Parameter checkpoint: Of a training with equal network, recipe, batches and activation.
  /// - Throws: `CheckpointMismatch` if it is of another training; this one is unchanged then.
  public mutating func restore(_ checkpoint: Checkpoint) throws(CheckpointMismatch) {
    try StateCoder.restore(&self, from: checkpoint) { $0.code(&$1) }
  }

  /// The list of everything that changes in the course of a training.
  package mutating func code(_ coder: inout StateCoder) {
    coder.group("position") { coder in
      coder.code("step", &step)
      coder.code("score", &score)
      clock.code(&coder)
      coder.code("diverged", &hasDiverged)
      if !(0...steps).contains(step) { coder.fail("its step \(step) is not one of \(steps)") }
      if !hasDiverged, !score.totalLoss.isFinite {
        coder.fail("its loss is \(score.totalLoss), but it has not diverged")
      }
    }
    trainer.code(&coder, activation: &activation)
  }
}

extension Trainer {
  /// Codes weights, running statistics and the optimizer, under the names of the parameters.
  package mutating func code(_ coder: inout StateCoder) {
    codeModel(&coder)
    codeOptimizer(&coder, of: model.namedParameters)
  }

  /// Codes the parameters of the activation and what the optimizer knows of them besides.
  fileprivate mutating func code(
    _ coder: inout StateCoder, activation: inout some NetworkActivation
  ) {
    codeModel(&coder)
    coder.group("activation") { coder in
      activation.visitParameters { coder.code($0, &$1.value) }
    }
    codeOptimizer(&coder, of: model.namedParameters + activation.namedParameters)
  }

  private mutating func codeModel(_ coder: inout StateCoder) {
    coder.group("weights") { coder in
      model.visitParameters { coder.code($0, &$1.value) }
    }
    coder.group("statistics") { coder in
      model.visitStatistics { coder.code($0, &$1) }
    }
  }

  private mutating func codeOptimizer(
    _ coder: inout StateCoder, of parameters: [(name: String, value: Tensor<Float>)]
  ) {
    coder.group("optimizer") { optimizer.code(&$0, of: parameters) }
  }
}
