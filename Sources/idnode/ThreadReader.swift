internal import StorageLMDB

/// A reader that one thread uses alone.
///
/// `@unchecked Sendable`: handed to one thread, once.
final class ThreadReader: @unchecked Sendable {
    let reader: LMDBReader

    init(reader: LMDBReader) { self.reader = reader }
}
