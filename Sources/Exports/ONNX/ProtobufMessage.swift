/// A message in Protocol Buffers' wire format, written field by field.
///
/// Only what ONNX needs: variable-length integers (wire type 0), floats (5), and texts, bytes and
/// messages (2). Source: protobuf.dev, "Encoding".
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  /// Appends an integer.
  mutating func add(_ field: Int, _ value: Int) {
    add(tag: field, wireType: 0)
    // A negative number is its two's complement in 64 bits.
    add(variable: UInt64(bitPattern: Int64(value)))
  }

  /// Appends text.
  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Appends bytes.
  mutating func add(_ field: Int, _ bytes: [UInt8]) {
    add(tag: field, wireType: 2)
    add(variable: UInt64(bytes.count))
    self.bytes += bytes
  }

  /// Appends a message.
  mutating func add(_ field: Int, _ message: ProtobufMessage) { add(field, message.bytes) }

  /// Appends a message that a closure fills.
  mutating func add(_ field: Int, _ fill: (inout ProtobufMessage) -> Void) {
    var message = ProtobufMessage()
    fill(&message)
    add(field, message)
  }

  private mutating func add(tag field: Int, wireType: UInt64) {
    add(variable: UInt64(field) << 3 | wireType)
  }

  /// Seven bits a byte, lowest first; the top bit says that more follow.
  private mutating func add(variable value: UInt64) {
    var rest = value
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
