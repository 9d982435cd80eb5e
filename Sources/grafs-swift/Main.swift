import Commands

/// The command `grafs-swift`, with the models, data sets, searches and operations of this package.
@main
enum Main {
  static func main() { GrafsCommand.main() }
}
