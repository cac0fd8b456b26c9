internal import ArgumentParser
internal import Console
internal import StorageLMDB

/// `--limit`: how fast a command may walk through a store.
struct LimitOption: ParsableArguments {
    @Option(help: Speech.help("At most so many MiB a second.", "每秒最多处理的 MiB 数。", name: "mib"))
    var limit: Int?

    func validate() throws {
        guard let limit, !(1...100_000).contains(limit) else { return }
        throw ValidationError(Speech.words("--limit: 1 to 100000 MiB a second", "--limit：每秒 1 到 100000 MiB"))
    }

    /// The pace of a walk through `store`, beginning now.
    func pace(beside store: Store) -> Pace { Pace(mebibytesPerSecond: limit, rests: store.isUsedByOthers) }
}
