/// Every primitive there is, one line each. Order decides ties in the search.
///
/// Source of the order: Strack, Safari, Hutter 2024 (GRAFS).
public enum PrimitiveTable {
  /// The unary operations.
  public static let unary: [UnaryOperation] = [
    UnaryOperation(Identity.self),
    UnaryOperation(Negation.self),
    UnaryOperation(AbsoluteValue.self),
    UnaryOperation(Square.self),
    UnaryOperation(Cube.self),
    UnaryOperation(SquareRoot.self),
    UnaryOperation(Shift.self),
    UnaryOperation(Scale.self),
    UnaryOperation(Constant.self),
    UnaryOperation(Exponential.self),
    UnaryOperation(HyperbolicSine.self),
    UnaryOperation(HyperbolicTangent.self),
    UnaryOperation(InverseHyperbolicSine.self),
    UnaryOperation(InverseTangent.self),
    UnaryOperation(ReLU.self),
    UnaryOperation(NegativePart.self),
    UnaryOperation(Sigmoid.self),
    UnaryOperation(Softplus.self),
    UnaryOperation(ErrorFunction.self),
    UnaryOperation(SiLU.self),
    UnaryOperation(GELU.self),
    UnaryOperation(ELU.self),
    UnaryOperation(LeakyReLU.self),
  ]

  /// The binary operations.
  public static let binary: [BinaryOperation] = [
    BinaryOperation(Addition.self),
    BinaryOperation(Subtraction.self),
    BinaryOperation(Multiplication.self),
    BinaryOperation(Maximum.self),
    BinaryOperation(Minimum.self),
    BinaryOperation(SigmoidGate.self),
    BinaryOperation(Mix.self),
    BinaryOperation(LeftArgument.self),
    BinaryOperation(RightArgument.self),
  ]
}
