import Search

/// What the command offers.
///
/// A task-local value, because ArgumentParser makes commands and their help itself and passes
/// nothing through: a program with models of its own binds another one around the whole command.
enum Offered {
  /// The catalog in force.
  @TaskLocal static var catalog = Catalog()
}
