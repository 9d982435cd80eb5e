import Foundation

extension Error {
  /// The system's reason for what Foundation could not do, such as `Permission denied`.
  package var reason: String {
    let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey]
    let code =
      (underlying as? POSIXError)?.code.rawValue ?? (underlying as? NSError).map { Int32($0.code) }
    return code.map { String(cString: strerror($0)) } ?? "\(self)"
  }
}
