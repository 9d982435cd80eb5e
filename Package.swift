// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "grafs-swift",
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "Tensors", dependencies: ["COpenBLAS"], exclude: ["README.md"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
  ]
)
