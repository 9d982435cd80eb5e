import Files
import Foundation

extension PlainTable {
  /// Writes tables as an HDF5 file, whole or not at all: a group for each table, in it a dataset
  /// for each column.
  ///
  /// - Parameters:
  ///   - tables: The tables.
  ///   - attributes: Names and texts of the root's attributes.
  ///   - file: Where to write; the folder exists.
  /// - Throws: `UnwritableFile`.
  package static func publish(
    _ tables: [PlainTable], attributes: [(name: String, text: String)], to file: URL
  ) throws(UnwritableFile) {
    do {
      let image = try HDF5Library.withExclusiveAccess {
        let writer = try HDF5Writer(sizeHint: 1 << 16)
        for attribute in attributes {
          try writer.set(attribute.name, of: "/", to: attribute.text)
        }
        for table in tables { try table.write(to: writer) }
        return try writer.close()
      }
      try image.withBytes { try AtomicFile.write($0, to: file.path) }
    } catch let error as UnwritableFile {
      throw error
    } catch let error as HDF5Error {
      throw UnwritableFile(file: file.path, reason: "\(error.object): \(error.reason)")
    } catch {
      throw UnwritableFile(file: file.path, reason: "\(error)")
    }
  }

  private func write(to writer: borrowing HDF5Writer) throws(HDF5Error) {
    try writer.makeGroup("/\(name)")
    for column in columns {
      let path = "/\(name)/\(column.name)"
      switch column {
      case .texts(_, let values): try writer.write(values, path)
      case .integers(_, let values): try writer.write(values, path, shape: [values.count])
      case .unsigned(_, let values): try writer.write(values, path, shape: [values.count])
      case .singles(_, let values): try writer.write(values, path, shape: [values.count])
      case .numbers(_, let values): try writer.write(values, path, shape: [values.count])
      }
    }
  }
}
