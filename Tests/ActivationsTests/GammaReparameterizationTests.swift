import Activations
import Foundation
import TestSupport
import Testing

@Suite("Derivative of Gamma draws")
struct GammaReparameterizationTests {
  /// γ(a, z) as `facts.md` gives it, to 12 digits.
  @Test(arguments: [
    (1, 0.1, 0.289273116616), (1, 1, 1.17356302722), (1, 5, 2.35707575362),
    (0.5, 0.5, 1.33735259434), (0.1, 0.001, 0.0649072473837), (2, 3, 1.32179851818),
    (5, 2, 0.630802802678), (20, 30, 1.22653536165),
  ])
  func agreesWithTheKnownValues(a: Double, z: Double, expected: Double) {
    let value = z * GammaReparameterization.logDerivative(concentration: a, logDraw: log(z))
    #expect(agrees(value, expected, relative: 5e-12))
  }

  /// Measured: 7e−15 at most.
  @Test func agreesWithTheReference() throws {
    let rows = try ReferenceTable("gamma_derivative.csv", named: false).rows
    #expect(rows.count == 239)
    for row in rows {
      let value = GammaReparameterization.logDerivative(
        concentration: row.numbers[0], logDraw: row.numbers[1])
      #expect(agrees(value, row.numbers[2], relative: 2e-14), "\(row.numbers)")
    }
  }

  /// Both sides of the switch from the series to the continued fraction, at z = a + 2.
  @Test(arguments: [1e-8, 0.01, 0.5, 1, 3, 30, 500, 1e5])
  func theTwoFormsMeet(a: Double) {
    let switchPoint = log(a + 2)
    let below = GammaReparameterization.logDerivative(
      concentration: a, logDraw: switchPoint - 1e-13)
    let above = GammaReparameterization.logDerivative(
      concentration: a, logDraw: switchPoint + 1e-13)
    #expect(agrees(below, above, relative: 1e-11))
  }

  /// At a = 10⁶ the expansion takes over; the neighbors have to agree to 1e−9 in γ = dz/da.
  @Test(arguments: [-7.0, -3, -0.5, 0, 1, 4, 7])
  func theExpansionTakesOverSmoothly(score: Double) {
    let a = 1e6
    let logDraw = log(a + score * 1e3)
    let exact = GammaReparameterization.logDerivative(concentration: a, logDraw: logDraw)
    let expanded = GammaReparameterization.logDerivative(concentration: a.nextUp, logDraw: logDraw)
    #expect(agrees(expanded, exact, relative: 1e-9), "\(expanded / exact - 1)")
  }

  /// Along ln z(a) the distribution function stays what it is: integrate the derivative from a = 1
  /// to a = 2 with Runge–Kutta; F(1, z) = 1 − e^−z then has become F(2, z) = 1 − (1 + z)e^−z.
  @Test(arguments: [0.02, 0.3, 1, 2.5, 6])
  func theQuantileFollowsTheDerivative(start: Double) {
    func slope(_ a: Double, _ y: Double) -> Double {
      GammaReparameterization.logDerivative(concentration: a, logDraw: y)
    }
    var (a, y) = (1.0, log(start))
    let steps = 200
    let h = 1.0 / Double(steps)
    for _ in 0..<steps {
      let k1 = slope(a, y)
      let k2 = slope(a + h / 2, y + h / 2 * k1)
      let k3 = slope(a + h / 2, y + h / 2 * k2)
      let k4 = slope(a + h, y + h * k3)
      y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
      a += h
    }
    let z = exp(y)
    let before = -expm1(-start)
    let after = -expm1(-z) - z * exp(-z)
    #expect(agrees(after, before, relative: 1e-8))
  }

  @Test func extremesAreFinite() {
    for a in [1e-100, 1e-30, 1e-8, 1e-3, 1, 1e3, 1e6, 1e12] {
      for logDraw in [-38 / a, -1e9, -750, -1, log(a), log(a + 40), log(a * 1.5)]
      where logDraw > -1e103 {
        let value = GammaReparameterization.logDerivative(concentration: a, logDraw: logDraw)
        #expect(value.isFinite, "a \(a), ln z \(logDraw)")
      }
    }
  }
}
