import Files
import Foundation
import Reports

/// One measurement beside what it is compared with.
public struct BenchmarkRow: Codable, Sendable, Hashable {
  /// What was measured, such as `train.resnet20`.
  public let name: String
  /// The measurement: a median.
  public let value: Double
  /// Its unit.
  public let unit: String
  /// What it is compared with, in the same unit and measured in the same run; nil where it is
  /// itself the reference.
  public let reference: Double?
  /// `value / reference`.
  public let ratio: Double?
  /// What the ratio shall be: `≥ 0.6`, say; nil where there is no goal.
  public let goal: String?

  /// Compares a measurement with its reference.
  init(_ name: String, _ value: Double, _ unit: String, reference: Double?, goal: String?) {
    self.name = name
    self.value = value
    self.unit = unit
    self.reference = reference
    ratio = reference.map { value / $0 }
    self.goal = goal
  }
}

extension BenchmarkRow {
  private enum Key: String, CodingKey { case name, value, unit, reference, ratio, goal }

  /// Encodes all keys, with null for what there is not.
  ///
  /// - Parameter encoder: The encoder.
  /// - Throws: What the encoder throws if a number is not finite.
  public func encode(to encoder: any Encoder) throws {
    var row = encoder.container(keyedBy: Key.self)
    try row.encode(name, forKey: .name)
    try row.encode(value, forKey: .value)
    try row.encode(unit, forKey: .unit)
    try row.encode(reference, forKey: .reference)
    try row.encode(ratio, forKey: .ratio)
    try row.encode(goal, forKey: .goal)
  }
}

/// What `grafs-swift bench` measured.
public struct BenchmarkReport: Codable, Sendable, Hashable {
  /// Processor, threads, vectors, and what multiplies matrices.
  public let machine: String
  /// The measurements.
  public private(set) var rows: [BenchmarkRow]

  /// Reports measurements.
  init(machine: String, rows: [BenchmarkRow]) {
    self.machine = machine
    self.rows = rows
  }

  /// Adds how fast a network is trained.
  ///
  /// - Parameters:
  ///   - cost: What its steps cost.
  ///   - network: Its name.
  public mutating func add(_ cost: StepCost, training network: String) {
    rows.append(
      BenchmarkRow(
        "train.\(network)", Double(Benchmark.batchSize) / cost.seconds, "images/s",
        reference: nil, goal: nil))
  }

  /// The report as JSON.
  ///
  /// - Throws: What the encoder throws if a number is not finite.
  public func json() throws -> Data { try SortedJSON.data(self) }

  /// The report as a table of text.
  public var text: String {
    var table = TextTable("what", "measured", "unit", "reference", "ratio", "goal")
    for row in rows {
      table.add(
        row.name, Self.number(row.value), row.unit, row.reference.map(Self.number) ?? "",
        row.ratio.map { String(format: $0 < 0.1 ? "%.4f" : "%.2f", $0) } ?? "", row.goal ?? "")
    }
    return machine + "\n" + table.text
  }

  private static func number(_ value: Double) -> String {
    String(format: value < 10 ? "%.2f" : "%.0f", value)
  }
}
