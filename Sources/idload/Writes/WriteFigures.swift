/// What a run has written, and what was found of it when it was over.
struct WriteFigures: Sendable, Equatable {
    /// What all identifiers begin with.
    var head: [UInt8] = []
    /// Creations that were acknowledged, the first of each connection too.
    var created = 0
    /// Changes that were acknowledged.
    var changed = 0
    /// Creations without an answer that may be believed.
    var unanswered = 0
    /// Records that were looked at again.
    var checked = 0
    /// Acknowledged, and not there.
    var missing = 0
    /// There, with other values than were acknowledged.
    var different = 0
    /// Of the unanswered, those that are there.
    var found = 0
    /// Records of which nothing could be learnt.
    var unchecked = 0
    /// Deleted in the end; nil: nobody asked for it.
    var deleted: Int?
    /// Not deleted, though it was asked for, and there or not known to be away.
    var undeleted = 0

    /// Records that are there, or may be.
    var leftCount: Int { deleted == nil ? created - missing + found : undeleted }

    /// Adds what another thread has written.
    mutating func add(_ other: WriteFigures) {
        created += other.created
        changed += other.changed
        unanswered += other.unanswered
        checked += other.checked
        missing += other.missing
        different += other.different
        found += other.found
        unchecked += other.unchecked
        if let more = other.deleted { deleted = (deleted ?? 0) + more }
        undeleted += other.undeleted
    }
}
