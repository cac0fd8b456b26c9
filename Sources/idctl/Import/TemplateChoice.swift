internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol
internal import StorageLMDB

/// What `--data-template` names: a file of JSON, a version of a prefix, or an identifier.
enum TemplateChoice {
    private static let fileEnding = ".json"

    /// The template that the server of `administration` has.
    static func chosen(
        _ name: String,
        _ administration: AdministrationOptions,
        _ session: Session
    ) throws(CommandFailure) -> ChosenTemplate {
        let options = TemplateOptions(administration: administration)
        if name.hasSuffix(fileEnding) {
            return try chosen(file: name) { (file) throws(CommandFailure) in try options.prefix(ofFile: file) }
        }
        let identifier = try options.identifier(named: name)
        return try chosen(identifier, from: administration.administrator(session))
    }

    /// The one that a server answers with to everyone.
    static func chosen(_ name: String, at server: SocketAddress) throws(CommandFailure) -> ChosenTemplate {
        if name.hasSuffix(fileEnding) { return try chosen(file: name, prefix: prefixOfFile) }
        let client = AdministrationClient(server: server, key: nil, settings: DialogueSettings())
        let administrator = Administrator(asking: client, place: "\(server)", carrier: .tcp)
        return try chosen(identifier(name), from: administrator)
    }

    /// The one that a stopped node's directory holds.
    static func chosen(_ name: String, in store: Store) throws(CommandFailure) -> ChosenTemplate {
        if name.hasSuffix(fileEnding) { return try chosen(file: name, prefix: prefixOfFile) }
        let identifier = try identifier(name)
        let reader: LMDBReader
        do throws(StoreError) { reader = try store.makeReader() } catch { throw CommandFailure(.store(error)) }
        var records = StoredRecordReader(store: reader, folding: store.folding)
        guard case .found(let record) = records.read(identifier),
            let found = RegisteredTemplate(identifier, record.values)
        else { throw CommandFailure(.noSuchTemplate(identifier), exit: .notFound) }
        return ChosenTemplate(identifier: identifier, template: found.template)
    }

    private static func chosen(
        _ identifier: [UInt8],
        from administrator: Administrator
    ) throws(CommandFailure) -> ChosenTemplate {
        let found = try RegisteredTemplate.get(identifier, from: administrator)
        return ChosenTemplate(identifier: identifier, template: found.template)
    }

    private static func chosen(
        file: String,
        prefix: ([UInt8]?) throws(CommandFailure) -> [UInt8]
    ) throws(CommandFailure) -> ChosenTemplate {
        let read = try TemplateFile(file)
        let prefix = try prefix(read.prefix)
        let identifier = try TemplateOptions.identifier(prefix: prefix, version: read.template.version)
        return ChosenTemplate(identifier: identifier, template: read.template)
    }

    /// The prefix that a file names, where nothing else does.
    private static func prefixOfFile(_ file: [UInt8]?) throws(CommandFailure) -> [UInt8] {
        guard let file, let named = NamedPrefix(prefix: file, name: []) else {
            throw CommandFailure(.noTemplatePrefix(), exit: .usage)
        }
        return named.prefix
    }

    /// An identifier, where a version could be of any prefix.
    private static func identifier(_ name: String) throws(CommandFailure) -> [UInt8] {
        guard name.utf8.contains(UInt8(ascii: "/")) else { throw CommandFailure(.noTemplatePrefix(), exit: .usage) }
        return try IdentifierWording.checked(name)
    }
}
