internal import Console
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// What a backup says of itself to people and programs: a JSON object at its end. Members are only ever added.
struct BackupManifest {
    /// Which node it is of.
    struct Node: Equatable {
        /// The store's UUID, in hexadecimal.
        var uuid: String
        /// The node's own prefix: the one that was homed first; empty: it has none.
        var prefix: String
        /// When the store was made.
        var createdUnixSeconds: UInt64
        /// Prefixes kept here.
        var homedCount: Int
        /// Whether case counts in suffixes.
        var isSuffixCaseSensitive: Bool

        /// What `store` says of itself.
        init(_ store: Store) throws(StoreError) {
            let homed = try store.prefixRows().filter { $0.state == .homed }
            let own = homed.min { $0.number < $1.number }?.prefix ?? []
            let digits = store.uuid.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            uuid = digits.joined()
            prefix = String(decoding: own, as: UTF8.self)
            createdUnixSeconds = store.createdUnixSeconds
            homedCount = homed.count
            isSuffixCaseSensitive = store.folding.isSuffixCaseSensitive
        }
    }

    /// Version of the members' meaning.
    static let version = 1

    let node: Node
    let madeUnixSeconds: Int64
    let summary: BackupSummary

    /// The object, in one line.
    var json: [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("backup")
            json.number(Self.version)
            json.key("program")
            json.string("idctl \(Version.number)")
            json.key("made")
            json.string(UTCTime.text(madeUnixSeconds))
            node(&json)
            sequence(&json)
            contents(&json)
        }
        json.endLine()
        return json.take()
    }

    private func node(_ json: inout JSONText) {
        json.key("node")
        json.object { json in
            json.key("prefix")
            json.string(node.prefix)
            json.key("uuid")
            json.string(node.uuid)
            json.key("created")
            json.string(UTCTime.text(Int64(clamping: node.createdUnixSeconds)))
            json.key("prefixes_homed")
            json.number(node.homedCount)
            json.key("suffix_case_counts")
            json.boolean(node.isSuffixCaseSensitive)
        }
    }

    private func sequence(_ json: inout JSONText) {
        json.key("sequence")
        json.object { json in
            json.key("at_start")
            json.number(summary.firstSequence)
            json.key("held")
            json.number(summary.lastSequence)
        }
    }

    private func contents(_ json: inout JSONText) {
        let numbers: [(String, Int)] = [
            ("identifiers", summary.recordCount), ("blocks", summary.blockCount),
            ("bytes_before_compression", summary.rawByteCount), ("bytes", summary.byteCount),
        ]
        for (name, number) in numbers {
            json.key(name)
            json.number(number)
        }
        json.key("digest")
        json.string("xxh3-128:" + summary.digestHex)
        json.key("rows")
        json.object { json in
            for table in summary.tables {
                json.key(table.name)
                json.number(table.count)
            }
        }
    }

    /// Whether the manifest in `contents` says what the backup was found to hold.
    static func agrees(_ contents: BackupContents) -> Bool {
        guard let tree = JSONTree(contents.manifest) else { return false }
        let summary = contents.summary
        return tree["identifiers"] == .word("\(summary.recordCount)")
            && tree["sequence"]?["held"] == .word("\(summary.lastSequence)")
            && tree["digest"] == .string("xxh3-128:" + summary.digestHex)
    }
}
