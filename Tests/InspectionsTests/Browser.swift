import Foundation
import TestSupport
import Testing

/// A headless browser, where one is installed.
enum Browser {
  /// The first Chromium found.
  static let path = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ].first(where: FileManager.default.isExecutableFile)

  /// What a page looks like to its user.
  struct Look: Decodable {
    /// Errors of scripts, breaches of the page's policy.
    let errors: [String]
    /// How many things were loaded besides the page.
    let resources: Int
    /// How many lines each section's plots have.
    let lines: [String: Int]
    /// The curve's path and the function's text at the last and the first epoch.
    let curves, expressions: [String]
    /// What stands beside the pointer.
    let tip: String
    /// What stands beside the pointer at each place of `Hover`.
    let tips: [String]
    /// Whether weights and α of the first slot are shown, before and after the choice of weights.
    let shown: [[Bool]]
    /// How much wider than the window the page is, in pixels.
    let overflow: Int
  }

  /// A place of the pointer.
  struct Hover: Encodable {
    /// The section.
    var section = "training"
    /// Which of its plots, from 0.
    let plot: Int
    /// Where on its horizontal axis.
    let step: Double
  }

  /// Runs at the page's beginning.
  private static let first = """
    <script>
    window.errors = [];
    addEventListener('error', event => errors.push(String(event.message)));
    addEventListener('securitypolicyviolation', event => errors.push(event.violatedDirective));
    console.error = (...words) => errors.push(words.join(' '));
    </script>
    """

  /// Does what a user would do, and writes down what happens.
  private static let last = """
    <script>
    addEventListener('load', async () => {
      const wait = time => new Promise(done => setTimeout(done, time));
      const look = {lines: {}, curves: [], expressions: [], shown: [], tip: '', tips: []};
      for (const section of document.querySelectorAll('section')) {
        look.lines[section.id] = section.querySelectorAll('path.series').length;
      }
      const slider = document.getElementById('epoch');
      const take = () => {
        look.curves.push(document.querySelector('path.curve').getAttribute('d'));
        look.expressions.push(document.querySelector('.expression').textContent);
      };
      if (slider) {
        take();
        slider.value = 0;
        slider.dispatchEvent(new Event('input'));
        // The curve moves for a while, and then stands.
        let last = '';
        for (let i = 0; i < 60; i++) {
          await wait(100);
          const now = document.querySelector('path.curve').getAttribute('d');
          if (now === last && i > 5) break;
          last = now;
        }
        take();
      }
      const plot = document.querySelector('#function svg'), box = plot.getBoundingClientRect();
      plot.dispatchEvent(new PointerEvent('pointermove', {
        clientX: box.left + box.width * 0.5, clientY: box.top + box.height * 0.5}));
      const tip = document.querySelector('.tip');
      look.tip = tip ? [...tip.children].map(row => row.textContent).join('\\n') : '';
      for (const {section, plot, step} of HOVERS) {
        const svg = document.querySelectorAll('#' + section + ' svg')[plot];
        const box = svg.getBoundingClientRect();
        const scale = box.width / svg.viewBox.baseVal.width;
        const [left, right, top, bottom] = svg.dataset.frame.split(' ').map(Number);
        const [x0, x1] = svg.dataset.x.split(' ').map(Number);
        svg.dispatchEvent(new PointerEvent('pointermove', {
          clientX: box.left + scale * (left + (step - x0) / (x1 - x0) * (right - left)),
          clientY: box.top + scale * (top + bottom) / 2}));
        const shown = svg.closest('figure').querySelector('.tip');
        look.tips.push(shown
          ? [...shown.children].map(row => row.textContent).join('\\n') : '');
      }
      const isShown = style => getComputedStyle(
        document.querySelector('#slots svg.' + style)).display !== 'none';
      look.shown.push([isShown('weights'), isShown('alpha')]);
      document.getElementById('show-weights').click();
      look.shown.push([isShown('weights'), isShown('alpha')]);
      look.overflow = document.documentElement.scrollWidth - innerWidth;
      look.resources = performance.getEntriesByType('resource').length;
      look.errors = window.errors;
      const element = document.createElement('pre');
      element.id = 'look';
      element.textContent = encodeURIComponent(JSON.stringify(look));
      document.body.append(element);
    });
    </script>
    """

  /// Opens a page and uses it.
  ///
  /// - Parameters:
  ///   - html: The page.
  ///   - size: Of the window, in pixels.
  ///   - hovers: Where the pointer goes.
  /// - Returns: What was found.
  /// - Throws: If the browser cannot be started, or the page's script does not end.
  static func look(
    at html: String, size: (Int, Int) = (1200, 900), hovers: [Hover] = []
  ) throws -> Look {
    let folder = try TemporaryFolder()
    let places = String(decoding: try JSONEncoder().encode(hovers), as: UTF8.self)
    let last = last.replacingOccurrences(of: "HOVERS", with: places)
    let page = html.replacingOccurrences(of: "<title>", with: first + "<title>")
      .replacingOccurrences(of: "</body>", with: last + "</body>")
    try folder.write(Array(page.utf8), to: "page.html")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      "--user-data-dir=\(folder.file("profile").path)", "--window-size=\(size.0),\(size.1)",
      "--virtual-time-budget=12000", "--dump-dom", folder.file("page.html").absoluteString,
    ]
    let output = folder.file("dom.html")
    try Data().write(to: output)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let dom = try String(contentsOf: output, encoding: .utf8)
    let found = try #require(
      dom.firstMatch(of: /<pre id="look">([^<]*)<\/pre>/), "the page's script did not end")
    let text = try #require(String(found.1).removingPercentEncoding)
    return try JSONDecoder().decode(Look.self, from: Data(text.utf8))
  }
}
