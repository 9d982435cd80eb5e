import ArgumentParser

/// The command `grafs-swift`.
@main
struct GrafsSwift: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grafs-swift",
    abstract: "Finds the activation function that suits your network and data.",
    discussion: """
      EXAMPLES
        grafs-swift search resnet20                     # a few minutes on Fashion-MNIST
        grafs-swift search resnet20 --data cifar10 --preset paper
        grafs-swift evaluate relu silu --data cifar10 --epochs 3
        grafs-swift primitives
      """,
    version: ProgramVersion.current,
    subcommands: [
      SearchCommand.self, EvaluateCommand.self, PrimitivesCommand.self, BenchCommand.self,
    ])
}

/// The version that traces and `--version` name.
enum ProgramVersion {
  static let current = "0.1.0"
}
