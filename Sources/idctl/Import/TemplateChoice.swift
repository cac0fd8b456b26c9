internal import Console
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// What `--data-template` names: a file of JSON, a version of a prefix, or an identifier.
enum TemplateChoice {
    private static let fileEnding = ".json"

    /// The template named on the command line, which a server has.
    static func chosen(
        _ name: String,
        _ administration: AdministrationOptions,
        session: Session
    ) throws(CommandFailure) -> ChosenTemplate {
        let options = TemplateOptions(administration: administration)
        if name.hasSuffix(fileEnding) {
            return try chosen(file: name) { (file) throws(CommandFailure) in
                try options.prefix(ofFile: file)
            }
        }
        let identifier = try options.identifier(named: name)
        let found = try RegisteredTemplate.get(identifier, from: administration.administrator())
        return ChosenTemplate(identifier: identifier, template: found.template)
    }

    /// The one that a stopped node's directory holds.
    static func chosen(_ name: String, in store: Store) throws(CommandFailure) -> ChosenTemplate {
        if name.hasSuffix(fileEnding) {
            return try chosen(file: name) { (file) throws(CommandFailure) in
                guard let file, let named = NamedPrefix(prefix: file, name: []) else {
                    throw CommandFailure(.noTemplatePrefix(), exit: .usage)
                }
                return named.prefix
            }
        }
        let identifier = try IdentifierWording.checked(name)
        guard IdentifierGrammar.prefix(of: identifier) != Array("0.NA".utf8) else {
            throw CommandFailure(.noTemplatePrefix(), exit: .usage)
        }
        let reader: LMDBReader
        do throws(StoreError) { reader = try store.makeReader() } catch { throw CommandFailure(.store(error)) }
        var records = StoredRecordReader(store: reader, folding: store.folding)
        guard case .found(let record) = records.read(identifier),
            let found = RegisteredTemplate(identifier, record.values)
        else { throw CommandFailure(.noSuchTemplate(identifier), exit: .notFound) }
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
}
