/// The page's style sheet: light and dark, screen and paper.
enum ReportStyle {
  /// The whole sheet.
  static var text: String {
    let roles = ["ink", "soft", "grid", "rest"]
    let variables = { (isDark: Bool) in
      PlotStyle.colors.enumerated().map {
        "--c\($0):\(isDark ? $1.dark : $1.light)"
      }.joined(separator: ";")
    }
    let shapes =
      PlotStyle.shapes
      + PlotStyle.rules { "var(--\(roles.contains($0) ? "p-" : "")\($0))" }
    let nested = shapes.split(separator: "\n").map { line in
      // The plots' classes have short names, which mean nothing outside of plots.
      line.split(separator: "}").map { rule in
        let parts = rule.split(separator: "{")
        guard parts.count == 2 else { return String(rule) }
        let selectors = parts[0].split(separator: ",").map { "svg.plot \($0)" }
        return selectors.joined(separator: ",") + "{\(parts[1])}"
      }.joined()
    }.joined(separator: "\n")
    return ":root{color-scheme:light dark;\(light);\(variables(false))}\n"
      + "@media (prefers-color-scheme:dark){:root{\(dark);\(variables(true))}}\n"
      + "@media print{:root{color-scheme:light;\(light);\(variables(false))}}\n"
      + layout + nested + "\n" + print
  }

  private static let light = """
    --ground:#f6f7f9;--card:#fff;--edge:#e3e6ea;--ink:#16191d;--soft:#5a626d;--accent:#2a6fd0;\
    --good:#11774f;--bad:#b62a3f;--wait:#8a5d00;\
    --p-ink:#16191d;--p-soft:#626a75;--p-grid:#eceef1;--p-rest:#a9b0b9
    """

  private static let dark = """
    --ground:#101317;--card:#181c22;--edge:#2b313a;--ink:#e9ecf0;--soft:#9da6b2;--accent:#6ea8f5;\
    --good:#43c493;--bad:#f0788a;--wait:#e0ab35;\
    --p-ink:#e9ecf0;--p-soft:#9da6b2;--p-grid:#262c34;--p-rest:#626b77
    """

  private static let layout = """
    *{box-sizing:border-box}
    body{margin:0;background:var(--ground);color:var(--ink);\
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    header,main,footer{max-width:1240px;margin:0 auto;padding:0 20px}
    header{padding-top:34px}
    code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    .kicker{margin:0;color:var(--soft);font-size:13px;letter-spacing:.04em;\
    text-transform:uppercase}
    h1{margin:4px 0 6px;font-size:34px;line-height:1.2;font-weight:600;overflow-wrap:anywhere}
    h1.long{font-size:21px;line-height:1.35}
    h1 code{display:block}h1 small{font-size:14px;font-weight:400;color:var(--soft)}
    .subject{margin:0 0 18px;color:var(--soft)}
    .standing{display:inline-block;margin-left:8px;padding:0 9px;border:1px solid currentColor;\
    border-radius:99px;font-size:13px;color:var(--bad)}
    .standing.finished{color:var(--good)}
    .standing.running,.standing.comparing{color:var(--accent)}
    .standing.unknown,.standing.interrupted,.standing.incomplete{color:var(--wait)}
    .remark{color:var(--wait);margin:0 0 12px}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:12px;margin:0}
    .tiles div{background:var(--card);border:1px solid var(--edge);border-radius:10px;\
    padding:12px 16px}
    .tiles dt{color:var(--soft);font-size:13px}
    .tiles dd{margin:0;font-size:24px;font-weight:600;font-variant-numeric:tabular-nums}
    .tiles small{display:block;font-size:12.5px;font-weight:400;color:var(--soft);min-height:1.5em}
    section{margin:34px 0}
    h2{font-size:19px;margin:0 0 10px;font-weight:600}
    h3{font-size:15px;margin:18px 0 8px;font-weight:600}
    .note{color:var(--soft);font-size:13.5px;margin:10px 0}
    .grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,370px),1fr));gap:14px}
    .grid.wide{grid-template-columns:repeat(auto-fit,minmax(min(100%,520px),1fr))}
    .grid.pair{grid-template-columns:minmax(0,2fr) minmax(0,1fr);align-items:start}
    .grid.pair th{white-space:normal}
    @media (max-width:860px){.grid.pair{grid-template-columns:minmax(0,1fr)}}
    figure{position:relative;margin:0;background:var(--card);border:1px solid var(--edge);\
    border-radius:10px;padding:10px 10px 8px}
    figcaption{color:var(--soft);font-size:13px;padding:2px 6px;overflow-wrap:anywhere}
    svg.plot{display:block;width:100%;height:auto;touch-action:pan-y}
    svg.plot text{font-family:inherit}
    svg.plot .cross{stroke:var(--p-soft);stroke-width:1;pointer-events:none}
    svg.plot .above{stroke-width:3!important;opacity:1!important}
    #show-weights:checked~.grid .alpha,#show-alpha:checked~.grid .weights{display:none}
    input[type=radio],input[type=range]{accent-color:var(--accent)}
    input[type=radio]{margin:0 4px 0 0;vertical-align:-1px}label{margin-right:14px}
    .controls{display:flex;align-items:center;gap:10px;margin:0 0 12px;flex-wrap:wrap}
    .controls label{margin:0;color:var(--soft)}
    .controls input{flex:1 1 160px;max-width:420px}
    .controls output{min-width:2.2em;font-variant-numeric:tabular-nums;font-weight:600}
    button{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--edge);\
    border-radius:7px;padding:3px 14px;cursor:pointer}
    button:hover{border-color:var(--accent)}
    .scripted{display:none}.has-script .scripted{display:flex}
    .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--edge);border-radius:10px}
    table{border-collapse:collapse;width:100%;font-size:13.5px}
    th,td{text-align:left;padding:6px 12px;border-bottom:1px solid var(--edge);vertical-align:top}
    th{color:var(--soft);font-weight:500;white-space:nowrap}
    tr:last-child td{border-bottom:0}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    summary{cursor:pointer;color:var(--accent);margin:10px 0 8px}
    .settings{columns:3 260px;column-gap:26px;font-size:13.5px;margin:0 0 16px}
    .settings div,.origin div{display:flex;gap:10px;padding:2px 0;break-inside:avoid}
    .settings dt{flex:0 0 58%}.settings dt,.origin dt{color:var(--soft)}
    .settings dd,.origin dd{margin:0;overflow-wrap:anywhere}
    .origin{font-size:13.5px;border-top:1px solid var(--edge);padding-top:10px}
    .origin dt{flex:0 0 84px}
    footer{color:var(--soft);font-size:12.5px;padding-bottom:30px}
    .tip{position:absolute;z-index:2;pointer-events:none;background:var(--card);color:var(--ink);\
    border:1px solid var(--edge);border-radius:8px;box-shadow:0 4px 14px #0003;padding:6px 10px;\
    font-size:12.5px;line-height:1.45;white-space:nowrap;font-variant-numeric:tabular-nums}
    .tip b{font-weight:600}.tip i{display:inline-block;width:10px;height:3px;border-radius:2px;\
    margin-right:6px;vertical-align:3px}

    """

  private static let print = """
    @media print{
    @page{margin:14mm}
    body{background:#fff;font-size:11pt}
    header,main,footer{max-width:none;padding:0}
    header{padding-top:0}
    .scripted,.has-script .scripted,.tip,#slots>input,#slots>label{display:none}
    .tiles{grid-template-columns:repeat(5,1fr);gap:8px}
    .tiles div,figure,.scroll{border-color:#d5d9de;break-inside:avoid}
    .tiles div{padding:8px 10px}.tiles dd{font-size:15pt}
    .scroll{overflow:visible;break-inside:auto}tr{break-inside:avoid}
    .grid{grid-template-columns:1fr 1fr}
    .grid.wide{grid-template-columns:1fr}.grid.pair{grid-template-columns:2fr 1fr}
    h2{break-after:avoid}section{margin:20px 0}
    details summary{color:inherit}
    }

    """
}
