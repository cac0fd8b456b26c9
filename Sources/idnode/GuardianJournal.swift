internal import Console
internal import Glibc
internal import Resolution

/// The file in which the route guardian's events are kept, durably and in order (docs/guardian.md).
///
/// Bounded: when there are more than `countMax` events in it, it is written anew with the last half of them and with
/// all that are open. What a crash has cut off at its end was never said to be recorded, and is set aside.
final class GuardianJournal {
    /// Bytes of a file at most that is read.
    private static let byteCountMax = 256 << 20

    private let path: String
    private let countMax: Int
    /// The file, open for writing at its end; -1: it is not open yet, or must be written anew first.
    private var descriptor: Int32 = -1
    private var byteCount = 0
    /// The events in the file, in order.
    private(set) var events: [GuardianEvent] = []
    /// Why the file cannot be read (errno): then nothing is written over it. Nil: it could be read, or there is none.
    private(set) var unreadable: Int32?
    /// Where the file as it was is kept, as a part of it could not be read; nil: all of it could.
    private(set) var setAside: String?

    /// Reads the journal in the data directory `directory`.
    init(directory: String, countMax: Int = 20_000) {
        path = directory + "/" + EventJournal.fileName
        self.countMax = max(2, countMax)
        do throws(WholeFile.Failure) {
            let bytes = try WholeFile.bytes(at: path, byteCountMax: Self.byteCountMax)
            let read = EventJournal.events(of: bytes)
            events = read?.events ?? []
            if let read, read.byteCount == bytes.count {
                byteCount = bytes.count
                descriptor = Self.opened(path)
            } else {
                setAside = Self.keepAside(path)
                // Where it cannot be written now, it is with the next events.
                _ = rewrite(events)
            }
        } catch {
            if error.errorNumber != ENOENT { unreadable = error.errorNumber }
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The number of the next event.
    var next: UInt64 { (events.last?.number ?? 0) + 1 }

    /// The events that nothing has ended.
    var open: [GuardianEvent] { GuardianEvent.open(of: events) }

    /// Keeps `new` events, all of them durably or none; returns the system's reason (errno) why it could not.
    func record(_ new: [GuardianEvent]) -> Int32? {
        if let unreadable { return unreadable }
        if descriptor < 0, let reason = rewrite(events) { return reason }
        let bytes = new.flatMap(EventJournal.bytes)
        if let reason = append(bytes) {
            // What is there of them is taken back, so that they can be written once more.
            if ftruncate(descriptor, off_t(byteCount)) != 0 {
                close(descriptor)
                descriptor = -1
            }
            return reason
        }
        byteCount += bytes.count
        events += new
        // Where the file cannot be written anew it goes on as it is, and is tried again with the next events.
        if events.count > countMax { _ = rewrite(shortened()) }
        return nil
    }

    private func append(_ bytes: [UInt8]) -> Int32? {
        if let reason = WholeWrite.write(bytes, to: descriptor) { return reason }
        return fdatasync(descriptor) == 0 ? nil : errno
    }

    /// The last half of the events and all that are open. An end whose beginning goes, goes too: what is left is in
    /// pairs.
    private func shortened() -> [GuardianEvent] {
        let first = events.suffix(countMax / 2).first?.number ?? 0
        let begun = Set(open.map(\.number))
        return events.filter { event in
            (event.kind == .abnormal ? event.number : event.closes) >= first || begun.contains(event.number)
        }
    }

    private func rewrite(_ left: [GuardianEvent]) -> Int32? {
        let bytes = left.reduce(into: EventJournal.mark) { $0 += EventJournal.bytes(of: $1) }
        do throws(ReplacementFile.Failure) {
            let file = try ReplacementFile(for: path)
            try file.write(bytes)
            try file.keep()
        } catch {
            return error.errorNumber
        }
        let opened = Self.opened(path)
        guard opened >= 0 else { return errno }
        if descriptor >= 0 { close(descriptor) }
        (descriptor, byteCount, events) = (opened, bytes.count, left)
        return nil
    }

    private static func opened(_ path: String) -> Int32 { Glibc.open(path, O_WRONLY | O_APPEND | O_CLOEXEC) }

    /// Gives the file another name besides its own, under which it stays when the file is written anew.
    private static func keepAside(_ path: String) -> String {
        let aside = path + ".damaged"
        unlink(aside)
        _ = link(path, aside)
        return aside
    }
}
