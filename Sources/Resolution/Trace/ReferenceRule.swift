package import ResolutionProtocol

/// Which values refer to other identifiers (docs/trace.md).
///
/// A value refers to each identifier in its own list of references, and, where its type says so, to the identifier that
/// its data is as a whole: types HS_ALIAS, REFERENCE and all below that one, and those that the asker names.
package struct ReferenceRule: Hashable, Sendable {
    /// Types whose data is an identifier without anybody's saying so.
    package static let ownTypes = [ValueType.alias, Array("REFERENCE.".utf8)]
    /// The most references that are taken from one record.
    package static let linkCountMax = 4_096

    /// Further types whose data is an identifier; one that ends in a full stop stands for all below it, too.
    package let types: [[UInt8]]

    /// The rule with `types` beside `ownTypes`.
    package init(types: [[UInt8]] = []) {
        self.types = Self.ownTypes + types
    }

    /// What `values` refer to, in their order, each identifier once for each value; `isWhole` unless there is more.
    package func links(of values: [HandleValue]) -> (links: [TraceLink], isWhole: Bool) {
        var links: [TraceLink] = []
        for value in values {
            for identifier in identifiers(of: value) {
                guard links.count < Self.linkCountMax else { return (links, false) }
                links.append(TraceLink(index: value.index, type: value.type, identifier: identifier))
            }
        }
        return (links, true)
    }

    /// By which of `values`, those of `source`, `target` is referred to: each link names `source`. Identifiers are one
    /// by `folding`.
    package func links(
        of values: [HandleValue],
        to target: [UInt8],
        from source: [UInt8],
        folding: IdentifierFolding
    ) -> [TraceLink] {
        let key = folding.key(of: target)
        return links(of: values).links.filter { folding.key(of: $0.identifier) == key }
            .map { TraceLink(index: $0.index, type: $0.type, identifier: source) }
    }

    /// What `value` refers to.
    private func identifiers(of value: HandleValue) -> [[UInt8]] {
        var names: [[UInt8]] = []
        if isReference(value.type) { names.append(value.data) }
        names += value.references.map(\.identifier)
        var seen: Set<[UInt8]> = []
        return names.filter { Self.isIdentifier($0) && seen.insert(Trace.key(of: $0)).inserted }
    }

    private func isReference(_ type: [UInt8]) -> Bool {
        types.contains { ValueType.selects($0.span.bytes, type.span.bytes) }
    }

    /// Whether `bytes` can be registered as an identifier with prefix and suffix: a bare word is none.
    private static func isIdentifier(_ bytes: [UInt8]) -> Bool {
        guard bytes.contains(UInt8(ascii: "/")), let identifier = try? Identifier(bytes) else { return false }
        return !identifier.suffix.isEmpty
    }
}
