import Files
import Runs

extension InspectionTable {
  /// A row for each function of a race's verdict and epoch: the mean over the seeds, the least and
  /// the greatest of them, on the judging images.
  func learning(_ inspection: Inspection) -> PlainTable {
    let courses = inspection.result?.evidence?.courses ?? []
    let rows = courses.flatMap { course in
      (0..<course.lossCurves.epochs).map { (course: course, epoch: $0) }
    }
    func numbers(_ name: String, _ value: (RaceCourse, Int) -> Double?) -> PlainTable.Column {
      .numbers(name, rows.map { value($0.course, $0.epoch) ?? .nan })
    }
    return PlainTable(
      name: rawValue,
      columns: [
        .integers("arm", rows.map { Int64($0.course.arm) }),
        .texts("function", rows.map { inspection.function(ofArm: $0.course.arm) }),
        .integers("epoch", rows.map { Int64($0.epoch + 1) }),
        .integers("seeds", rows.map { Int64($0.course.seeds) }),
        numbers("mean_loss") { $0.lossCurves.means[$1] },
        numbers("least_loss") { $0.lossCurves.ranges[$1]?.lowerBound },
        numbers("greatest_loss") { $0.lossCurves.ranges[$1]?.upperBound },
        numbers("mean_accuracy") { $0.accuracyCurves?.means[$1] },
        numbers("least_accuracy") { $0.accuracyCurves?.ranges[$1]?.lowerBound },
        numbers("greatest_accuracy") { $0.accuracyCurves?.ranges[$1]?.upperBound },
      ])
  }

  /// A row for each function of a race's verdict, and ReLU: how soon its mean loss was no greater
  /// than the usual activation's at its end, `inf` for never; what an element costs.
  func verdict(_ inspection: Inspection) -> PlainTable {
    let rows = inspection.verdictRows
    func numbers(_ name: String, _ value: (Inspection.VerdictRow) -> Double?) -> PlainTable.Column {
      .numbers(name, rows.map { value($0) ?? .nan })
    }
    return PlainTable(
      name: rawValue,
      columns: [
        .texts("arm", rows.map { $0.arm.map(String.init) ?? "" }),
        .texts(
          "function", rows.map { row in row.arm.map(inspection.function(ofArm:)) ?? row.title }),
        .texts("seeds", rows.map { $0.course.map { "\($0.seeds)" } ?? "" }),
        .texts("epochs", rows.map { $0.course.map { "\($0.lossCurves.epochs)" } ?? "" }),
        numbers("mean_loss") { $0.course?.lossCurves.means.last ?? nil },
        numbers("level") { $0.course?.epochsToLevel?.level },
        numbers("epochs_to_level") { row in
          row.course?.epochsToLevel.map { $0.epochs.map(Double.init) ?? .infinity }
        },
        numbers("forward_nanoseconds") { $0.cost?.0 },
        numbers("training_nanoseconds") { $0.cost?.1 },
      ])
  }
}

extension Inspection {
  /// A function of the race, exactly.
  fileprivate func function(ofArm arm: Int) -> String {
    result?.evidence?.arms[arm].function ?? ""
  }
}
