internal import Console
internal import EventLoop
internal import Glibc
internal import Synchronization

/// A run's state file. It is always whole: what is written takes the place of what was there.
final class StateFile: Sendable {
    /// No state is larger.
    private static let byteCountMax = 1 << 20

    private struct Work {
        var thread: NamedThread?
        var isWriting = false
        var errorNumber: Int32?
    }

    let path: String
    private let work = Mutex(Work())

    init(path: String) {
        self.path = path
    }

    /// The state that is there; nil: there is no file.
    func read() throws(LoadError) -> CountState? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw LoadError(.cannotRead(file: path, errorNumber: errno))
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.byteCountMax)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress.map { $0 + count }, bytes.count - count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
            guard got > 0 else { break }
            count += got
        }
        guard let state = CountState(Array(bytes[..<count])) else {
            throw LoadError(.unreadableState(path), exitCode: .usage)
        }
        return state
    }

    /// Has a thread write a state, so that nobody waits for the disk; nothing while it still writes the one before.
    func offer(_ state: CountState) {
        let isFree = work.withLock { work in
            defer { work.isWriting = true }
            return !work.isWriting
        }
        guard isFree else { return }
        let bytes = state.json
        let thread = try? NamedThread(name: "state", pace: .patient) { [self] in
            let errorNumber = replace(with: bytes)
            work.withLock { work in
                work.isWriting = false
                work.errorNumber = errorNumber ?? work.errorNumber
            }
        }
        work.withLock { work in
            // The one before has ended its work.
            work.thread = thread
            if thread == nil { work.isWriting = false }
        }
    }

    /// Writes the last state, once nobody else writes.
    func finish(_ state: CountState) throws(LoadError) {
        work.withLock { $0.thread }?.join()
        let errorNumber = replace(with: state.json) ?? work.withLock { $0.errorNumber }
        if let errorNumber { throw LoadError(.cannotWrite(file: path, errorNumber: errorNumber)) }
    }

    /// Returns the system's reason where it cannot be done.
    private func replace(with bytes: [UInt8]) -> Int32? {
        do throws(ReplacementFile.Failure) {
            let file = try ReplacementFile(for: path)
            try file.write(bytes)
            try file.keep()
            return nil
        } catch {
            return error.errorNumber
        }
    }
}
