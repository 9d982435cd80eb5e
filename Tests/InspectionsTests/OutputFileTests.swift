import Files
import Foundation
import Inspections
import TestSupport
import Testing
import Traces

@Suite("Files for pages and plots")
struct OutputFileTests {
  private let folder: TemporaryFolder
  private let page: String
  private let svg: String

  init() throws {
    folder = try TemporaryFolder()
    let trace = SmallTrace.trace(command: "grafs-swift search --output run")
    try SmallTrace.write(trace, to: folder)
    let inspection = try InspectedRun(folder.file("run").path).read()
    page = ReportPage(inspection, generator: "grafs-swift 9.9").html
    svg = try PaperPlot.curve.svg(inspection, generator: "grafs-swift 9.9")
  }

  private func write(_ name: String, asPlot: Bool, force: Bool = false) throws {
    let file = OutputFile(
      folder.file(name).path, replacing: force, option: asPlot ? "--plot" : "--report")
    _ = try asPlot ? file.write(plot: svg) : file.write(page: page)
  }

  @Test("a page replaces a page and SVG replaces SVG; neither replaces what only names the program")
  func kinds() throws {
    let trace = try Data(contentsOf: folder.file("run/trace.h5"))
    let cases: [(name: String, old: Data, asPlot: Bool, isReplaced: Bool)] = [
      ("a.html", Data(page.utf8), false, true), ("a.svg", Data(svg.utf8), true, true),
      ("b.html", Data(), false, true), ("b.svg", Data(page.utf8), true, false),
      ("c.html", Data(svg.utf8), false, false), ("copy.h5", trace, false, false),
      ("README.md", Data("# How we use grafs-swift\n".utf8), false, false),
      ("d.html", Data("<!doctype html>\n<p>grafs-swift</p>".utf8), false, false),
      ("d.svg", Data("<?xml version=\"1.0\"?><!-- not grafs-swift --><svg/>".utf8), true, false),
      ("e.svg", trace, true, false), ("a.png", Data(svg.utf8), true, false),
    ]
    for (name, old, asPlot, isReplaced) in cases {
      try folder.write([UInt8](old), to: name)
      if isReplaced {
        try write(name, asPlot: asPlot)
        let new = try String(contentsOf: folder.file(name), encoding: .utf8)
        #expect(new == (asPlot ? svg : page), "\(name)")
      } else {
        #expect(throws: RunError.self, "\(name)") { try write(name, asPlot: asPlot) }
        #expect(try Data(contentsOf: folder.file(name)) == old, "\(name)")
      }
    }
    try write("README.md", asPlot: false, force: true)
    #expect(try String(contentsOf: folder.file("README.md"), encoding: .utf8) == page)
  }

  @Test(
    "a run's own files are never replaced, even if that is asked for",
    arguments: ["trace.h5", "result.json", "config.yaml"], [false, true])
  func runs(name: String, force: Bool) throws {
    let old = try Data(contentsOf: folder.file("run/\(name)"))
    let failure = #expect(throws: RunError.self) {
      try write("run/\(name)", asPlot: false, force: force)
    }
    #expect(failure?.description.hasSuffix("give another file with --report") == true)
    #expect(try Data(contentsOf: folder.file("run/\(name)")) == old)
  }
}
