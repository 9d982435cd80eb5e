import Activations
import Processes
import Search

/// The whole command, for a program that offers models, data sets, searches or operations of its
/// own.
public enum GrafsCommand {
  /// Runs the command with the arguments of this process, which it ends where they are wrong or
  /// the work fails.
  ///
  /// - Parameter catalog: What may be named; without one, what comes with this package.
  public static func main(offering catalog: Catalog = Catalog()) {
    let isChild = ParentProcess.endThisWithIt()
    // A reader that leaves ends the command where it writes results, not where it shows progress.
    WriteSignals.ignore()
    MemoryFaults.endWithOneLine(isChild: isChild)
    MemoryFaults.returnLargeBlocks()
    SystemThread.withUsualStack {
      OperationSet.$known.withValue(catalog.operations) {
        ParentProcess.$isThere.withValue(isChild) {
          Offered.$catalog.withValue(catalog) { GrafsSwift.main() }
        }
      }
    }
  }
}
