internal import Console

/// What the commands of a script have in common.
struct BatchContext {
    /// The options that the script was given; its commands may say otherwise.
    let options: GlobalOptions
    /// Takes what a command writes to standard output; nil: it goes there.
    let capture: OutputCapture?
    /// Whether the script itself is standard input, of which nothing is left for its commands.
    let isScriptInput: Bool

    /// Refuses a command that would read or write a stream that is in use.
    func check(_ command: any IdctlCommand) throws(CommandFailure) {
        guard let command = command as? any StreamUsing else { return }
        if isScriptInput, command.inputs.contains(where: { $0.map(StandardStream.input.isMeant) ?? false }) {
            throw CommandFailure(.inputIsScript(), exit: .usage)
        }
        guard capture != nil else { return }
        for (flag, path) in command.outputs where path.map(StandardStream.output.isMeant) ?? false {
            throw CommandFailure(.outputIsJSON(flag: flag), exit: .usage)
        }
    }
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
