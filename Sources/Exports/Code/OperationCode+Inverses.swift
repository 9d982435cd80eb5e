extension OperationCode {
  /// Inverse functions, which are not real everywhere: elementary functions that all languages have
  /// give NaN there.
  static let inverses: [String: OperationCode] = {
    var all: [String: OperationCode] = [:]
    all["asin"] = inline(
      // No infinite argument at ±1: not every library's inverse tangent takes one.
      { 2 * ($0 / (1 + ((1 - $0) * (1 + $0)).squareRoot)).inverseTangent }, "asin",
      slope: { (1 / ((1 - $0) * (1 + $0)).squareRoot).saturated })
    all["acos"] = inline(
      {
        let angle = 2 * ((1 - $0.magnitude) / (1 + $0.magnitude)).squareRoot.inverseTangent
        return ($0 < 0).select(3.141592653589793, 0) + ($0 < 0).select(-1, 1) * angle
      }, "acos",
      slope: { (-1 / ((1 - $0) * (1 + $0)).squareRoot).saturated })
    all["acosh"] = inline(
      {
        let beyond = $0 - 1
        // Where squares would overflow, and x² − 1 is x².
        return ($0 > 1e10).select(
          $0.logarithm + 0.6931471805599453,
          (beyond + beyond.squareRoot * ($0 + 1).squareRoot).logarithmOfOnePlus)
      }, "acosh",
      slope: { (1 / (($0 - 1).squareRoot * ($0 + 1).squareRoot)).saturated })
    all["atanh"] = inline(
      { 0.5 * ($0.logarithmOfOnePlus - (-$0).logarithmOfOnePlus) }, "atanh",
      slope: {
        let rest = (1 - $0.magnitude).named("rest")
        return (rest < 0).select(rest.squareRoot, (1 / (rest * (1 + $0.magnitude))).saturated)
      })
    all["cbrt"] = helpers(
      "cube_root",
      {
        let m = $0.magnitude.named("m")
        let c = m.power($0.number(1.0 / 3)).named("c")
        // A step by Newton, but at 0, 1 and infinity, which are their own roots.
        let step = (c - m / ((c == m).select(1, c) * (c == m).select(1, c))) / 3
        return $0.sign * (c == m).select(c, c - step)
      },
      slope: {
        let root = $0.call(Helper(name: "cube_root")).named("root")
        return (1 / (3 * root * root)).saturated
      })
    return all
  }()
}
