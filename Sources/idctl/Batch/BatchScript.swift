internal import Console

/// The commands of a script, one in each line. It is read whole before the first is run, so that what cannot be read is
/// told before anything was done.
struct BatchScript {
    /// A line with a command.
    struct Line {
        /// Counted from 1.
        let number: Int
        let words: [String]
    }

    /// Bytes of a line at most.
    static let lineByteCountMax = 65_536
    /// Bytes of a script at most.
    static let byteCountMax = 16 << 20

    let lines: [Line]

    /// Reads `bytes` of the file at `path`. Throws what is wrong in every line.
    init(_ bytes: [UInt8], path: String) throws(CommandFailure) {
        var lines: [Line] = []
        var faults: [UserMessage] = []
        for (index, part) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let place = MessagePlace(file: path, line: index + 1)
            do throws(CommandFailure) {
                if let line = try Self.line(part, at: place) { lines.append(line) }
            } catch {
                faults += error.messages
            }
            if faults.count >= Self.faultCountMax { break }
        }
        guard faults.isEmpty else { throw CommandFailure(faults, exit: .usage) }
        self.lines = lines
    }

    /// Lines that are told to be wrong at most.
    private static let faultCountMax = 20

    private static func line(_ part: ArraySlice<UInt8>, at place: MessagePlace) throws(CommandFailure) -> Line? {
        guard part.count <= lineByteCountMax else {
            throw CommandFailure(.scriptLineTooLong(place, byteCountMax: lineByteCountMax))
        }
        let bytes = part.last == 0x0D ? part.dropLast() : part
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw CommandFailure(.scriptLineNotText(place))
        }
        do throws(CommandWords.Fault) {
            let words = try CommandWords.of(text)
            return words.isEmpty ? nil : Line(number: place.line ?? 0, words: words)
        } catch {
            throw CommandFailure(.unreadableScriptLine(error, file: place.file, line: place.line ?? 0))
        }
    }
}
