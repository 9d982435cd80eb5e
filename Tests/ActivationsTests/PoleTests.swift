import Activations
import Testing

/// What people write is not guarded: values at poles, and the one rule for slopes there.
@Suite("Poles, and what is beyond a domain")
struct PoleTests {
  /// Where mathematics has no value there is none, and at the pole the slope is finite.
  @Test func logarithmsHaveNoValueOutsideTheirDomain() {
    for x in [-Double.leastNonzeroMagnitude, -1e-300, -0.5, -3, -1e300, -Double.infinity] {
      #expect(NaturalLogarithm.value(x).isNaN && NaturalLogarithm.derivative(x).isNaN)
    }
    for x in [Double(-1).nextDown, -1.5, -2, -1e300, -Double.infinity] {
      #expect(LogarithmOfOnePlus.value(x).isNaN && LogarithmOfOnePlus.derivative(x).isNaN)
    }
    for zero in [0.0, -0.0] {
      #expect(NaturalLogarithm.value(zero) == -.infinity)
      #expect(NaturalLogarithm.derivative(zero) == .greatestFiniteMagnitude)
    }
    #expect(LogarithmOfOnePlus.value(-1) == -.infinity)
    #expect(LogarithmOfOnePlus.derivative(-1) == .greatestFiniteMagnitude)
    #expect(NaturalLogarithm.value(1) == 0 && LogarithmOfOnePlus.value(1e-300) == 1e-300)
    #expect([-7, -0.0, 0, 1e-300].map(Sign.value) == [-1, 0, 0, 1])
  }

  /// One rule: the slope at a pole is that of its side within the domain, held finite; beyond the
  /// domain there is none.
  @Test func slopesAtPolesAreThoseWithin() {
    let largest = Double.greatestFiniteMagnitude
    let poles: [(primitive: any UnaryPrimitive.Type, x: Double, slope: Double)] = [
      (InverseSine.self, 1, largest), (InverseSine.self, -1, largest),
      (InverseCosine.self, 1, -largest), (InverseCosine.self, -1, -largest),
      (InverseHyperbolicCosine.self, 1, largest), (InverseHyperbolicTangent.self, 1, largest),
      (InverseHyperbolicTangent.self, -1, largest), (CubeRoot.self, 0, largest),
      (CubeRoot.self, -0.0, largest), (NaturalLogarithm.self, 0, largest),
      (LogarithmOfOnePlus.self, -1, largest),
    ]
    for (primitive, x, slope) in poles {
      #expect(primitive.derivative(x) == slope, "\(primitive.name) at \(x)")
      #expect(!primitive.value(x).isNaN)
    }
    for x in [Double(1).nextUp, Double(-1).nextDown, 2, -1e300, .infinity] {
      for primitive: any UnaryPrimitive.Type in [
        InverseSine.self, InverseCosine.self, InverseHyperbolicTangent.self,
      ] {
        #expect(primitive.value(x).isNaN && primitive.derivative(x).isNaN, "\(primitive) \(x)")
      }
    }
    for x in [Double(1).nextDown, 0, -0.5, -3, -1e300] {
      #expect(InverseHyperbolicCosine.value(x).isNaN)
      #expect(InverseHyperbolicCosine.derivative(x).isNaN)
    }
    #expect(InverseHyperbolicTangent.value(-1) == -.infinity && InverseCosine.value(-1) == .pi)
    #expect(abs(CubeRoot.value(-27) + 3) < 1e-15 && abs(CubeRoot.derivative(-8) - 1.0 / 12) < 1e-16)
  }
}
