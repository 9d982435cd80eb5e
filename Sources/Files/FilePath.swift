/// Parts of paths, as texts.
package enum FilePath {
  /// The folder that a path's last part lies in; empty for a name alone.
  ///
  /// Foundation's `deletingLastPathComponent` of a text traps on Linux where that is one letter
  /// (Swift 6.3).
  ///
  /// - Parameter path: Such as `runs/first` or `f.py`.
  /// - Returns: Such as `runs`, or nothing.
  package static func folder(of path: String) -> String {
    guard let slash = withoutSlashes(path[...]).lastIndex(of: "/") else { return "" }
    let folder = withoutSlashes(path[..<slash])
    return folder.isEmpty ? "/" : String(folder)
  }

  /// Without slashes at the end, but for one that is all there is.
  private static func withoutSlashes(_ path: Substring) -> Substring {
    var rest = path
    while rest.count > 1, rest.last == "/" { rest.removeLast() }
    return rest
  }
}
