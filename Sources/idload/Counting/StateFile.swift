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
        /// Held as long as the run goes on; -1: none.
        var lock: Int32 = -1
    }

    let path: String
    private let work = Mutex(Work())

    init(path: String) {
        self.path = path
    }

    deinit {
        let lock = work.withLock { $0.lock }
        if lock >= 0 { close(lock) }
    }

    /// Keeps other runs away from the file, by a lock on one beside it that goes with the process, however it ends.
    func lock() throws(LoadError) {
        let name = path + ".lock"
        let descriptor = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw LoadError(.cannotWrite(file: name, errorNumber: errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw LoadError(.stateInUse(path))
        }
        work.withLock { $0.lock = descriptor }
    }

    /// The state that is there; nil: there is no file.
    func read() throws(LoadError) -> CountState? {
        let bytes: [UInt8]
        do throws(WholeFile.Failure) {
            bytes = try WholeFile.bytes(at: path, byteCountMax: Self.byteCountMax)
        } catch {
            if error.errorNumber == ENOENT { return nil }
            throw LoadError(.cannotRead(file: path, errorNumber: error.errorNumber))
        }
        guard let state = CountState(bytes) else {
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
