internal import ArgumentParser
internal import Console
internal import Cryptography
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// Of which prefix a template is, and who is asked.
struct TemplateOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "The template's prefix (default: that of the file, or of --auth's 0.NA/…).",
            "模板所属前缀（默认取自文件，或 --auth 的 0.NA/…）。"
        )
    )
    var prefix: String?

    @OptionGroup var administration: AdministrationOptions

    init() {}

    /// Those of a command that has none of its own.
    init(administration: AdministrationOptions) {
        prefix = nil
        self.administration = administration
    }

    /// The prefix, where `file` names one and the command line none that of the file.
    func prefix(ofFile file: [UInt8]? = nil) throws(CommandFailure) -> [UInt8] {
        if let prefix { return try NamedPrefix.checked(prefix).prefix }
        if let file, let named = NamedPrefix(prefix: file, name: []) { return named.prefix }
        if let auth = administration.choice[.auth], let reference = ValueReference(text: auth),
            let named = Self.prefix(ofRecord: reference.identifier)
        {
            return named.prefix
        }
        throw CommandFailure(.noTemplatePrefix(), exit: .usage)
    }

    /// The identifier that `name` stands for: itself, or that of a version of the prefix.
    func identifier(named name: String) throws(CommandFailure) -> [UInt8] {
        let bytes = Array(name.utf8)
        guard !bytes.contains(UInt8(ascii: "/")) else { return try IdentifierWording.checked(name) }
        return try Self.identifier(prefix: try prefix(), version: bytes)
    }

    static func identifier(prefix: [UInt8], version: [UInt8]) throws(CommandFailure) -> [UInt8] {
        do throws(OpenSSLError) { return try TemplateName.identifier(prefix: prefix, version: version) } catch {
            throw CommandFailure(.noTemplateIdentifier("\(error)"))
        }
    }

    /// The prefix whose record `identifier` is.
    private static func prefix(ofRecord identifier: [UInt8]) -> NamedPrefix? {
        let head = IdentifierGrammar.prefixRecordHead
        guard ASCIIFolding.areEqual(identifier.prefix(head.count), head[...]) else { return nil }
        return NamedPrefix(prefix: Array(identifier.dropFirst(head.count)), name: [])
    }
}
