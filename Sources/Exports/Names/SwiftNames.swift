/// Names that have a meaning in Swift: its words, the functions and types of its standard library
/// that stand alone, and what our code calls its local values.
enum SwiftNames {
  static let words = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let text = """
    actor any as associatedtype async await borrowing break case catch class consuming continue \
    convenience default defer deinit didSet do dynamic each else enum extension fallthrough false \
    fileprivate final for func get guard if import in indirect infix init inout internal is lazy \
    left let macro mutating nil nonisolated nonmutating open operator optional override package \
    postfix precedencegroup prefix private protocol public repeat required rethrows return right \
    self Self sending set some static struct subscript super switch then throw throws true try \
    Type typealias unowned var weak where while willSet yield \
    Swift Foundation FoundationEssentials Glibc Darwin Musl \
    Any AnyObject Array Bool CGFloat Character Collection Comparable Data Date Decimal \
    Dictionary Double Equatable Error Float Float16 Float32 Float64 Float80 Hashable Int Int8 \
    Int16 Int32 Int64 Int128 Never Optional Range Result Sendable Sequence Set String Substring \
    UInt UInt8 UInt16 UInt32 UInt64 UInt128 Void \
    assert assertionFailure debugPrint dump extendLifetime fatalError getVaList \
    isKnownUniquelyReferenced max min numericCast precondition preconditionFailure print readLine \
    repeatElement sequence stride swap transcode type unsafeBitCast unsafeDowncast \
    withExtendedLifetime withoutActuallyEscaping withUnsafeBytes withUnsafeMutableBytes \
    withUnsafeMutablePointer withUnsafePointer withVaList zip NSLog \
    derivativeAt limit slope
    """
}
