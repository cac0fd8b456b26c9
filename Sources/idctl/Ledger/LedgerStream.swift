internal import Console
internal import Glibc
internal import Resolution

/// A ledger as an auditor gets it, frame by frame: head, identities, entries, end. It holds one answer of a node, or
/// one piece of a file, and no more.
enum LedgerStream {
    private static let pieceByteCount = 1 << 20

    /// The entries `range` of a node's ledger.
    static func forEachFrame(
        of source: any LedgerSource,
        entries range: Range<UInt64>,
        _ body: (LedgerFrame) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        try body(LedgerFrame(.fileHead, LedgerFileHead(first: range.lowerBound)))
        for identity in try source.identities() { try body(LedgerFrame(.identity, identity)) }
        var (place, count): (LedgerPlace?, UInt64) = (range.isEmpty ? nil : LedgerPlace(entry: range.lowerBound), 0)
        while let current = place {
            let (bytes, next) = try source.frames(from: current)
            place = next
            var reader = LedgerFrameReader()
            reader.append(bytes)
            while let found = reader.next(isLast: true) {
                guard case .frame(let frame, _) = found else {
                    throw CommandFailure(.unreadableLedgerAnswer(source.name))
                }
                if frame.kind == .head {
                    // Entries that were made meanwhile are for the next time.
                    guard count < UInt64(range.count) else {
                        place = nil
                        break
                    }
                    count += 1
                }
                try body(frame)
            }
        }
        try body(LedgerFrame(.fileEnd, LedgerFileEnd(entryCount: count)))
    }

    /// What stands in the file at `path`, `-` for standard input; returns its length in bytes.
    static func forEachFound(
        in path: String,
        _ body: (LedgerFrameReader.Found) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> Int {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
        defer { if descriptor > 0 { close(descriptor) } }
        var reader = LedgerFrameReader()
        var buffer = [UInt8](repeating: 0, count: pieceByteCount)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CommandFailure(.cannotRead(file: path, errorNumber: errno)) }
            if count > 0 { reader.append(Array(buffer.prefix(count))) }
            while let found = reader.next(isLast: count == 0) { try body(found) }
            if Interruption.isRequested { throw .interrupted() }
            guard count > 0 else { return reader.place }
        }
    }
}
