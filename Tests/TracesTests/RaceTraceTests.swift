import Foundation
import TestSupport
import Testing
import Traces

@Suite("The race in a trace")
struct RaceTraceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var race: RaceHistory {
    var race = RaceHistory(metric: "accuracy")
    var origins = RaceHistory.Origin.allCases.filter { $0 != .usual }
    origins.insert(.usual, at: 5)
    for (number, origin) in origins.enumerated() {
      race.append(.init(number: number, function: "tanh(x) + \(number) \"é\"", origin: origin))
    }
    for number in 0..<9 {
      var training = RaceHistory.Training(
        rung: number / 6, arm: number % 6, seed: number == 3 ? .max : UInt64(number), images: 100,
        epochs: 2, part: number > 6 ? .judging : .validation, digest: "abc\(number)")
      (training.loss, training.value, training.elapsedSeconds) = (0.1 + Double(number), 0.5, 1.5)
      if number == 4 { (training.loss, training.value) = (nil, nil) }
      race.append(training)
    }
    return race
  }

  @Test("reads back as it was, and a trace without one has none")
  func roundTrip() throws {
    var trace = Trace.random(seed: 5, steps: 7)
    try TraceFile.publish(trace, to: folder.file())
    #expect(try TraceFile.read(folder.file()).race == nil)
    trace.race = race
    try TraceFile.publish(trace, to: folder.file())
    let read = try TraceFile.read(folder.file())
    #expect(read == trace)
    #expect(read.race?.trainings[3].seed == .max && read.race?.trainings[4].loss == nil)
  }

  @Test("functions stand by the last rung that they reached, then by its loss")
  func standing() {
    #expect(race.ranking(ofRung: 0) == [0, 1, 2, 3, 5])
    #expect(race.standing == [0, 1, 2, 3, 5])
    #expect(race.rungCount == 2 && race.winner == 0)
    // The usual one among them is the last.
    #expect(race.judged(usual: 2) == [0, 2, 5])
    #expect(race.judged(usual: nil) == [0, 5])
    #expect(race.judged(usual: 0) == [0, 5])
  }
}
