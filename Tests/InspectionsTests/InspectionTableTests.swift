import Foundation
import Inspections
import Testing
import Traces

@Suite("Tables and JSON")
struct InspectionTableTests {
  private let inspection = Inspection(
    SmallTrace.trace(expression: "max(relu(x), x)"), path: "trace.h5", standing: .finished)

  @Test(
    "the rows, counted by hand",
    arguments: [
      (InspectionTable.steps, 6, 11), (.epochs, 2, 7), (.drops, 3, 6), (.slots, 5, 8),
      (.alpha, 6, 6), (.concentration, 6, 6), (.weights, 6, 6), (.mask, 6, 6), (.beta, 6, 2),
      (.curve, 10, 4), (.configuration, 5, 2),
    ])
  func shape(table: InspectionTable, rows: Int, columns: Int) throws {
    let lines = try table.text(inspection).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == rows + 2 && lines.last == "")
    // Only the last setting holds a comma, within quotation marks.
    for line in lines.dropLast() where !line.contains("\"") {
      #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == columns)
    }
  }

  @Test(
    "cells",
    arguments: [
      (InspectionTable.steps, "0,0,warm_start,10.0,3.0,,0.0,0.0,0.125,0.25,5"),
      (.epochs, "1,60.0,1.5,2.0,0.5,0.375,0.375"), (.drops, "5,1,b0,left,,"),
      (.slots, "u0,tanh,0.5,0.5,0.5,0.125,3,0"), (.slots, "u0,relu,0.0,5.0,0.25,1.0,,1"),
      (.weights, "step,u0.relu,u0.tanh,u0.sin,b0.mul,b0.left"),
      (.weights, "3,0.25,0.0,0.75,0.75,0.25"), (.alpha, "2,2.0,0.5,-2.0,0.5,"),
      (.mask, "4,1,0,1,1,1"), (.beta, "step,u0.sin"), (.beta, "3,0.75"),
      (.concentration, "0,1.0,2.0,3.0,1.0,1.0"), (.curve, "0,y,-4.0,4.0"),
      (.genotype, "1,\"max(relu(x), x)\",relu,mul"), (.configuration, "cell,\"u0(x) b0(u0, x)\""),
    ])
  func cells(table: InspectionTable, line: String) throws {
    #expect(try table.text(inspection).split(separator: "\n").contains(line[...]))
  }

  @Test("JSON holds the same, by names in snake case")
  func json() throws {
    let object = try JSONSerialization.jsonObject(with: inspection.json()) as? [String: Any]
    let json = try #require(object)
    #expect(json["standing"] as? String == "finished")
    #expect(json["seed"] as? Int == 7 && json["epochs_done"] as? Int == 2)
    #expect(json["expression"] as? String == "max(relu(x), x)")
    let epochs = try #require(json["epochs"] as? [[String: Any]])
    #expect(epochs[1]["validation_accuracy"] as? Double == 0.375)
    #expect(epochs[1]["operations_alive"] as? Int == 2)
    let drops = try #require(json["drops"] as? [[String: Any]])
    #expect(drops[2]["operation"] as? String == "left" && drops[2]["alpha"] == nil)
    let slots = try #require(json["slots"] as? [[String: Any]])
    #expect(slots[0]["lead_changes"] as? Int == 3 && slots[0]["chosen"] as? String == "relu")
    let functions = try #require(json["functions"] as? [[String: Any]])
    #expect(functions[0]["y"] as? [Double] == [0, 0, 0, 2, 4])
    #expect(functions[0]["x"] as? [Double] == [-4, -2, 0, 2, 4])
  }
}
