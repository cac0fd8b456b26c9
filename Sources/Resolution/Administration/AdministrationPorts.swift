internal import ResolutionProtocol

/// What administration needs from outside.
public struct AdministrationPorts {
    /// Records; administration's own reader.
    public var store: any RecordStore
    /// The one way to change them, and what came of earlier changes.
    public var changes: any ChangeLog
    /// Names of records in order.
    public var listing: any RecordListing
    /// The prefixes as they are kept now; nil: they cannot be read.
    public var prefixRows: () -> [PrefixRow]?
    /// Takes the prefixes that workers go by from now on; the closure is called, from any thread, when all do.
    public var publish: (Authority, @escaping @Sendable () -> Void) -> Void
    /// Who asks other nodes for keys; nil: nobody does.
    public var remoteKeys: (any RemoteKeys)?
    /// Who refers to an identifier; nil: nobody tells.
    public var references: (any ReferenceListing)?
    /// Who asks other nodes for records; nil: nobody does.
    public var elsewhere: (any RemoteRecords)?
    /// Who asks other nodes to resolve what is not kept here; nil: nobody does.
    package var answers: (any RemoteAnswers)?
    /// Where reports of other nodes are kept; nil: none are taken.
    public var reports: (any ReportBook)?
    /// Where what takes long is computed.
    public var keyWork: any KeyWork
    /// Has a closure run on administration's thread, soon; from any thread.
    public var post: @Sendable (@escaping AdministrationStep) -> Void
    /// Asks for a backup of the store (operation 1003).
    public var checkpoint: () -> Bool
    /// Takes what an operator should read.
    public var report: (AdministrationEvent) -> Void

    /// Puts the ports together.
    public init(
        store: any RecordStore,
        changes: any ChangeLog,
        listing: any RecordListing,
        prefixRows: @escaping () -> [PrefixRow]?,
        publish: @escaping (Authority, @escaping @Sendable () -> Void) -> Void,
        remoteKeys: (any RemoteKeys)?,
        references: (any ReferenceListing)? = nil,
        elsewhere: (any RemoteRecords)? = nil,
        keyWork: any KeyWork,
        post: @escaping @Sendable (@escaping AdministrationStep) -> Void,
        checkpoint: @escaping () -> Bool,
        reports: (any ReportBook)? = nil,
        report: @escaping (AdministrationEvent) -> Void = { _ in }
    ) {
        self.store = store
        self.changes = changes
        self.listing = listing
        self.prefixRows = prefixRows
        self.publish = publish
        self.remoteKeys = remoteKeys
        self.references = references
        self.elsewhere = elsewhere
        self.keyWork = keyWork
        self.post = post
        self.checkpoint = checkpoint
        self.reports = reports
        self.report = report
    }
}

/// Something to do on administration's thread.
public typealias AdministrationStep = @Sendable (Administration) -> Void

/// Where what takes over 50 µs is computed: signatures, key exchange, derivation of keys from secrets.
public protocol KeyWork: AnyObject, Sendable {
    /// Runs `work` on another thread and what it returns on administration's; false, when too much waits there.
    func run(_ work: @escaping @Sendable () -> AdministrationStep) -> Bool
}
