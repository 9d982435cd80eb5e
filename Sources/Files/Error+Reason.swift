import Foundation

extension Error {
  /// The system's reason for what Foundation could not do, such as `Permission denied`.
  package var reason: String {
    systemCode.map { String(cString: strerror($0)) } ?? "\(self)"
  }

  /// The system's number of that reason.
  package var systemCode: Int32? {
    let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey]
    return (underlying as? POSIXError)?.code.rawValue
      ?? (underlying as? NSError).map { Int32($0.code) }
  }
}
