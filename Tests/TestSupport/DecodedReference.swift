import Foundation

/// Decodes what a script under `Tests/References` wrote.
///
/// - Parameters:
///   - file: The file's name in the folder `References` of the bundle.
///   - bundle: That of the tests, `.module`.
/// - Returns: The value; its names in camel case stand for the file's in snake case.
/// - Throws: What reading a file or decoding throws.
public func decodedReference<Value: Decodable>(
  _ file: String, in bundle: Bundle
) throws -> Value {
  let folder = bundle.url(forResource: "References", withExtension: nil)
  guard let folder else { throw CocoaError(.fileNoSuchFile) }
  let decoder = JSONDecoder()
  decoder.keyDecodingStrategy = .convertFromSnakeCase
  return try decoder.decode(
    Value.self, from: Data(contentsOf: folder.appendingPathComponent(file)))
}
