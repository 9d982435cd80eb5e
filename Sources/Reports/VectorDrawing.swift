import Foundation

/// A drawing as the text of SVG elements, whose colors and widths a style sheet says by their
/// classes.
public struct VectorDrawing: Sendable {
  /// The width, in pixels.
  public let width: Int
  /// The height, in pixels.
  public let height: Int
  private var elements = ""
  private var attributes: String

  /// An empty drawing.
  ///
  /// - Parameters:
  ///   - width: In pixels.
  ///   - height: In pixels.
  ///   - data: Attributes of the root, for scripts; their names begin with `data-`.
  public init(width: Int, height: Int, data: [(name: String, value: String)] = []) {
    self.width = width
    self.height = height
    attributes = data.map { " data-\($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
  }

  /// Text that stands for itself in SVG and HTML, also between quotation marks.
  public static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\n", "\t": escaped.unicodeScalars.append(scalar)
      default:
        // XML has no other control characters, however they are written.
        let isControl = scalar.value < 32 || (0x7F...0x9F).contains(scalar.value)
        escaped.unicodeScalars.append(isControl || scalar.value >= 0xFFFE ? "�" : scalar)
      }
    }
    return escaped
  }

  /// A coordinate with at most so many decimals.
  public static func number(_ value: Double, decimals: Int = 1) -> String {
    var text = String(format: "%.*f", decimals, value)
    guard text.contains(".") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text == "-0" ? "0" : text
  }

  /// Adds a straight line.
  public mutating func line(
    _ style: String, from start: PlotPoint, to end: PlotPoint
  ) {
    elements += "<line class=\"\(style)\" x1=\"\(Self.number(start.x))\""
    elements += " y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\""
    elements += " y2=\"\(Self.number(end.y))\"/>\n"
  }

  /// Adds a path.
  ///
  /// - Parameters:
  ///   - style: Its classes.
  ///   - outline: Its `d`.
  ///   - name: What it shows, for scripts and as a title; none if empty.
  public mutating func path(_ style: String, _ outline: String, name: String = "") {
    let data = name.isEmpty ? "" : " data-name=\"\(Self.escaped(name))\""
    let title = name.isEmpty ? "" : "<title>\(Self.escaped(name))</title>"
    elements += "<path class=\"\(style)\"\(data) d=\"\(outline)\""
    elements += title.isEmpty ? "/>\n" : ">\(title)</path>\n"
  }

  /// Adds a filled circle.
  public mutating func circle(_ style: String, at center: PlotPoint, radius: Double, name: String) {
    elements += "<circle class=\"\(style)\" cx=\"\(Self.number(center.x))\""
    elements += " cy=\"\(Self.number(center.y))\" r=\"\(Self.number(radius))\">"
    elements += "<title>\(Self.escaped(name))</title></circle>\n"
  }

  /// Where a text lies beside its point.
  public enum Anchor: String, Sendable {
    /// It begins there.
    case start
    /// Its middle lies there.
    case middle
    /// It ends there.
    case end
  }

  /// Adds a line of text.
  ///
  /// - Parameters:
  ///   - style: Its classes.
  ///   - text: The text.
  ///   - point: On the base line.
  ///   - anchor: Which part of the text lies there.
  ///   - isUpward: Whether it is turned to the left by a right angle.
  public mutating func text(
    _ style: String, _ text: String, at point: PlotPoint, anchor: Anchor = .start,
    isUpward: Bool = false
  ) {
    let (x, y) = (Self.number(point.x), Self.number(point.y))
    let turn = isUpward ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
    elements += "<text class=\"\(style)\" x=\"\(x)\" y=\"\(y)\""
    elements += " text-anchor=\"\(anchor.rawValue)\"\(turn)>\(Self.escaped(text))</text>\n"
  }

  /// Adds what `draw` adds, cut off outside of a rectangle.
  ///
  /// - Parameters:
  ///   - identifier: Of the clip, one of its kind in the document.
  ///   - corner: The upper left corner.
  ///   - size: Width and height.
  ///   - draw: Adds the elements.
  public mutating func clipped(
    _ identifier: String, corner: PlotPoint, size: PlotPoint,
    _ draw: (inout VectorDrawing) -> Void
  ) {
    elements += "<clipPath id=\"\(identifier)\"><rect x=\"\(Self.number(corner.x))\""
    elements += " y=\"\(Self.number(corner.y))\" width=\"\(Self.number(size.x))\""
    elements += " height=\"\(Self.number(size.y))\"/></clipPath>\n"
    elements += "<g clip-path=\"url(#\(identifier))\">\n"
    draw(&self)
    elements += "</g>\n"
  }

  /// Puts other drawings into this one.
  ///
  /// - Parameters:
  ///   - drawing: What is put in.
  ///   - corner: Where its upper left corner lies.
  public mutating func add(_ drawing: VectorDrawing, at corner: PlotPoint) {
    elements += "<g transform=\"translate(\(Self.number(corner.x)) \(Self.number(corner.y)))\">\n"
    elements += drawing.elements + "</g>\n"
  }

  /// As an element of a page that has a style sheet.
  ///
  /// - Parameters:
  ///   - title: What is shown, for those who do not see it.
  ///   - style: Its classes.
  /// - Returns: The element `svg`.
  public func element(title: String, style: String = "plot") -> String {
    "<svg class=\"\(style)\" viewBox=\"0 0 \(width) \(height)\" role=\"img\""
      + " aria-label=\"\(Self.escaped(title))\"\(attributes)>\n"
      + "<title>\(Self.escaped(title))</title>\n\(elements)</svg>\n"
  }

  /// How every file begins, up to who made it.
  public static let beginning = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!--\u{20}
    """

  /// As a file of its own.
  ///
  /// - Parameters:
  ///   - title: What is shown.
  ///   - styleSheet: The classes' colors and widths.
  ///   - generator: Who made it: stands in a comment at the beginning.
  /// - Returns: The text of the file.
  public func file(title: String, styleSheet: String, generator: String) -> String {
    """
    \(Self.beginning)\(Self.escaped(generator).replacingOccurrences(of: "--", with: "– ")) -->
    <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
    viewBox="0 0 \(width) \(height)">
    <title>\(Self.escaped(title))</title>
    <style>\(styleSheet)</style>
    <rect class="background" width="\(width)" height="\(height)"/>
    \(elements)</svg>

    """
  }
}
