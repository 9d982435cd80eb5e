import Activations
import Foundation
import TestSupport
import Testing

@Suite("Concentrations")
struct ConcentrationTests {
  @Test func isEluPlusOne() {
    for alpha in [-3.0, -0.5, -1e-9, 0, 1e-9, 0.7, 12] {
      #expect(agrees(Concentration.value(alpha), ELU.value(alpha) + 1, relative: 1e-15))
      #expect(Concentration.derivative(alpha) == ELU.derivative(alpha) || alpha < 0)
      #expect(agrees(Concentration.derivative(alpha), ELU.derivative(alpha), relative: 1e-15))
    }
    #expect(Concentration.value(0) == 1)
  }

  @Test func doesNotCancelFarToTheLeft() {
    #expect(Concentration.value(-300) == exp(-300))
    #expect(Concentration.derivative(-300) == exp(-300))
    #expect(Concentration.value(-1000) == 0)
  }
}
