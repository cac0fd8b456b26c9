internal import Console
internal import EventLoop

/// The control socket of a run, mode 0600, on a thread of its own: one command a line, one answer a line.
final class RunSocket: Sendable {
    /// Connections at a time; further ones are closed at once.
    static let connectionCountMax = 8

    private let server: UnixSocketServer

    /// Listens at `path`; returns once it does.
    init(path: String, _ steering: RunSteering, _ language: Language) throws(LoadError) {
        do throws(EventLoopError) {
            server = try UnixSocketServer(
                path: path,
                name: "control",
                connectionCountMax: Self.connectionCountMax
            ) { input in
                Self.answer(to: &input) { steering.answer($0, language) }
            }
        } catch {
            throw LoadError(.noControlSocket(path, error))
        }
    }

    /// Closes the socket and all connections, and removes the file.
    func close() { server.stop() }

    /// Answers the whole lines at the front of `input`. A line that is too long is answered as none, and is the last:
    /// whoever sends it does not know what this is.
    static func answer(
        to input: inout [UInt8],
        _ answer: (String) -> [UInt8]
    ) -> UnixSocketServer.Answer {
        var output = UnixSocketServer.Answer()
        func add(_ line: ArraySlice<UInt8>) {
            let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            output.bytes += answer(String(decoding: text, as: UTF8.self)) + [UInt8(ascii: "\n")]
        }
        while let end = input.firstIndex(of: UInt8(ascii: "\n")), end < RunCommand.byteCountMax {
            add(input[..<end])
            input.removeFirst(end + 1)
        }
        if input.count >= RunCommand.byteCountMax {
            add([])
            output.isLast = true
        }
        return output
    }
}
