/// Functions of one argument that people compare with, and that no published set has.
extension OperationCode {
  static let gated: [String: OperationCode] = {
    var all: [String: OperationCode] = [:]
    all["golu"] = helpers(
      "golu",
      { x in
        let lowest = lowest(x, -7).named("lowest")  // where the gate is 0
        return lowest * (-(-lowest).exponential).exponential
      },
      slope: { x in
        let held = (x < -7).select(-7, (x > 1000).select(1000, x)).named("held")
        let e = (-held).exponential.named("e")
        return (-e).exponential * (1 + held * e)
      })
    all["squared_relu"] = helpers(
      "squared_relu", { ($0 <= 0).select(0, $0 * $0) },
      slope: { ($0 <= 0).select(0, (2 * $0).saturated) })
    all["star_relu"] = helpers(
      "star_relu", { ($0 <= 0).select(0, 0.8944 * ($0 * $0)) - 0.4472 },
      slope: { ($0 <= 0).select(0, (1.7888 * $0).saturated) })
    all["gelu_sine"] = helpers(
      "gelu_sine", { gelu($0).value + 0.1 * $0.sine },
      slope: { gelu($0).slope + 0.1 * $0.cosine })
    all["gelu_sinc"] = helpers(
      "gelu_sinc", { gelu($0).value * (1 + 0.5 * $0.call(Helper(name: "sinc"))) },
      slope: { x in
        let gate = 1 + 0.5 * x.call(Helper(name: "sinc"))
        let bend = 0.5 * x.call(Helper(name: "sinc_derivative"))
        return gelu(x).slope * gate + gelu(x).value * bend
      })
    return all
  }()

  private static func gelu(_ x: Term) -> (value: Term, slope: Term) {
    (x.call(Helper(name: "gelu")), x.call(Helper(name: "gelu_derivative")))
  }
}
