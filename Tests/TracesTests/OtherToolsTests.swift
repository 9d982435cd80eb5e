import Foundation
import TestSupport
import Testing
import Traces

private let dumper = ["/usr/bin/h5dump", "/usr/local/bin/h5dump", "/opt/homebrew/bin/h5dump"]
  .first(where: FileManager.default.isExecutableFile)

/// The file as other programs see it.
@Suite(.enabled(if: dumper != nil, "h5dump is not installed (apt install hdf5-tools)"))
struct OtherToolsTests {
  private func dump(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(dumper))
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }

  private static let slots = [
    Trajectory.Slot(name: "u0", operations: ["relu", "x_plus_beta"], learnable: ["x_plus_beta"]),
    Trajectory.Slot(name: "b0", operations: ["add", "multiply", "left"]),
  ]

  private static func trace() -> Trace {
    var trajectory = Trajectory(slots: slots, curvePoints: [-1, 0, 1])
    for step in 0..<4 {
      let states = slots.map { slot in
        let row = slot.operations.indices.map { Float(step * 10 + $0) }
        return Trajectory.SlotState(
          alpha: row, concentration: row, weights: row, mask: row.map { $0 > 1 },
          scalars: slot.learnable.map { _ in 0.25 })
      }
      trajectory.append(.init(step: step, epoch: 0, phase: .warmStart), states: states)
    }
    trajectory.append(
      Trajectory.Drop(step: 4, epoch: 1, slot: "b0", operation: "left", alpha: 0.5))
    trajectory.append(
      Trajectory.Genotype(epoch: 0, expression: "relu(x)", operations: ["relu", "add"]),
      curveValues: [0, 0, 1])
    trajectory.append(Trajectory.Epoch(epoch: 0, elapsedSeconds: 3))
    return Trace(header: .init(seed: 42), configuration: "seed: 42\n", record: .relaxed(trajectory))
  }

  @Test func theNamesAreThoseOfTheSchema() throws {
    let folder = try TemporaryFolder()
    try TraceFile.publish(Self.trace(), to: folder.file())
    let listing = try dump(["--contents=1", folder.file().path])
    let expected = [
      "/configuration", "/slots", "/operations/u0_operation", "/operations/b0_operation",
      "/alpha/u0_operation",
      "/alpha/u0", "/alpha/b0", "/alpha/step", "/concentration/u0", "/weights/b0", "/mask/u0",
      "/beta/u0/x_plus_beta", "/beta/b0", "/drops/step", "/drops/epoch", "/drops/slot",
      "/drops/operation", "/drops/alpha", "/genotype/epoch", "/genotype/expression",
      "/genotype/operations/u0", "/curve/epoch", "/curve/x", "/curve/y", "/epochs/epoch",
      "/epochs/best_validation_accuracy",
    ]
    let steps = [
      "step", "epoch", "phase", "elapsed_seconds", "train_loss", "validation_loss",
      "train_accuracy", "validation_accuracy", "learning_rate", "architecture_learning_rate",
      "operations_alive",
    ]
    for name in expected + steps.map({ "/steps/\($0)" }) {
      #expect(listing.contains(" \(name)\n") || listing.contains(" \(name) "), "\(name)")
    }
  }

  @Test func attributesAndValuesAreReadable() throws {
    let folder = try TemporaryFolder()
    try TraceFile.publish(Self.trace(), to: folder.file())
    let file = folder.file().path
    #expect(try dump(["-a", "/schema", file]).contains("\"grafs-trace\""))
    #expect(try dump(["-a", "/seed", file]).contains("(0): 42"))
    #expect(try dump(["-d", "/configuration", file]).contains("seed: 42"))
    #expect(try dump(["-d", "/slots", file]).contains("\"u0\", \"b0\""))
    #expect(try dump(["-d", "/steps/phase", file]).contains("\"warm_start\""))
    #expect(try dump(["-d", "/alpha/b0", file]).contains("(1,0): 10, 11, 12"))
    #expect(try dump(["-d", "/curve/y", file]).contains("(0,0): 0, 0, 1"))
    #expect(try dump(["-a", "/steps/elapsed_seconds/units", file]).contains("\"s\""))
  }

  @Test(arguments: [0, 4])
  func everyDatasetButTheConfigurationIsChecksummed(steps: Int) throws {
    let folder = try TemporaryFolder()
    var trace = Self.trace()
    trace.record = .relaxed(try #require(trace.trajectory).before(step: steps, epoch: 0))
    try TraceFile.publish(trace, to: folder.file())
    let properties = try dump(["-p", "-H", folder.file().path])
    let datasets = properties.components(separatedBy: "DATASET \"").dropFirst()
    // A second name of a dataset is listed as HARDLINK, without properties.
    let described = datasets.filter { !$0.contains("HARDLINK") }
    #expect(described.count > 40)
    for dataset in described where !dataset.hasPrefix("configuration\"") {
      #expect(dataset.contains("CHECKSUM FLETCHER32"), "\(dataset.prefix(40))")
      #expect(dataset.contains("CHUNKED"), "\(dataset.prefix(40))")
    }
    #expect(!properties.contains("H5T_ENUM") && !properties.contains("H5T_VARIABLE"))
  }
}
