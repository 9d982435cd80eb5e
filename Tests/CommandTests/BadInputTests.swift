import Foundation
import TestSupport
import Testing

/// What a new user may get wrong, and the line that says so.
struct BadInput: CustomTestStringConvertible, Sendable {
  let arguments: [String]
  /// What the line names: the option or file, and the cure.
  let expected: [String]

  init(_ arguments: String, _ expected: String...) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.expected = expected
  }

  var testDescription: String { arguments.joined(separator: " ") }
}

@Suite("Bad input")
struct BadInputTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  /// Expects one line that says `expected`, and nothing left behind.
  private func expectRefusal(
    _ command: BuiltCommand, _ expected: [String], names: [String] = ["sets"]
  ) throws {
    #expect(command.status != 0 && !command.wasKilled, "status \(command.status)")
    #expect(command.output == "")
    #expect(command.errorLines.count == 2 && command.errors.hasSuffix("\n"), "\(command.errors)")
    #expect(command.errors.hasPrefix("Error: "), "\(command.errors)")
    for text in expected { #expect(command.errors.contains(text), "\(command.errors)") }
    #expect(try fixture.folder.names == names)
  }

  @Test(
    "of search gives one line that names it and the cure",
    arguments: [
      BadInput("resnt20", "'resnt20'", "did you mean 'resnet20'?"),
      BadInput("vgg", "'vgg'", "there are: resnet8, resnet20"),
      BadInput("--data fashon", "'fashon'", "did you mean 'fashion-mnist'?"),
      BadInput("--data imagenet", "'imagenet'", "there are: fashion-mnist, cifar10, cifar100"),
      BadInput("--data-dir nowhere", "nowhere: no such folder", "give --data-dir"),
      BadInput("--data cifar10", "CIFAR-10 was not found", "searched: sets, ", "get it: `"),
      BadInput("--epochs 0", "--epochs is 0", "from 1"),
      BadInput("--epochs -1", "--epochs is -1", "from 1"),
      BadInput("--epochs 9223372036854775807", "--epochs is 9223372036854775807", "to 1000000"),
      BadInput("--batch-size 0", "--batch-size is 0", "at least 2"),
      BadInput("--batch-size 1", "--batch-size is 1", "at least 2"),
      BadInput("--batch-size 25", "--batch-size is 25, but must be from 2 to 8", "more images"),
      BadInput("--batch-size 9", "--batch-size is 9, but must be from 2 to 8", "more images"),
      BadInput("--batch-size 9223372036854775807", "but must be from 2 to 8"),
      BadInput("--seeds 9223372036854775806", "--seeds is 9223372036854775806", "at most 1000"),
      BadInput("--seeds 3 --jobs 4611686018427387904", "--jobs is 4611686018427387904", "most 256"),
      BadInput("--train-images 0", "--train-images is 0", "at least 1"),
      BadInput("--train-images -5", "--train-images is -5", "at least 1"),
      BadInput("--train-images 1", "--train-images is 1, but must be from 2 to 128", "or all"),
      BadInput("--train-images 129", "--train-images is 129, but must be from 2 to 128"),
      BadInput("--validation-fraction 0.001", "is 0.001, but must be from 0.016 to 1 − 0.016"),
      BadInput("--validation-fraction 0", "--validation-fraction is 0.0", "between 0 and 1"),
      BadInput("--validation-fraction 1", "--validation-fraction is 1.0", "between 0 and 1"),
      BadInput("--validation-fraction 2", "--validation-fraction is 2.0", "between 0 and 1"),
      BadInput("--validation-fraction nan", "--validation-fraction is nan", "between 0 and 1"),
      BadInput("--validation-fraction -0.5", "--validation-fraction is -0.5", "between 0 and 1"),
      BadInput("--learning-rate 0", "--learning-rate is 0.0", "positive"),
      BadInput("--learning-rate nan", "--learning-rate is nan", "positive"),
      BadInput("--learning-rate inf", "--learning-rate is inf", "positive"),
      BadInput("--learning-rate -1", "--learning-rate is -1.0", "positive"),
      BadInput("--architecture-learning-rate 0", "--architecture-learning-rate is 0.0"),
      BadInput("--architecture-learning-rate nan", "--architecture-learning-rate is nan"),
      BadInput("--set bound=0", "--set: 'bound' is 0.0", "positive"),
      BadInput("--set slope-bound=-1", "--set: 'slope-bound' is -1.0", "'off'"),
      BadInput("--set gradient-clip=much", "--set: 'gradient-clip' must be a number, or off"),
      BadInput("--threads 0", "--threads is 0", "from 1 to 256"),
      BadInput("--threads -2", "--threads is -2", "from 1 to 256"),
      BadInput("--threads 100000", "--threads is 100000", "from 1 to 256"),
      BadInput("--seed 18446744073709551614 --seeds 3", "--seeds is 3, but must be at most 2"),
      BadInput("--seeds 1001", "--seeds is 1001, but must be at most 1000"),
      BadInput("--seeds 2 --jobs 257", "--jobs is 257, but must be at most 256"),
      BadInput("--output sets", "sets: holds other files", "another folder with --output"),
      BadInput("--output sets/mnist/t10k-labels-idx1-ubyte", "ubyte: is a file", "--output"),
      BadInput("--output sets/mnist/t10k-labels-idx1-ubyte/run", "Not a directory", "--output"),
      BadInput("--config nowhere.yaml", "nowhere.yaml: there is no such file", "--config"),
      BadInput("--config sets", "sets: cannot be read as text", "--config"),
      BadInput("--config sets/mnist/train-images-idx3-ubyte", "cannot be read as text"),
    ])
  func search(input: BadInput) throws {
    try expectRefusal(fixture.search(input.arguments), input.expected)
  }

  @Test(
    "in a configuration file gives one line that names the file",
    arguments: [
      ("epoch: 3", "c.yaml: there is no setting 'epoch'; did you mean 'epochs'?"),
      ("bound: none", "c.yaml: 'bound' must be a number, not 'none'"),
      ("shrinking-start: 0", "c.yaml: 'shrinking-start' is 0, but must be at least 1"),
      ("- epochs", "c.yaml: is a list, not settings with names"),
      ("a: b: c", "c.yaml: is not YAML"),
      ("network: resnt20", "'resnt20'; did you mean 'resnet20'?"),
    ])
  func configuration(text: String, expected: String) throws {
    try fixture.folder.write(Array(text.utf8), to: "c.yaml")
    try expectRefusal(
      fixture.search(["--config", "c.yaml"]), [expected], names: ["c.yaml", "sets"])
  }

  @Test(
    "below a place where nobody makes folders",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self"), "there is no /proc"))
  func unwritablePlace() throws {
    try expectRefusal(
      fixture.search(["--output", "/proc/grafs/run"]),
      ["/proc/grafs/run: cannot be made", "give a writable folder with --output"])
  }

  @Test(
    "in data gives one line that names the file",
    arguments: [
      ("train-images-idx3-ubyte", 1000, UInt8?.none, "truncated, expected 100368 bytes"),
      ("t10k-labels-idx1-ubyte", 30, nil, "truncated, expected 48 bytes, found 30"),
      ("t10k-images-idx3-ubyte", 0, nil, "truncated"),
      ("train-labels-idx1-ubyte", 136, 10, "record 127 has label 10, expected 0…9"),
    ])
  func data(name: String, length: Int, last: UInt8?, expected: String) throws {
    let path = "sets/fashion-mnist/\(name)"
    var bytes = [UInt8](try Data(contentsOf: fixture.folder.file(path)).prefix(length))
    if let last { bytes[length - 1] = last }
    try fixture.folder.write(bytes, to: path)
    try expectRefusal(fixture.search([]), ["\(path): ", expected, "; get it again: "])
  }

  @Test("a missing file of a data set is named")
  func missingDataFile() throws {
    let path = "sets/fashion-mnist/t10k-images-idx3-ubyte"
    try FileManager.default.removeItem(at: fixture.folder.file(path))
    try expectRefusal(fixture.search([]), ["\(path): no such file", "; get it again: "])
  }

  @Test(
    "of evaluate gives one line that names it and the cure",
    arguments: [
      BadInput("relo", "'relo'", "did you mean 'relu'?"),
      BadInput("relu xyz", "'xyz'", "there are: identity, negation"),
      BadInput("relu --network resnet21", "'resnet21'", "did you mean 'resnet20'?"),
      BadInput("relu --data cifar", "'cifar'", "did you mean 'cifar10'?"),
      BadInput("relu --data-dir nowhere", "nowhere: no such folder"),
      BadInput("relu --epochs 0", "--epochs is 0", "from 1"),
      BadInput("relu --epochs -1", "--epochs is -1", "from 1"),
      BadInput("relu --batch-size 1", "--batch-size is 1", "at least 2"),
      BadInput("relu --batch-size -8", "--batch-size is -8", "at least 2"),
      BadInput("relu --batch-size 129", "--batch-size is 129, but must be from 2 to 128"),
      BadInput("relu --train-images 0", "--train-images is 0", "from 1 to 128"),
      BadInput("relu --train-images -1", "--train-images is -1", "from 1 to 128"),
      BadInput("relu --bound 0", "--bound is 0.0", "positive number, such as 10"),
      BadInput("relu --bound nan", "--bound is nan", "positive number, such as 10"),
      BadInput("relu --baselines relo", "'relo'", "did you mean 'relu'?"),
      BadInput("--baselines none", "nothing to evaluate", "leave out --baselines none"),
      BadInput("relu --baselines publish", "'publish'", "there are: "),
      BadInput("relu --functions none", "--functions none cannot go with relu", "leave out one"),
      BadInput("--functions relu", "--functions is relu, but can only be none", "evaluate relu"),
      BadInput("--transfer", "there is no finished search below runs", "or give --functions none"),
      BadInput("--bound 3", "--bound needs a function"),
      BadInput("relu --seeds 0", "--seeds is 0", "from 1 to 1000"),
      BadInput("relu --seed 18446744073709551615 --seeds 2", "--seeds is 2", "at most 1, as many"),
      BadInput("relu --jobs 0", "--jobs is 0", "from 1 to 256"),
      BadInput("relu --networks resnet20", "--networks needs --transfer", "give --network"),
      BadInput("relu --datasets mnist", "--datasets needs --transfer", "give --data"),
      BadInput("relu --transfer --networks resnet21", "'resnet21'", "did you mean 'resnet20'?"),
      BadInput("relu --transfer --datasets mnits", "'mnits'", "did you mean 'mnist'?"),
      BadInput(
        "relu --transfer --networks resnet32 --network resnet20",
        "--network cannot go with --networks", "in --networks"),
      BadInput("relu --dry-run --csv a.csv", "--csv writes results", "leave out one"),
      BadInput("relu --dry-run --hdf5 a.h5", "--hdf5 writes results", "leave out one"),
      BadInput("relu --output sets", "sets: holds other files", "another folder with --output"),
      BadInput("runs/nowhere", "runs/nowhere: there is no such folder"),
      BadInput("sets", "sets: holds no search"),
      BadInput("relu --train-images 129", "--train-images is 129", "from 1 to 128"),
      BadInput("relu --learning-rate 0", "--learning-rate is 0.0", "positive"),
      BadInput("relu --learning-rate nan", "--learning-rate is nan", "positive"),
      BadInput("relu --threads 0", "--threads is 0", "from 1 to 256"),
      BadInput("relu --set momentum=1", "--set: 'momentum' is 1.0", "from 0 to below 1"),
      BadInput("relu --set epochs=0", "--set: 'epochs' is 0", "from 1"),
      BadInput("relu --set epochs=0 --epochs 0", "--epochs is 0", "from 1"),
      BadInput("relu --set seeds=0", "--set: 'seeds' is 0", "from 1 to 1000"),
      BadInput("relu --set train-images=129", "--set: 'train-images' is 129", "from 1 to 128"),
      BadInput("relu --set train-images=some", "--set: 'train-images' must be", "or all"),
      BadInput("relu --set momntum=0.5", "--set: there is no setting", "did you mean 'momentum'?"),
      BadInput("relu --set momentum", "--set 'momentum': write key=value"),
      BadInput("relu --set beta-mean=0.5", "--set: 'beta-mean' is only for optimizer adam", "out"),
      BadInput("relu --set optimizer=adam --set momentum=0.5", "'momentum' is only for optimizer"),
      BadInput("relu --set cell=chain", "--set: there is no setting 'cell'"),
      BadInput("relu --set network=resnet21", "'resnet21'", "did you mean 'resnet20'?"),
      BadInput("relu --config nowhere.yaml", "nowhere.yaml: there is no such file", "--config"),
    ])
  func evaluate(input: BadInput) throws {
    let arguments = ["evaluate", "--data-dir", SearchFixture.data, "--batch-size", "8"]
    try expectRefusal(
      BuiltCommand(arguments + input.arguments, in: fixture.folder), input.expected)
  }

  @Test(
    "as a command gives one line",
    arguments: [
      BadInput("serch", "there is no command 'serch'; did you mean 'search'?"),
      BadInput("primitive --json", "did you mean 'primitives'?"),
      BadInput("help evaluat", "did you mean 'evaluate'?"),
      BadInput(
        "fly",
        """
        there is no command 'fly'; there are: search, inspect, evaluate, export, primitives, \
        data, bench, help
        """
      ),
    ])
  func command(input: BadInput) throws {
    try expectRefusal(BuiltCommand(input.arguments, in: fixture.folder), input.expected)
  }

  @Test(
    "of another kind gives one line that says what is right, or where it stands",
    arguments: [
      BadInput("search --epochs three", "Error: The value 'three' is invalid for '--epochs"),
      BadInput("search --epochs 1.5", "'1.5' is invalid for '--epochs", "be a whole number"),
      BadInput("search --seed -1", "'--seed <seed>', which must be a whole number, not negative"),
      BadInput("evaluate relu --bound foo", "(Clip the outputs of operations to ± this number, or"),
      BadInput("export relu --to c --bound -", "'-' is invalid for '--bound", "or off for no"),
      BadInput("bench --threads many", "'many' is invalid for '--threads", "(Threads to compute"),
      BadInput("inspect", "Error: Missing expected argument '<run>' (A run's folder, or a trace)"),
      BadInput("search --preset slow", "Please provide one of 'quick', 'standard' or 'paper'."),
      BadInput("search --epoch 3", "Error: Unknown option '--epoch'. Did you mean '--epochs'?"),
      BadInput("search --data-dir", "Error: Missing value for '--data-dir"),
      BadInput("search --data-dir --quiet", "'--data-dir <data-dir>' (The folder with"),
      BadInput("search --resume -foo", "; a value that begins with a minus is given as --res"),
      BadInput("search --config -c.yaml", "with a minus is given as --config=-c.yaml; see"),
      BadInput("export --to text --output -x x", "with a minus is given as --output=-x; see"),
      BadInput("export x --to onnx --shape -1", "with a minus is given as --shape=-1; see"),
      BadInput("evaluate relu --csv -x^2", "with a minus is given as '--csv=-x^2'; see"),
      BadInput("search resnet20 mnist", "Error: Unexpected argument 'mnist'"),
      BadInput("evaluate --preset slow", "Please provide one of 'quick', 'standard' or 'paper'."),
      BadInput("evaluate --train-images some", "The value 'some' is invalid for '--train-images"),
    ])
  func usage(input: BadInput) throws {
    let command = try BuiltCommand(input.arguments, in: fixture.folder)
    #expect(command.status == 64)
    #expect(command.output == "")
    for text in input.expected { #expect(command.errors.contains(text), "\(command.errors)") }
    #expect(command.errorLines.count == 2 && command.errors.hasPrefix("Error: "))
    let place = input.arguments[0]
    #expect(command.errors.hasSuffix("; see 'grafs-swift \(place) --help'\n"), "\(command.errors)")
    #expect(try fixture.folder.names == ["sets"])
  }
}
