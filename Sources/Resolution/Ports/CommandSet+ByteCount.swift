internal import ResolutionProtocol

extension CommandSet {
    /// Bytes that it holds, about: what a queue is bounded by.
    package var byteCount: Int {
        steps.reduce(64 + (keeping?.note.count ?? 0)) { $0 + $1.byteCount }
    }
}

extension CommandSet.Step {
    private static var overheadByteCount: Int { 96 }

    fileprivate var byteCount: Int {
        switch self {
        case .decided(_, let text): Self.overheadByteCount + text.count
        case .command(let command):
            Self.overheadByteCount + command.origin.count + Self.byteCount(of: command.change)
        }
    }

    private static func byteCount(of change: Command.Change) -> Int {
        switch change {
        case .put(let name, let values, _): values.reduce(name.bytes.count) { $0 + byteCount(of: $1) }
        case .remove(let name, _): name.bytes.count
        case .setPrefix(let terms): terms.prefix.count
        case .removePrefix(let prefix, _): prefix.count
        }
    }

    private static func byteCount(of value: HandleValue) -> Int {
        let references = value.references.reduce(0) { $0 + 8 + $1.identifier.count }
        return HandleValue.byteCountMin + value.type.count + value.data.count + references
    }
}
