internal import ArgumentParser
internal import Console

/// The flags of a run that writes: where, what, and as whom.
struct WriteOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "admin: what the identifiers that are written begin with, as 88.118.8/LOAD-; needed.",
            "admin：写入的标识的开头，例如 88.118.8/LOAD-；必须给出。",
            name: "prefix/name"
        )
    )
    var writeUnder: String?

    @Option(
        help: Speech.help(
            "admin: creations and changes by weight (create:90,modify:10).",
            "admin：创建与变更的权重（默认 create:90,modify:10）。",
            name: "mix"
        )
    )
    var writeMix: String?

    @Option(
        help: Speech.help(
            "admin: what this run's identifiers go on with; of the seed unless given.",
            "admin：本次运行的标识的后续部分；未给出时由种子决定。",
            name: "name"
        )
    )
    var writeRun: String?

    @Flag(help: Speech.help("admin: delete in the end what was written.", "admin：结束时删除写入的记录。"))
    var deleteAfterwards = false

    @Option(
        help: Speech.help(
            "admin: who asks: the value that holds the key.",
            "admin：身份：保存密钥的值。",
            name: "index:identifier"
        )
    )
    var auth: String?

    @Option(
        help: Speech.help("admin: the private key of --auth.", "admin：--auth 的私钥文件。", name: "file"),
        completion: .file()
    )
    var keyFile: String?

    @Option(
        help: Speech.help("admin: the passphrase of an encrypted key.", "admin：加密密钥的口令文件。", name: "file"),
        completion: .file()
    )
    var passphraseFile: String?

    @Option(
        help: Speech.help("admin: the secret of --auth, in a file.", "admin：--auth 的共享密钥所在文件。", name: "file"),
        completion: .file()
    )
    var secretFile: String?
}
