/// The name that was probably meant, if any is near enough.
///
/// Case, "-" and "_" do not count. Of the rest, two edits are forgiven, of three letters one, of
/// many letters one in three; a missing end counts as one edit.
///
/// - Parameters:
///   - name: What was written.
///   - names: What could have been meant.
/// - Returns: The nearest of `names`, or `nil` when all are far away.
public func nearestName(to name: String, in names: [String]) -> String? {
  let written = letters(of: name)
  guard written.count > 2 else { return nil }
  let near = names.map { name in
    let letters = letters(of: name)
    let distances = editDistances(from: written, toBeginningsOf: letters)
    let distance = min(distances[letters.count], (distances.min() ?? 0) + 1)
    return (name: name, distance: distance)
  }
  return near.filter { $0.distance <= max(min(2, written.count - 2), written.count / 3) }
    .min { $0.distance < $1.distance }?.name
}

/// The name that is meant beyond doubt: the one written so, or else the only one that differs from
/// what was written in nothing but case, "-", "_" and spaces.
///
/// - Parameters:
///   - name: What was written.
///   - names: What can be meant.
/// - Returns: One of `names`; nil if none is meant, or several are.
public func sameName(as name: String, in names: [String]) -> String? {
  if names.contains(name) { return name }
  let written = letters(of: name)
  let same = names.filter { letters(of: $0) == written }
  return same.count == 1 ? same[0] : nil
}

/// The line for a name that is not known: what was written, and what was probably meant or, when
/// nothing is near, all there is.
///
/// - Parameters:
///   - name: What was written.
///   - kind: What it should have named, such as "network".
///   - known: What there is.
/// - Returns: One line.
public func unknownName(_ name: String, kind: String, known: [String]) -> String {
  "there is no \(kind) '\(name)'; \(namesInstead(of: name, known: known))"
}

/// The cure for a name that is not known: the name probably meant or, when nothing is near, all
/// there are.
///
/// - Parameters:
///   - name: What was written.
///   - known: What there is.
/// - Returns: Half a line.
public func namesInstead(of name: String, known: [String]) -> String {
  nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
    ?? "there are: \(known.joined(separator: ", "))"
}

private func letters(of name: String) -> [Character] {
  name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
}

/// The fewest insertions, deletions and replacements that turn one word into the first 0, 1, 2, …
/// letters of the other (Levenshtein): the last row of the table, made a row at a time.
private func editDistances(
  from first: [Character], toBeginningsOf second: [Character]
) -> [Int] {
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row
}
