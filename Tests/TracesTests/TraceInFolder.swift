import Foundation
import TestSupport

extension TemporaryFolder {
  /// Where a test puts its only trace.
  func file() -> URL { file("trace.h5") }
}
