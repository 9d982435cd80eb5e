import Activations

extension OperationCode {
  private typealias Body = @Sendable ([Term]) -> Term

  private static func inline(
    _ value: @escaping Body, _ first: @escaping Body, _ second: @escaping Body
  ) -> OperationCode {
    OperationCode(value: .inline(value), derivatives: [.inline(first), .inline(second)])
  }

  private static func helpers(
    _ name: String, _ value: @escaping Body, _ first: @escaping Body, _ second: @escaping Body
  ) -> OperationCode {
    OperationCode(
      value: .helper(name, value),
      derivatives: [.helper("\(name)_by_first", first), .helper("\(name)_by_second", second)])
  }

  static let binary: [String: OperationCode] = {
    var all: [String: OperationCode] = [:]
    all["add"] = inline({ $0[0] + $0[1] }, { $0[0].number(1) }, { $0[0].number(1) })
    all["subtract"] = inline({ $0[0] - $0[1] }, { $0[0].number(1) }, { $0[0].number(-1) })
    all["multiply"] = inline({ $0[0] * $0[1] }, { $0[1] }, { $0[0] })
    // Half to each argument at a tie.
    all["max"] = helpers(
      "maximum",
      { ($0[0] > $0[1]).select($0[0], ($0[0] < $0[1]).select($0[1], 0.5 * $0[0] + 0.5 * $0[1])) },
      { ($0[0] > $0[1]).select(1, ($0[0] == $0[1]).select(0.5, 0)) },
      { ($0[0] > $0[1]).select(0, ($0[0] == $0[1]).select(0.5, 1)) })
    all["min"] = helpers(
      "minimum",
      { ($0[0] < $0[1]).select($0[0], ($0[0] > $0[1]).select($0[1], 0.5 * $0[0] + 0.5 * $0[1])) },
      { ($0[0] < $0[1]).select(1, ($0[0] == $0[1]).select(0.5, 0)) },
      { ($0[0] < $0[1]).select(0, ($0[0] == $0[1]).select(0.5, 1)) })
    all["sigmoid_gate"] = inline(
      { sigmoid($0[0]) * $0[1] },
      { $0[0].call(Helper(name: "sigmoid_derivative")) * $0[1] }, { sigmoid($0[0]) })
    all["mix"] = inline(
      { weights($0).first * $0[0] + weights($0).second * $0[1] },
      { weights($0).first }, { weights($0).second })
    all["beta_mix"] = inline(
      { $0[2] * $0[0] + (1 - $0[2]) * $0[1] }, { $0[2] }, { 1 - $0[2] })
    all["left"] = inline({ $0[0] }, { $0[0].number(1) }, { $0[0].number(0) })
    all["right"] = inline({ $0[1] }, { $0[0].number(0) }, { $0[0].number(1) })
    all["divide"] = OperationCode(
      value: .inline { $0[0] / $0[1].magnitudeAtLeast(1e-3) },
      derivatives: [
        .inline { 1 / $0[1].magnitudeAtLeast(1e-3) },
        .helper("divide_by_second") { quotientSlope($0[0], $0[1], guarded: 1e-3) },
      ])
    all["divide_shifted"] = OperationCode(
      value: .inline { $0[0] / ($0[1] + 1e-5).magnitudeAtLeast(1e-5) },
      derivatives: [
        .inline { 1 / ($0[1] + 1e-5).magnitudeAtLeast(1e-5) },
        .helper("divide_shifted_by_second") {
          quotientSlope($0[0], $0[1] + 1e-5, guarded: 1e-5)
        },
      ])
    all["beta_laplacian_kernel"] = kernel("beta_laplacian_kernel") { Kernel.laplacian($0, $0[2]) }
    all["laplacian_kernel"] = kernel("laplacian_kernel") { Kernel.laplacian($0, $0[0].number(1)) }
    all["beta_gaussian_kernel"] = kernel("beta_gaussian_kernel") { Kernel.gaussian($0, $0[2]) }
    all["gaussian_kernel"] = kernel("gaussian_kernel") { Kernel.gaussian($0, $0[0].number(1)) }
    all["quotient"] = OperationCode(
      value: .inline { $0[0] / $0[1] },
      derivatives: [
        .inline { inverse($0[1]) },
        .helper("quotient_by_second") { (-($0[0] / $0[1]) / $0[1]).saturated },
      ])
    all["pow"] = realPower
    all["hypot"] = hypotenuse
    all["power"] = helpers(
      "guarded_power",
      {
        let (a, b) = ($0[0], $0[1])
        // NaN stays NaN, though NaN^0 and 1^NaN are 1.
        let base = (a <= 1e-3).select(1e-3, a)
        return (a == a).select((b == b).select(base.power(b), b), a)
      },
      {
        let (a, b) = ($0[0], $0[1])
        let base = (a <= 1e-3).select(1e-3, a).named("base")
        let slope = (b * base.power(b - 1)).saturated
        return (a <= 1e-3).select(0, (b == 0).select(0, slope))
      },
      {
        let (a, b) = ($0[0], $0[1])
        let logarithm = (a <= 1e-3).select(1e-3, a).logarithm.named("logarithm")
        let value = a.call(Helper(name: "guarded_power"), b)
        return (logarithm == 0).select(0, (value * logarithm).saturated)
      })
    return all
  }()

  /// m·√(1 + (n/m)²), m the larger magnitude, n the smaller: squares would overflow.
  private static let hypotenuse = helpers(
    "hypotenuse",
    {
      let (a, b) = ($0[0].magnitude.named("a"), $0[1].magnitude.named("b"))
      let (m, n) = ((a > b).select(a, b).named("m"), (a > b).select(b, a).named("n"))
      let r = (m == n).select(1, n / (m == n).select(1, m)).named("r")
      return m * (1 + r * r).squareRoot
    }, { direction($0[0], beside: $0[1]) }, { direction($0[1], beside: $0[0]) })

  /// x / √(x² + y²), 0 where both are 0.
  private static func direction(_ x: Term, beside y: Term) -> Term {
    let m = (x.magnitude > y.magnitude).select(x.magnitude, y.magnitude).named("m")
    func part(_ x: Term) -> Term {
      (x.magnitude == m).select(x.sign, x / (m == 0).select(1, m))
    }
    let (u, v) = (part(x).named("u"), part(y).named("v"))
    return u / (m == 0).select(1, (u * u + v * v).squareRoot)
  }

  /// 1 / d.
  private static func inverse(_ d: Term) -> Term {
    guard let constant = d.constant else { return (1 / d).saturated }
    return d.number(Quotient.derivatives(0, constant).byFirst)
  }

  /// A power without a guard.
  private static let realPower = helpers(
    "real_power",
    {
      let (a, b) = ($0[0], $0[1])
      // NaN stays NaN, though NaN^0 and 1^NaN are 1.
      return (a == a).select((b == b).select(a.power(b), b), a)
    },
    {
      let (a, b) = ($0[0], $0[1])
      let value = a.call(Helper(name: "real_power"), b).named("power")
      let slope = (b == 0).select(0, (b * a.power(b - 1)).saturated)
      return (value == value).select(slope, value)
    },
    {
      let (a, b) = ($0[0], $0[1])
      let value = a.call(Helper(name: "real_power"), b).named("power")
      let flat = (value == value).select(0, value)
      let slope = (value * a.logarithm).saturated
      return (a < 0).select(flat, (value == 0).select(flat, (a == 1).select(flat, slope)))
    })

  /// σ(γ) and 1 − σ(γ), as numbers.
  private static func weights(_ arguments: [Term]) -> (first: Term, second: Term) {
    guard let scalar = arguments[2].constant else {
      preconditionFailure("OperationCode: mix without its scalar")
    }
    return (arguments[0].number(Sigmoid.value(scalar)), arguments[0].number(Sigmoid.value(-scalar)))
  }

  /// −a / d², 0 where d is held.
  private static func quotientSlope(_ a: Term, _ d: Term, guarded least: Double) -> Term {
    let slope = (1 / d.magnitudeAtLeast(least)).named("slope")
    return (d.magnitude <= least).select(0, (-a * slope * slope).saturated)
  }

  private struct Kernel {
    let value: Term
    let byFirst: Term

    static func laplacian(_ arguments: [Term], _ scalar: Term) -> Kernel {
      let d = (arguments[0] - arguments[1]).named("d")
      let value = (-scalar * d.magnitude.saturated).exponential
      return Kernel(value: value, byFirst: (-scalar * d.sign * value.saturated).saturated)
    }

    static func gaussian(_ arguments: [Term], _ scalar: Term) -> Kernel {
      let d = (arguments[0] - arguments[1]).saturated.named("d")
      let value = (-scalar * (d * d).saturated).exponential
      return Kernel(
        value: value, byFirst: (-2 * (scalar * (d * value.saturated).saturated)).saturated)
    }
  }

  private static func kernel(
    _ name: String, _ kernel: @escaping @Sendable ([Term]) -> Kernel
  ) -> OperationCode {
    helpers(name, { kernel($0).value }, { kernel($0).byFirst }, { -kernel($0).byFirst })
  }
}
