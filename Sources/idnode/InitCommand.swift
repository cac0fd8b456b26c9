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
                "idnode init --prefix 88.118 --data data --config node.toml --case-sensitive-suffix"
            )
        )
    }

    @Option(help: Speech.help("The node's own prefix, such as 88.118.", "本节点前缀，例如 88.118。", name: "prefix"))
    var prefix: String
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

    private func checkedPrefix() throws(Failure) -> [UInt8] {
        let bytes = Array(prefix.utf8)
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (try? Identifier(bytes)) != nil, !bytes.contains(UInt8(ascii: "/")), segments.allSatisfy({ !$0.isEmpty })
        else { throw Failure(.invalidPrefix(prefix), code: .usage) }
        return ASCIIFolding.uppercased(bytes)
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
        let text = NodeConfiguration.commentedTemplate(prefix: prefix, dataDirectory: dataDirectory)
        let descriptor = open(config, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(.cannotWrite(file: config, errorNumber: errno)) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            throw Failure(.cannotWrite(file: config, errorNumber: errno))
        }
    }

    private func createStore(directory: String, prefix: [UInt8]) throws(Failure) {
        var options = StoreOptions()
        options.isSuffixCaseSensitive = isSuffixCaseSensitive
        do throws(StoreError) {
            try Store.create(directory: directory, options: options)
            let store = try Store.open(directory: directory, options: options)
            try store.home(prefix)
            store.close()
        } catch {
            _ = unlink(config)
            throw Failure(.store(error))
        }
    }
}
