/// How the classes of plots look.
enum PlotStyle {
  /// The colors of operations and quantities, on a light and on a dark ground: neighbors differ for
  /// all kinds of color vision.
  static let colors = [
    (light: "#2a6fd0", dark: "#5b9cf0"), (light: "#149a6b", dark: "#2fb98a"),
    (light: "#c98a00", dark: "#e0ab35"), (light: "#7a49c4", dark: "#a98bee"),
    (light: "#d13f56", dark: "#f0788a"), (light: "#0f8fa6", dark: "#41b8cd"),
    (light: "#b0508f", dark: "#e183c0"), (light: "#dd6420", dark: "#f0894f"),
  ]

  /// What is neither light nor dark: widths, fonts, dashes.
  static let shapes = """
    .series{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .series.rest{stroke-width:.9;opacity:.55}
    .band{stroke:none;opacity:.15}
    .series.faint{stroke-width:.7;opacity:.34}
    .series.reference,.key.reference{stroke-dasharray:5 4;stroke-width:1.4}
    .series.ghost{stroke-width:5;opacity:.3}.key.ghost{stroke-width:5;opacity:.35}
    .series.slope,.key.slope{stroke-width:1.4;stroke-dasharray:2 3}
    .series.curve{stroke-width:2.6}
    .key{stroke-width:2.4}.key.faint{opacity:.5;stroke-width:1.2}
    .drop{stroke:none}.drop.rest{opacity:.65}
    .grid{stroke-width:1}.axis,.tickmark{stroke-width:1}
    .event{stroke-width:1;stroke-dasharray:2 3}
    .title{font-size:13px;font-weight:600}
    .tick,.name,.legend{font-size:11px}.eventname{font-size:9.5px}

    """

  /// The colors' rules.
  ///
  /// - Parameter color: The color of a role: `ink`, `soft`, `grid`, `rest`, or `c0` to `c7`.
  /// - Returns: Lines of CSS.
  static func rules(_ color: (String) -> String) -> String {
    var rules = colors.indices.map { index in
      ".series.c\(index),.key.c\(index){stroke:\(color("c\(index)"))}"
        + ".drop.c\(index),.band.c\(index){fill:\(color("c\(index)"))}\n"
    }.joined()
    rules += ".series.rest,.key.rest{stroke:\(color("rest"))}.drop.rest{fill:\(color("rest"))}\n"
    rules += ".series.reference,.key.reference{stroke:\(color("soft"))}\n"
    rules += ".series.ghost,.key.ghost{stroke:\(color("rest"))}\n"
    rules += ".grid{stroke:\(color("grid"))}.axis,.tickmark,.grid.zero{stroke:\(color("rest"))}\n"
    rules += ".event{stroke:\(color("soft"))}.title,.legend{fill:\(color("ink"))}\n"
    return rules + ".tick,.name,.eventname{fill:\(color("soft"))}\n"
  }

  /// For papers: on white.
  static var paper: String {
    let roles = ["ink": "#1a1c20", "soft": "#5c626b", "grid": "#e6e8eb", "rest": "#a8adb5"]
    return "\ntext{font-family:Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif}\n"
      + ".background{fill:#fff}\n" + shapes
      + rules { role in roles[role] ?? colors[Int(role.dropFirst()) ?? 0].light }
  }
}
