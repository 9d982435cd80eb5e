extension FormulaSyntax {
  /// The formula with whole exponents written out as products, of squares and cubes, which are
  /// operations: `a^5` is `(a^2)^2 * a`, and `a^-4` is `((1 / a)^2)^2`.
  ///
  /// A product has its value and its derivative for every base, where a power by a logarithm has
  /// none; and the reciprocal's power has them up to where they overflow, where the power's
  /// reciprocal has already divided by an overflow.
  var withoutWholePowers: FormulaSyntax {
    let inner = mapOperands { $0.withoutWholePowers }
    guard let (base, exponent) = inner.wholePower else { return inner }
    guard exponent < 0 else { return .product(of: base, exponent, column: column) }
    let reciprocal = FormulaSyntax.infix(
      .divide, .number(1, column: column), base, column: column)
    return .product(of: reciprocal, -exponent, column: column)
  }

  /// Base and exponent of a power that is a product; those of the operations `a^2` and `a^3` are
  /// none.
  var wholePower: (base: FormulaSyntax, exponent: Int)? {
    guard case .infix(.power, let base, let exponent) = form, let number = exponent.number,
      let whole = Int(exactly: number), abs(whole) <= 1 << 53, whole != 2, whole != 3
    else { return nil }
    return (base, whole)
  }

  private static func product(
    of base: FormulaSyntax, _ exponent: Int, column: Int
  ) -> FormulaSyntax {
    func power(_ inner: Int, _ outer: Int) -> FormulaSyntax {
      .infix(
        .power, product(of: base, inner, column: column), .number(Double(outer), column: column),
        column: column)
    }
    switch exponent {
    case 0: return .number(1, column: column)
    case 1: return base
    case let even where even.isMultiple(of: 2): return power(even / 2, 2)
    case let triple where triple.isMultiple(of: 3): return power(triple / 3, 3)
    default:
      return .infix(
        .multiply, product(of: base, exponent - 1, column: column), base, column: column)
    }
  }

  /// The formula with products that `withoutWholePowers` would write out as powers again.
  var withWholePowers: FormulaSyntax {
    let power = writtenOut.first { base, exponent in
      exponent > 3 && FormulaSyntax.product(of: base, exponent, column: 0) == self
    }
    guard let (base, exponent) = power else { return mapOperands { $0.withWholePowers } }
    return .infix(.power, base.withWholePowers, .number(Double(exponent)))
  }

  /// Bases and exponents of the powers that this might be, written out; the greatest exponent
  /// first.
  private var writtenOut: [(base: FormulaSyntax, exponent: Int)] {
    switch form {
    case .infix(.power, let base, let outer):
      guard let outer = outer.number, outer == 2 || outer == 3 else { return [] }
      return (base.writtenOut + [(base, 1)]).compactMap { base, inner in
        let (exponent, isOver) = inner.multipliedReportingOverflow(by: Int(outer))
        return isOver ? nil : (base, exponent)
      }
    case .infix(.multiply, let power, let base):
      return power.writtenOut.filter { $0.base == base }.map { ($0.base, $0.exponent + 1) }
    default:
      return []
    }
  }
}
