// swift-tools-version: 6.1
import PackageDescription

// A package of somebody else, which depends on the libraries as a user's would: by their products
// and public interfaces alone. `name` lets the repository lie in a folder of any name.
let package = Package(
  name: "outsider",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "grafs-swift", path: "../..")],
  targets: [
    .executableTarget(
      name: "Outsider",
      dependencies: [
        "Tensors", "Autodiff", "Activations", "Networks", "Datasets", "Training", "Trials",
        "Search", "Settings", "Traces", "Files", "Reports", "Commands",
      ]
      .map { .product(name: $0, package: "grafs-swift") })
  ]
)
