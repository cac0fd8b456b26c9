internal import Console
internal import ResolutionProtocol

/// The flags of a request, in words (wire.md §4.1).
enum RequestFlagsText {
    /// Each flag that a question may bear, its name in JSON and its wording.
    static let all: [(flag: OpFlags, key: String, text: LocalizedText)] = [
        (.authoritative, "authoritative", LocalizedText(english: "authoritative", chinese: "权威应答")),
        (.certify, "certify", LocalizedText(english: "signed answer", chinese: "应答签名")),
        (.cacheCertify, "cacheCertify", LocalizedText(english: "a cache may sign", chinese: "缓存可签名")),
        (.encrypt, "encrypt", LocalizedText(english: "encrypted answer", chinese: "应答加密")),
        (.recursive, "recursive", LocalizedText(english: "the server may recurse", chinese: "服务器可递归")),
        (.publicOnly, "publicOnly", LocalizedText(english: "public values only", chinese: "只要公开的值")),
    ]

    /// Those that are set, and those that are not.
    static func text(_ flags: OpFlags) -> LocalizedText {
        let set = all.filter { flags.contains($0.flag) }.map(\.text)
        let unset = all.filter { !flags.contains($0.flag) }.map(\.text)
        return LocalizedText(
            english: "set: \(set.map(\.english).joined(separator: ", ")); "
                + "not set: \(unset.map(\.english).joined(separator: ", "))",
            chinese: "已设：\(set.map(\.chinese).joined(separator: "、"))；未设：\(unset.map(\.chinese).joined(separator: "、"))"
        )
    }
}
