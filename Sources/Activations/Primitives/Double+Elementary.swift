import Foundation

// The protocol documents the members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: Elementary {
  public typealias Condition = Bool

  @inlinable public static func select(
    _ condition: Bool, _ then: @autoclosure () -> Double, _ otherwise: @autoclosure () -> Double
  ) -> Double {
    condition ? then() : otherwise()
  }

  @inlinable public static func select(
    _ condition: Bool, _ then: () -> (Double, Double), otherwise: () -> (Double, Double)
  ) -> (Double, Double) {
    condition ? then() : otherwise()
  }

  // 0, or NaN, itself.
  @inlinable public var signum: Double { self > 0 ? 1 : (self < 0 ? -1 : self) }

  @inlinable public var saturated: Double {
    let limit = Double.greatestFiniteMagnitude
    return self > limit ? limit : (self < -limit ? -limit : self)
  }

  @inlinable public var nearest: Double { rounded(.toNearestOrEven) }
  @inlinable public var root: Double { squareRoot() }
  @inlinable public var exponential: Double { exp(self) }
  @inlinable public var exponentialMinusOne: Double { expm1(self) }
  @inlinable public var logarithm: Double { log(self) }
  @inlinable public var logarithmOfOnePlus: Double { log1p(self) }
  @inlinable public var sine: Double { sin(self) }
  @inlinable public var cosine: Double { cos(self) }
  @inlinable public var inverseHyperbolicSine: Double { asinh(self) }
  @inlinable public var inverseTangent: Double { atan(self) }
  @inlinable public var errorFunction: Double { erf(self) }
  @inlinable public var complementaryErrorFunction: Double { erfc(self) }

  /// With t = e^|x| − 1 both follow without cancellation: sinh |x| = (t + t/(t+1)) / 2 and cosh x =
  /// 1 + t·(t/(t+1)) / 2. Beyond |x| = 709 they are the same number but for the sign.
  @inlinable public var hyperbolic: (sine: Double, cosine: Double) {
    let magnitude = abs(self)
    if magnitude > 709 {  // t would overflow before sinh does
      let h = exp(0.5 * magnitude)
      let half = 0.5 * h * h
      return (self < 0 ? -half : half, half)
    }
    let t = expm1(magnitude)
    let r = t / (t + 1)
    let sine = 0.5 * (t + r)
    return (self < 0 ? -sine : sine, 1 + 0.5 * t * r)
  }

  /// Beyond |x| = ½ from e = e^−2|x|: (1 − e)/(1 + e); below, from m = e^−2|x| − 1 as −m/(2 + m).
  @inlinable public var hyperbolicTangent: Double {
    let magnitude = abs(self)
    if magnitude < 0.5 {
      let m = expm1(-2 * magnitude)
      let t = -m / (2 + m)
      return self < 0 ? -t : t
    }
    let e = exp(-2 * magnitude)
    let t = (1 - e) / (1 + e)
    return self < 0 ? -t : t
  }

  @inlinable public var scaledBessel: ScaledBessel<Double> { ScaledBessel(at: self) }

  @inlinable public func power(_ exponent: Double) -> Double { pow(self, exponent) }

  @inlinable public func magnitudeAtLeast(_ least: Double) -> Double {
    abs(self) < least ? (self < 0 ? -least : least) : self
  }

  @inlinable public func value(of primitive: (some UnaryPrimitive).Type) -> Double {
    primitive.value(self)
  }

  @inlinable public func derivative(of primitive: (some UnaryPrimitive).Type) -> Double {
    primitive.derivative(self)
  }

  @inlinable public func valueAndDerivative(
    of primitive: (some UnaryPrimitive).Type
  ) -> (value: Double, derivative: Double) {
    primitive.valueAndDerivative(self)
  }

  @inlinable public static func value(
    of primitive: (some BinaryPrimitive).Type, _ first: Double, _ second: Double
  ) -> Double {
    primitive.value(first, second)
  }

  @inlinable public func named(_ name: StaticString) -> Double { self }
}
