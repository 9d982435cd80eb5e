import Activations
import Traces

extension Trajectory.Genotype {
  /// The function: exactly, or of a trace without that, as its text has it; nil of a text that says
  /// none.
  var placedFunction: PlacedFunction? {
    try? PlacedFunction(parsing: function.isEmpty ? expression : function)
  }
}

extension PlacedFunction {
  /// The function of a cell in short, without limits; nil if there is no such cell.
  func formula(ofCell name: String) -> String? {
    cells.first { $0.name == name }.map { PlacedFunction($0.expression, limits: limits).formula }
  }

  /// `name: function` of each cell; of the only one the function alone.
  var formulas: [String] {
    cells.map { cell in
      let formula = PlacedFunction(cell.expression, limits: limits).formula
      return cell.name.isEmpty ? formula : "\(cell.name): \(formula)"
    }
  }
}
