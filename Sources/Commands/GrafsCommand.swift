import Activations
import Foundation
import Search

/// The whole command, for a program that offers models, data sets, searches or operations of its
/// own.
public enum GrafsCommand {
  /// Runs the command with the arguments of this process, which it ends where they are wrong or
  /// the work fails.
  ///
  /// - Parameter catalog: What may be named; without one, what comes with this package.
  public static func main(offering catalog: Catalog = Catalog()) {
    // A parent process may have set it to be ignored; here a reader that leaves ends the command.
    signal(SIGPIPE, SIG_DFL)
    OperationSet.$known.withValue(catalog.operations) {
      Offered.$catalog.withValue(catalog) { GrafsSwift.main() }
    }
  }
}
