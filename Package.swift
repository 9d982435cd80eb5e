// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "grafs-swift",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "grafs-swift", targets: ["grafs-swift"]),
    .library(name: "Tensors", targets: ["Tensors"]),
    .library(name: "Autodiff", targets: ["Autodiff"]),
    .library(name: "Activations", targets: ["Activations"]),
    .library(name: "Networks", targets: ["Networks"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Files", targets: ["Files"]),
    .library(name: "Traces", targets: ["Traces"]),
    .library(name: "Training", targets: ["Training"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Settings", targets: ["Settings"]),
    .library(name: "Reports", targets: ["Reports"]),
    .library(name: "Trials", targets: ["Trials"]),
    .library(name: "Search", targets: ["Search"]),
    .library(name: "Evaluation", targets: ["Evaluation"]),
    .library(name: "Runs", targets: ["Runs"]),
    .library(name: "Exports", targets: ["Exports"]),
    .library(name: "Benchmarks", targets: ["Benchmarks"]),
    .library(name: "Commands", targets: ["Commands"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMatio", pkgConfig: "matio", providers: [.apt(["libmatio-dev"])]),
    .target(name: "CKernels", exclude: ["README.md"]),
    .target(name: "CProcesses", exclude: ["README.md"]),
    .target(name: "Processes", dependencies: ["CProcesses"], exclude: ["README.md"]),
    .target(name: "Tensors", dependencies: ["CKernels", "Processes"], exclude: ["README.md"]),
    .target(name: "Autodiff", dependencies: ["Tensors"], exclude: ["README.md"]),
    .target(
      name: "Activations", dependencies: ["Autodiff", "Tensors", "Suggestions"],
      exclude: ["README.md"]),
    .target(
      name: "Networks", dependencies: ["Activations", "Autodiff", "Tensors"],
      exclude: ["README.md"]),
    .target(name: "Suggestions", exclude: ["README.md"]),
    .target(
      name: "Datasets",
      dependencies: [
        "Networks", "Files", "Processes", "Tensors", "Suggestions", "CZlib", "CMatio",
      ],
      exclude: ["README.md"]),
    .target(name: "Files", exclude: ["README.md"]),
    .target(name: "Statistics", exclude: ["README.md"]),
    .target(name: "Settings", dependencies: ["Suggestions"], exclude: ["README.md"]),
    .target(
      name: "Traces", dependencies: ["Files", "Processes", "CHDF5"], exclude: ["README.md"]),
    .target(
      name: "Training",
      dependencies: [
        "Settings", "Files", "Datasets", "Networks", "Activations", "Autodiff", "Tensors",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Trials",
      dependencies: [
        "Training", "Datasets", "Networks", "Activations", "Tensors", "Reports", "Settings",
        "Suggestions", "Files", "Processes",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Search",
      dependencies: [
        "Trials", "Training", "Traces", "Datasets", "Networks", "Activations", "Autodiff",
        "Tensors", "Settings", "Statistics", "Suggestions", "Files",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Benchmarks",
      dependencies: [
        "Reports", "Search", "Training", "Datasets", "Networks", "Activations", "Tensors",
        "Statistics", "Files",
      ],
      exclude: ["README.md"]),
    .target(name: "Reports", exclude: ["README.md"]),
    .target(
      name: "Exports",
      dependencies: ["Networks", "Activations", "Reports", "Suggestions", "Files"],
      exclude: ["README.md"]),
    .target(
      name: "Evaluation",
      dependencies: [
        "Trials", "Training", "Statistics", "Datasets", "Networks", "Activations", "Tensors",
        "Traces", "Reports", "Settings", "Files",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Runs",
      dependencies: [
        "Search", "Trials", "Training", "Traces", "Datasets", "Networks", "Activations",
        "Autodiff", "Tensors", "Statistics", "Reports", "Settings", "Files", "Processes",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["README.md"]),
    .target(
      name: "Inspections",
      dependencies: [
        "Runs", "Evaluation", "Reports", "Search", "Statistics", "Traces", "Networks", "Files",
        "Processes", "Activations",
      ],
      exclude: ["README.md"]),
    .target(
      name: "Commands",
      dependencies: [
        "Benchmarks", "Inspections", "Exports", "Runs", "Evaluation", "Reports", "Search", "Trials",
        "Traces",
        "Datasets", "Activations", "Tensors", "Settings", "Files", "Processes",
        "Suggestions",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"]),
    .executableTarget(name: "grafs-swift", dependencies: ["Commands"]),
    .target(
      name: "TestSupport", dependencies: ["Networks", "Activations", "Autodiff", "Tensors"],
      path: "Tests/TestSupport"),
    .testTarget(name: "HouseTests"),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "TestSupport"]),
    .testTarget(name: "TensorsTests", dependencies: ["Tensors", "TestSupport"]),
    .testTarget(name: "AutodiffTests", dependencies: ["Autodiff", "Tensors", "TestSupport"]),
    .testTarget(
      name: "ActivationsTests",
      dependencies: ["Activations", "Autodiff", "Tensors", "TestSupport"],
      resources: [.copy("References")]),
    .testTarget(
      name: "NetworksTests",
      dependencies: [
        "Networks", "Training", "Activations", "Autodiff", "Tensors", "TestSupport",
      ],
      resources: [.copy("References")]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "Files", "Datasets", "Networks", "Activations", "Autodiff", "Tensors",
        "TestSupport",
      ],
      resources: [.copy("References")]),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "Datasets", "Networks", "Autodiff", "CZlib", "Tensors", "TestSupport",
      ],
      resources: [.copy("References")]),
    .testTarget(name: "ProcessesTests", dependencies: ["Processes", "TestSupport"]),
    .testTarget(name: "SuggestionsTests", dependencies: ["Suggestions"]),
    .testTarget(
      name: "SearchTests",
      dependencies: [
        "Search", "Trials", "Training", "Datasets", "Networks", "Activations", "Autodiff",
        "Tensors", "Settings", "Statistics", "Traces", "Files", "TestSupport",
      ],
      resources: [.copy("References")]),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics"], resources: [.copy("References")]),
    .testTarget(
      name: "TrialsTests",
      dependencies: [
        "Trials", "Training", "Datasets", "Networks", "Activations", "Autodiff", "Tensors",
        "Reports", "Files", "TestSupport",
      ]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "Evaluation", "Trials", "Training", "Networks", "Activations", "Settings", "Files",
        "TestSupport",
      ]),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .testTarget(name: "TracesTests", dependencies: ["Traces", "Files", "CHDF5", "TestSupport"]),
    .testTarget(name: "ReportsTests", dependencies: ["Reports"]),
    .testTarget(
      name: "ExportsTests", dependencies: ["Exports", "Activations", "TestSupport"],
      resources: [.copy("Runners"), .copy("Environments")]),
    .testTarget(
      name: "InspectionsTests",
      dependencies: ["Inspections", "Runs", "Traces", "Files", "Activations", "TestSupport"]),
    .testTarget(
      name: "RunsTests",
      dependencies: [
        "Runs", "Search", "Trials", "Traces", "Datasets", "Networks", "Activations", "Tensors",
        "Reports", "Files", "TestSupport",
      ]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["grafs-swift", "Runs", "Traces", "Files", "Activations", "TestSupport"],
      resources: [.copy("Help")]),
  ]
)
