/// What the commands of a script have in common.
struct BatchContext {
    /// The options that the script was given; its commands may say otherwise.
    let options: GlobalOptions
    /// Takes what a command writes to standard output; nil: it goes there.
    let capture: OutputCapture?
}

/// What one command has written to standard output, up to a bound.
final class OutputCapture {
    /// Bytes kept of one command's output.
    static let byteCountMax = 1 << 20

    private(set) var bytes: [UInt8] = []
    /// Whether there was more.
    private(set) var isCut = false

    /// Keeps `bytes`.
    func take(_ bytes: [UInt8]) {
        let room = Self.byteCountMax - self.bytes.count
        self.bytes += bytes.prefix(room)
        if bytes.count > room { isCut = true }
    }
}
