/// What is known of a data set's files on this machine.
public struct DatasetReport: Sendable {
  /// The data set.
  public let source: DatasetSource
  /// The folder in which it was found; nil if in none.
  public let folder: String?
  /// Its files, in the source's order; empty if no folder was found.
  public let files: [File]
  /// The whole of it.
  public let state: State

  /// What is known of a file.
  public struct File: Sendable, Equatable {
    /// The name it was published by.
    public let name: String
    /// Where it lies; nil if it is missing.
    public let path: String?
    /// Its length in bytes, unpacked; nil if it was not read.
    public let bytes: Int?
    /// Its MD5, unpacked; nil if it was not read.
    public let digest: String?
    /// What the digest says.
    public let agreement: Agreement
  }

  /// How a file's digest compares with the published one.
  public enum Agreement: String, Sendable {
    /// The file was not read, or could not be.
    case unchecked
    /// The digests are the same.
    case published
    /// The file is not as long as the published one: a part, or cut.
    case otherSize = "other-size"
    /// Equally long, another digest.
    case differs
    /// As long as the published one, of which no digest is known.
    case sizeOnly = "size-only"
  }

  /// What the files are good for.
  public enum State: Sendable, Equatable {
    /// In none of the folders.
    case absent
    /// There, and not read.
    case found
    /// There, with a file missing.
    case incomplete
    /// Readable, with all examples.
    case complete
    /// Readable, with other numbers of examples than were published.
    case part(training: Int, test: Int)
    /// Not readable, or not the published bytes.
    case damaged(DatasetError)
  }
}

extension DatasetSource {
  /// Looks for the data set and, if asked, reads all of it.
  ///
  /// - Parameters:
  ///   - locations: Where to search.
  ///   - isVerifying: Whether files are read, their digests compared with the published ones, and
  ///     their contents checked as when they are loaded.
  /// - Returns: What was found; damage is part of the report.
  /// - Throws: `DatasetError` of problem `missingFolder` when the folder asked for by option is
  ///   not there.
  public func report(
    from locations: DataLocations, isVerifying: Bool
  ) throws(DatasetError) -> DatasetReport {
    if isMade { return DatasetReport(source: self, folder: nil, files: [], state: .complete) }
    guard let folder = try locations.folder(of: self) else {
      return DatasetReport(source: self, folder: nil, files: [], state: .absent)
    }
    var damage: DatasetError?
    var files: [DatasetReport.File] = []
    for file in self.files {
      do throws(DatasetError) {
        files.append(try folder.report(on: file, isVerifying: isVerifying))
      } catch {
        damage = damage ?? error
        files.append(
          DatasetReport.File(
            name: file.name, path: folder.path(of: file.name), bytes: nil, digest: nil,
            agreement: .unchecked))
      }
    }
    let state: DatasetReport.State
    if let damage {
      state = .damaged(damage)
    } else if !isVerifying {
      state = files.allSatisfy { $0.path != nil } ? .found : .incomplete
    } else {
      state = contentState(of: files, in: folder)
    }
    return DatasetReport(source: self, folder: folder.path, files: files, state: state)
  }

  /// Reads the examples, then weighs the digests: a wrong one counts only for a file of full
  /// length.
  private func contentState(
    of files: [DatasetReport.File], in folder: DatasetFolder
  ) -> DatasetReport.State {
    do throws(DatasetError) {
      let dataset = try read(folder)
      for (file, published) in zip(files, self.files) where file.agreement == .differs {
        throw DatasetError(
          .otherContents(
            file.path ?? file.name, expectedMD5: published.digest ?? "", foundMD5: file.digest ?? ""
          ),
          cure: folder.cure)
      }
      let (training, test) = (dataset.trainCount, dataset.testCount)
      return training == contents.training && test == contents.test
        ? .complete : .part(training: training, test: test)
    } catch {
      return .damaged(error)
    }
  }
}

extension DatasetFolder {
  /// What is known of a file.
  ///
  /// - Throws: `DatasetError` when it is read and is damaged or unreadable.
  fileprivate func report(
    on file: PublishedFile, isVerifying: Bool
  ) throws(DatasetError) -> DatasetReport.File {
    guard let path = path(of: file.name), isVerifying else {
      return DatasetReport.File(
        name: file.name, path: self.path(of: file.name), bytes: nil, digest: nil,
        agreement: .unchecked)
    }
    let opened = try open(file.name)
    let (digest, bytes) = try opened.digest()
    let agreement: DatasetReport.Agreement
    if bytes != file.bytes {
      agreement = .otherSize
    } else if let published = file.digest {
      agreement = digest == published ? .published : .differs
    } else if let packed = file.packedDigest, opened.isPacked,
      try PlainBytes(path, cure: cure).digest() == packed
    {
      agreement = .published
    } else {
      agreement = .sizeOnly
    }
    return DatasetReport.File(
      name: file.name, path: path, bytes: bytes, digest: digest, agreement: agreement)
  }
}

extension PlainBytes {
  /// The MD5 of all bytes as they lie on the disk.
  fileprivate func digest() throws(DatasetError) -> String {
    var sum = MD5()
    while case let piece = try next(1 << 20), !piece.isEmpty { sum.add(piece) }
    return sum.hexadecimal
  }
}
