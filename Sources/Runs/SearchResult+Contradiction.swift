import Activations
import Files
import Foundation
import Traces

/// What a result without a checksum must fulfill: each of its statements is made twice, in itself
/// or in the trace beside it.
extension SearchResult {
  /// Looks for what does not go together.
  ///
  /// - Parameter folder: The run's folder.
  /// - Returns: What is wrong; nil if nothing contradicts anything.
  func contradiction(in folder: RunFolder) -> String? {
    guard let status = Trace.Status(rawValue: status) else {
      return "\(Self.changed): there is no status '\(status)'"
    }
    guard status == .finished else { return nil }
    if let evidence, !evidence.isConsistent {
      return "\(Self.changed): its evidence names functions that did not start"
    }
    if let functions,
      expression != functions.map({ "\($0.cell): \($0.expression)" }).joined(separator: "; ")
    {
      return "\(Self.changed): its functions are not those of its expression"
    }
    if let formula {
      let short = expression.flatMap { try? PlacedFunction(parsing: $0) }
      guard let short, short.resembles(formula, tolerance: Self.printedDigits) else {
        return "\(Self.changed): its expression and its formula are two functions"
      }
      if limits == nil, let problem = contradiction(between: formula, andGenotypesIn: folder) {
        return "\(Self.changed): \(problem)"
      }
    }
    if let best = bestValidationAccuracy, let last = validationAccuracy, !(last <= best) {
      return "\(Self.changed): its last accuracy is above its best one"
    }
    guard let trace = try? TraceFile.read(folder.trace), trace.header.status == .finished,
      let trajectory = trace.trajectory, let last = trajectory.epochs.last
    else { return nil }
    return trace.header.seed == seed && trace.header.network == network
      && trace.header.dataset == dataset && epochs == trajectory.epochs.count
      && agrees(with: last)
      ? nil : "\(Self.changed): trace.h5 beside it says something else"
  }

  /// Whether the numbers are those of the last epoch.
  private func agrees(with last: Trajectory.Epoch) -> Bool {
    let pairs = [
      (validationAccuracy, last.validationAccuracy), (validationLoss, last.validationLoss),
      (bestValidationAccuracy, last.bestValidationAccuracy),
    ]
    // Behind the last epoch only files are written.
    let seconds = last.elapsedSeconds...(2 * last.elapsedSeconds + 600)
    return seconds.contains(elapsedSeconds)
      && pairs.allSatisfy { own, other in own.map { Float($0) == other } ?? true }
  }

  /// Compares a formula of version 0.1.0 with the genotypes, of which the function is made.
  private func contradiction(
    between formula: PlacedFunction, andGenotypesIn folder: RunFolder
  ) -> String? {
    do {
      guard let found = try function(in: folder) else { return nil }
      return found.resembles(formula, tolerance: Self.allDigits)
        ? nil : "its genotype and its formula are two functions"
    } catch let error as GenotypeError {
      return "\(error)"
    } catch {
      // It is the configuration that cannot be read, which says so where it is needed.
      return nil
    }
  }

  private static let changed = "was changed after it was written"

  /// How far values may lie apart, relative to 1 and their size: of scalars of six digits, whose
  /// errors operations may multiply.
  private static let printedDigits = 1e-3
  /// The same of scalars with all digits, in another order of additions.
  private static let allDigits = 1e-11
}

extension PlacedFunction {
  /// Whether the functions have about the same values where none of them is clipped or guarded.
  fileprivate func resembles(_ other: PlacedFunction, tolerance: Double) -> Bool {
    if cells == other.cells { return true }
    guard cells.map(\.name) == other.cells.map(\.name) else { return false }
    return zip(cells, other.cells).allSatisfy { own, other in
      [-2.3, -0.7, 0.6, 1.9].allSatisfy { x in
        let first = own.expression.value(at: x, limits: .off)
        let second = other.expression.value(at: x, limits: .off)
        if !first.isFinite || !second.isFinite { return first.isFinite == second.isFinite }
        return abs(first - second) <= tolerance * (1 + max(abs(first), abs(second)))
      }
    }
  }
}
