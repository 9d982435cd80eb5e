import Evaluation
import Files
import Foundation
import Runs
import Search
import Traces

/// An inspection as JSON: keys in snake case, what was not measured left out.
struct InspectionJSON: Encodable {
  struct Epoch: Encodable {
    let epoch: Int
    let elapsedSeconds, trainLoss, validationLoss, trainAccuracy, validationAccuracy: Double?
    let bestValidationAccuracy: Double?
    let operationsAlive: Int?
    let expression: String?
  }

  struct Drop: Encodable {
    let step, epoch: Int
    let slot, operation: String
    let alpha, loss: Double?
  }

  struct Plugged: Encodable {
    let function: String
    let loss: Double
  }

  struct Lead: Encodable {
    let step: Int
    let operation: String
  }

  struct Operation: Encodable {
    let operation: String
    let firstAlpha, lastAlpha, firstWeight, lastWeight: Double?
    let droppedAtStep: Int?
  }

  struct Slot: Encodable {
    let slot: String
    let chosen: String?
    let leadChanges: Int
    let leads: [Lead]
    let operations: [Operation]
  }

  struct Function: Encodable {
    let cells: [String]
    let expression: String?
    let x, y: [Double?]
  }

  struct Change: Encodable {
    let step: Int
    let phase: String
  }

  /// Of the report what is about functions; the single trainings stand in its own file.
  struct Evaluation: Encodable {
    let summary: [EvaluationReport.Row]
    /// At chosen learning rates; nil where there was no choice.
    let summaryAtChosenRates: [EvaluationReport.Row]?
    let isComplete: Bool
  }

  struct Candidate: Encodable {
    let candidate: Int
    let expression, function: String
    let genotypes: [String]
    let digest: String
    let value, loss: Double?
    let elapsedSeconds: Double
  }

  struct Arm: Encodable {
    let arm: Int
    let place: Int?
    let origin, expression, function: String
    /// By rung, those that were reached; null where training diverged.
    let losses: [Double?]
  }

  struct Race: Encodable {
    let images, functions: [Int]
    let arms: [Arm]
    let verdict: RaceVerdict?
    let courses: [RaceCourse]?
    let costs: [FunctionCost]?
  }

  /// The function that has won, and what its own trainings came to.
  struct Winner: Encodable {
    let arm: Int
    let origin, expression, function: String
    /// After its last rung.
    let validationLoss: Double?
    /// Over the seeds of the verdict, in the end.
    let judgingLoss, judgingAccuracy: Double?
  }

  /// `relaxed` or `proposed`.
  let search: String
  let trace, standing, status, programVersion, commandLine, network, dataset, started: String
  let machine, blas: String
  let seed: UInt64
  let settings: [String: String]
  let epochsPlanned: Int?
  let epochsDone, steps: Int
  let elapsedSeconds: Double
  let secondsLeft: Double?
  let operationsAlive: Int?
  let expression, function, genotype: String?
  let validationAccuracy, bestValidationAccuracy, usualValidationAccuracy: Double?
  /// With a race, what the search alone came to: its own network's, not the winner's.
  let searchExpression, searchFunction, searchGenotype: String?
  let searchValidationAccuracy, searchBestValidationAccuracy: Double?
  let winner: Winner?
  let usualActivation: String?
  let metric: String?
  let candidatesPlanned: Int?
  let candidates: [Candidate]?
  let race: Race?
  let phaseChanges: [Change]
  let epochs: [Epoch]
  let drops: [Drop]
  let plugged: [Plugged]
  let slots: [Slot]
  let functions: [Function]
  let evaluation: Evaluation?
  let remarks: [String]

  init(_ inspection: Inspection) {
    let header = inspection.trace.header
    let trajectory = inspection.trajectory
    search = inspection.candidates == nil ? "relaxed" : "proposed"
    trace = inspection.path
    standing = inspection.standing.rawValue
    status = header.status.rawValue
    programVersion = header.programVersion
    commandLine = header.commandLine
    network = header.network
    dataset = header.dataset
    started = header.started
    machine = header.machine
    blas = header.blas
    seed = header.seed
    settings = Dictionary(inspection.settings.map { ($0.name, $0.value) }) { $1 }
    epochsPlanned = inspection.plannedEpochs
    epochsDone = trajectory.epochs.count
    steps = trajectory.steps.count
    elapsedSeconds = inspection.elapsedSeconds
    secondsLeft = inspection.secondsLeft
    operationsAlive = trajectory.steps.last?.operationsAlive
    expression = inspection.expression
    function = inspection.function?.text
    let alone = inspection.result?.evidence == nil ? nil : inspection.result
    genotype = alone == nil ? inspection.genotype : nil
    searchGenotype = alone == nil ? nil : inspection.genotype
    searchExpression = alone?.searchFunction?.formula
    searchFunction = alone?.searchFunction?.text
    winner = alone?.evidence.flatMap(Winner.init)
    let last = trajectory.epochs.last
    let accuracy =
      inspection.result?.validationAccuracy ?? last.flatMap { finite($0.validationAccuracy) }
      ?? (inspection.candidates?.metric == .accuracy ? inspection.candidates?.best?.value : nil)
    let best =
      inspection.result?.bestValidationAccuracy
      ?? last.flatMap { finite($0.bestValidationAccuracy) }
    (validationAccuracy, bestValidationAccuracy) = alone == nil ? (accuracy, best) : (nil, nil)
    (searchValidationAccuracy, searchBestValidationAccuracy) =
      alone == nil ? (nil, nil) : (accuracy, best)
    usualActivation = inspection.result?.usualActivation
    usualValidationAccuracy = inspection.result?.usualValidationAccuracy
    metric = inspection.candidates?.metric.rawValue
    candidatesPlanned = inspection.candidates == nil ? nil : inspection.budget
    candidates = inspection.candidates?.rows.map {
      Candidate(
        candidate: $0.number, expression: $0.formula, function: $0.function,
        genotypes: $0.genotypes, digest: $0.digest, value: $0.value, loss: $0.loss,
        elapsedSeconds: $0.elapsedSeconds)
    }
    race = inspection.race.map { race in
      Race(
        images: race.lengths, functions: race.counts,
        arms: race.rows.map { row in
          Arm(
            arm: row.number, place: row.place, origin: row.origin.rawValue,
            expression: row.formula,
            function: inspection.trace.race?.arms[row.number].function ?? "", losses: row.losses)
        }, verdict: inspection.result?.evidence?.verdict,
        courses: inspection.result?.evidence?.courses, costs: inspection.result?.evidence?.costs)
    }
    phaseChanges = inspection.phaseChanges.map { Change(step: $0.step, phase: $0.phase.rawValue) }
    epochs = trajectory.epochs.map { epoch in
      Epoch(
        epoch: epoch.epoch, elapsedSeconds: finite(epoch.elapsedSeconds),
        trainLoss: finite(epoch.trainLoss), validationLoss: finite(epoch.validationLoss),
        trainAccuracy: finite(epoch.trainAccuracy),
        validationAccuracy: finite(epoch.validationAccuracy),
        bestValidationAccuracy: finite(epoch.bestValidationAccuracy),
        operationsAlive: trajectory.steps.last { $0.epoch == epoch.epoch }?.operationsAlive,
        expression: trajectory.genotypes.first { $0.epoch == epoch.epoch }?.expression)
    }
    drops = trajectory.drops.map {
      Drop(
        step: $0.step, epoch: $0.epoch, slot: $0.slot, operation: $0.operation,
        alpha: finite($0.alpha), loss: finite($0.loss))
    }
    plugged = trajectory.pluggedRanked.map { Plugged(function: $0.function, loss: $0.loss) }
    slots = inspection.slots.map { slot in
      Slot(
        slot: slot.name, chosen: slot.chosen, leadChanges: slot.leadChanges,
        leads: slot.leads.map { Lead(step: $0.step, operation: $0.operation) },
        operations: slot.ranking.map {
          Operation(
            operation: $0.name, firstAlpha: finite($0.firstAlpha), lastAlpha: finite($0.lastAlpha),
            firstWeight: finite($0.firstWeight), lastWeight: finite($0.lastWeight),
            droppedAtStep: $0.droppedAtStep)
        })
    }
    functions = inspection.functions.map {
      Function(
        cells: $0.cells, expression: $0.expressions.last, x: $0.points.map { finite($0) },
        y: $0.values.last?.map { finite($0) } ?? [])
    }
    evaluation = inspection.evaluation.map {
      Evaluation(
        summary: $0.summary,
        summaryAtChosenRates: $0.learningRates == nil ? nil : $0.rowsAtChosenRates,
        isComplete: $0.isComplete)
    }
    remarks = inspection.remarks
  }
}

extension InspectionJSON.Winner {
  fileprivate init?(_ evidence: RaceEvidence) {
    guard let own = evidence.winner else { return nil }
    let course = evidence.courses?.first { $0.arm == own.number }
    self.init(
      arm: own.number, origin: own.origin, expression: own.expression, function: own.function,
      validationLoss: own.loss, judgingLoss: course?.lossCurves.means.last ?? nil,
      judgingAccuracy: course?.accuracyCurves?.means.last ?? nil)
  }
}

/// A number that JSON knows.
private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

/// The same with the digits that a number of single precision has, and no more.
private func finite(_ value: Float) -> Double? { value.isFinite ? Double("\(value)") : nil }

extension Inspection {
  /// Everything that is shown, for programs; the module's README names the keys.
  ///
  /// - Throws: What the encoder throws.
  public func json() throws -> Data {
    try SortedJSON.data(InspectionJSON(self))
  }
}
