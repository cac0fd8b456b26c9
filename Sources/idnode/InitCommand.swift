internal import ArgumentParser
internal import Console
internal import Glibc
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// `idnode init`: a commented configuration and an empty store.
struct InitCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "init",
            abstract: Speech.words(
                "Make a data directory and a commented configuration.",
                "新建数据目录与带注释的配置。"
            ),
            discussion: Speech.examples(
                "idnode init --prefix 88.118 --data /var/lib/hanjiang --config /etc/hanjiang/node.toml",
                "idnode init --role recursive --above 192.0.2.1:2641 --data data --config node.toml"
            )
        )
    }

    @Option(
        help: Speech.help(
            "The node's own prefix, such as 88.118; none for the role recursive.",
            "本节点前缀，例如 88.118；recursive 角色没有前缀。",
            name: "prefix"
        )
    )
    var prefix: String?
    @Option(
        help: Speech.help(
            "secondary, top, enterprise or recursive (default: secondary).",
            "secondary 二级、top 顶级、enterprise 企业或 recursive 递归（默认 secondary）。",
            name: "role"
        ),
        completion: .list(NodeSection.Role.allCases.map(\.rawValue))
    )
    var role = NodeSection.Role.secondary
    @Option(
        help: Speech.help(
            "A server of the level above, such as 192.0.2.1:2641; may be given again.",
            "上级节点的服务器，例如 192.0.2.1:2641；可多次给出。",
            name: "address"
        )
    )
    var above: [HostAddress] = []
    @Option(
        help: Speech.help("Data directory, made if it is not there.", "数据目录，不存在时新建。", name: "dir"),
        completion: .directory
    )
    var data: String
    @Option(help: Speech.help("Configuration file to write.", "要写的配置文件。", name: "file"), completion: .file())
    var config: String
    @Flag(
        name: .customLong("case-sensitive-suffix"),
        help: Speech.help("Case counts in suffixes; fixed for ever.", "后缀区分大小写，以后不能改。")
    )
    var isSuffixCaseSensitive = false
    @OptionGroup var language: LanguageOption

    func run() throws {
        let language = language.chosen()
        try reporting(language) { () throws(Failure) in
            let folded = try checkedPrefix()
            if role == .recursive, above.isEmpty { throw Failure(.nobodyAbove, code: .usage) }
            let path = try absolutePath(data)
            try writeConfiguration(dataDirectory: path)
            try createStore(directory: path, prefix: folded)
        }
        var output = StandardOutput(.output)
        try? output.writeLine(
            language == .chinese
                ? "已建立 \(data) 与 \(config)。启动：idnode run --config \(config)"
                : "made \(data) and \(config); start with: idnode run --config \(config)"
        )
        try? output.flush()
    }

    /// The prefix in upper case; nil: the node has none.
    private func checkedPrefix() throws(Failure) -> [UInt8]? {
        let prefix = prefix ?? ""
        let bytes = Array(prefix.utf8)
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard bytes.isEmpty || Self.isPrefix(bytes) && segments.allSatisfy({ !$0.isEmpty }) else {
            throw Failure(.invalidPrefix(prefix), code: .usage)
        }
        guard role.segmentCounts.contains(bytes.isEmpty ? 0 : segments.count) else {
            throw Failure(.prefixOfAnotherRole(prefix, role: role.rawValue), code: .usage)
        }
        guard !bytes.isEmpty else { return nil }
        return ASCIIFolding.uppercased(bytes)
    }

    private static func isPrefix(_ bytes: [UInt8]) -> Bool {
        (try? Identifier(bytes)) != nil && !bytes.contains(UInt8(ascii: "/"))
    }

    private func absolutePath(_ path: String) throws(Failure) -> String {
        guard !path.hasPrefix("/") else { return path }
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard getcwd(&buffer, buffer.count) != nil else { throw Failure(.cannotRead(file: ".", errorNumber: errno)) }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self) + "/" + path
    }

    /// Writes the file anew; one that is there already stays as it is and ends the command.
    private func writeConfiguration(dataDirectory: String) throws(Failure) {
        let text = NodeConfiguration.commentedTemplate(
            prefix: prefix ?? "",
            role: role,
            above: above,
            dataDirectory: dataDirectory
        )
        let descriptor = open(config, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(.cannotWrite(file: config, errorNumber: errno)) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw Failure(.cannotWrite(file: config, errorNumber: errno))
        }
    }

    private func createStore(directory: String, prefix: [UInt8]?) throws(Failure) {
        var options = StoreOptions()
        options.isSuffixCaseSensitive = isSuffixCaseSensitive
        do throws(StoreError) {
            try Store.create(directory: directory, options: options)
            let store = try Store.open(directory: directory, options: options)
            if let prefix { try store.home(prefix) }
            store.close()
        } catch {
            _ = unlink(config)
            throw Failure(.store(error))
        }
    }
}

extension NodeSection.Role: ExpressibleByArgument {}

extension HostAddress: ExpressibleByArgument {
    init?(argument: String) { self.init(text: argument) }
}
