import CProcesses
import Foundation

/// The process that started this one as a part of its own work, if there is one.
///
/// Its number comes in a variable of the environment, not as an argument: a run records its
/// arguments, and people give them again.
package enum ParentProcess {
  private static let variable = "GRAFS_SWIFT_PARENT"

  /// Whether there is one, as far as `withValue` of the whole command says.
  @TaskLocal package static var isThere = false

  /// Names this process to the children that it starts. Done once, before the first of them: the
  /// environment must not change while another thread reads it.
  static let isNamed: Void = { setenv(variable, "\(getpid())", 1) }()

  /// Ends this process with the one that started it as a child of its own, however that ends:
  /// nobody waits for this one's work then, and another may begin the same. On Linux at once;
  /// elsewhere only if it has ended already. To be called first of all.
  ///
  /// - Returns: Whether there is one.
  package static func endThisWithIt() -> Bool {
    guard let parent = getenv(variable).flatMap({ Int32(String(cString: $0)) }) else {
      return false
    }
    unsetenv(variable)
    // Another program stands between the two, and the process lives, perhaps as another user's: its
    // end is not ours.
    if getppid() != parent, kill(parent, 0) == 0 || errno == EPERM { return false }
    process_end_with_parent(parent)
    return true
  }
}
