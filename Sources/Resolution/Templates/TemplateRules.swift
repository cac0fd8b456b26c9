package import ResolutionProtocol

/// What data templates make of a change: which one governs it, what it must comply with, and what may become of a
/// template itself (docs/data-templates.md).
package struct TemplateRules: Sendable {
    /// Finds the template under an identifier; nil: there is none.
    package typealias Finding = ([UInt8]) throws(TemplateRefusal) -> DataTemplate?

    private let folding: IdentifierFolding

    /// The rules of a store.
    package init(folding: IdentifierFolding) {
        self.folding = folding
    }

    /// What `after` is to be where it takes the place of `before`, which is empty for a new identifier: with the
    /// reserved values that the node keeps, those it adds with the time `unixSeconds`.
    ///
    /// Of a record that was of the template before, only what is worse is looked at, so that it can be changed when the
    /// template has become stricter, and mended step by step.
    package func conforming(
        _ identifier: [UInt8],
        before: [HandleValue],
        after: [HandleValue],
        unixSeconds: UInt64,
        find: Finding
    ) throws(TemplateRefusal) -> [HandleValue] {
        try checkTemplate(identifier, before: before, after: after)
        try requireKept(before, after, find)
        guard let governing = try governing(identifier, before: before, after: after, find) else {
            let stray = after.first { ReservedValues.contains($0.index) && !before.hasSameContent(as: $0) }
            if let stray { throw .reserved(index: stray.index) }
            return after
        }
        try requireVersion(after, of: governing, before)
        if !governing.isFormer, governing.template.state == .withdrawn { throw .withdrawn(governing.identifier) }
        let old = governing.isFormer ? governing.template.violations(in: before) : []
        let worse = governing.template.violations(in: after).worse(than: old)
        guard worse.isEmpty else { throw .violations(worse, version: governing.template.version) }
        return after.withReserved(of: governing, unixSeconds: unixSeconds)
    }

    /// `values`, with those reserved ones of `existing` that they leave out: what replaces a record is of the template
    /// that it was of, unless it names another, or that is gone.
    package func keepingTemplate(
        of existing: [HandleValue],
        _ values: [HandleValue],
        find: Finding
    ) throws(TemplateRefusal) -> [HandleValue] {
        guard let named = existing.reservedValue(at: ReservedValues.identifierIndex), try find(named.data) != nil else {
            return values
        }
        return values + existing.filter { kept in kept.isReserved && !values.contains { $0.index == kept.index } }
    }

    /// Throws where `values` hold a template that is not withdrawn.
    static func requireWithdrawn(_ values: [HandleValue]) throws(TemplateRefusal) {
        guard let value = values.templates.first, let template = try? DataTemplate(json: value.data, prefix: nil),
            template.state != .withdrawn
        else { return }
        throw .published
    }

    // MARK: which template

    /// The reserved values of a record stay with it, as long as its template is there.
    private func requireKept(
        _ before: [HandleValue],
        _ after: [HandleValue],
        _ find: Finding
    ) throws(TemplateRefusal) {
        let gone = before.first { kept in kept.isReserved && !after.contains { $0.index == kept.index } }
        guard let gone, let named = before.reservedValue(at: ReservedValues.identifierIndex) else { return }
        if try find(named.data) != nil { throw .removesReserved(index: gone.index) }
    }

    /// The template that `after` is to comply with: what it names, or what it is named after.
    private func governing(
        _ identifier: [UInt8],
        before: [HandleValue],
        after: [HandleValue],
        _ find: Finding
    ) throws(TemplateRefusal) -> GoverningTemplate? {
        let former = before.value(at: ReservedValues.identifierIndex)
        guard let named = after.value(at: ReservedValues.identifierIndex) else {
            guard let head = TemplateName.head(of: identifier), head.count < identifier.count,
                let template = try find(Array(head))
            else { return nil }
            return GoverningTemplate(identifier: Array(head), template: template, isFormer: !before.isEmpty)
        }
        if let former, former.hasSameContent(as: named), !former.isReserved { return nil }
        guard named.isReserved else { throw .reserved(index: named.index) }
        guard isOver(named.data, identifier), let template = try find(named.data) else {
            if former?.data == named.data { return nil }
            throw .noTemplate(named.data)
        }
        let isFormer = former.map { isSame($0.data, named.data) } ?? false
        return GoverningTemplate(identifier: named.data, template: template, isFormer: isFormer)
    }

    /// Whether a template is there for `identifier`: it is of the same prefix, or of one above it.
    private func isOver(_ template: [UInt8], _ identifier: [UInt8]) -> Bool {
        let (above, below) = (IdentifierGrammar.prefix(of: template), IdentifierGrammar.prefix(of: identifier))
        return ASCIIFolding.areEqual(above[...], below[...]) || IdentifierGrammar.isDerived(below, from: above)
    }

    private func isSame(_ a: [UInt8], _ b: [UInt8]) -> Bool { folding.key(of: a) == folding.key(of: b) }

    /// A client may repeat the version that the node says, and nothing else.
    private func requireVersion(
        _ after: [HandleValue],
        of governing: GoverningTemplate,
        _ before: [HandleValue]
    ) throws(TemplateRefusal) {
        guard let version = after.value(at: ReservedValues.versionIndex) else { return }
        guard version.isReserved else { throw .reserved(index: version.index) }
        guard version.data == governing.template.version || before.hasSameContent(as: version) else {
            throw .reserved(index: version.index)
        }
    }

    // MARK: a template itself

    /// Refuses what would make a record hold no readable template any more, or another than it may become.
    private func checkTemplate(
        _ identifier: [UInt8],
        before: [HandleValue],
        after: [HandleValue]
    ) throws(TemplateRefusal) {
        let (old, new) = (before.templates, after.templates)
        guard old.map(\.data) != new.map(\.data) else { return }
        guard let value = new.first else { return try Self.requireWithdrawn(before) }
        guard new.count == 1 else { throw .secondTemplate }
        let template: DataTemplate
        let prefix = IdentifierGrammar.prefix(of: identifier)
        do throws(TemplateError) { template = try DataTemplate(json: value.data, prefix: prefix) } catch {
            throw .notATemplate(error)
        }
        guard let name = try? TemplateName.identifier(prefix: prefix, version: template.version) else {
            throw .unreadable("its identifier cannot be computed")
        }
        guard isSame(name, identifier) else { throw .otherIdentifier(name, version: template.version) }
        guard let former = old.first, let former = try? DataTemplate(json: former.data, prefix: nil) else { return }
        if let fault = template.evolutionFaults(from: former).first { throw .evolution(fault) }
    }
}

/// The template that a change is to comply with.
private struct GoverningTemplate {
    let identifier: [UInt8]
    let template: DataTemplate
    /// Whether the record was of it before.
    let isFormer: Bool
}

extension HandleValue {
    /// Whether it is one of the values that say of which template a record is; records of before templates may have
    /// others under their indexes.
    package var isReserved: Bool {
        switch index {
        case ReservedValues.identifierIndex: isOfType(ReservedValues.identifierType)
        case ReservedValues.versionIndex: isOfType(ReservedValues.versionType)
        default: false
        }
    }
}

extension [HandleValue] {
    /// The value with `index`.
    fileprivate func value(at index: UInt32) -> HandleValue? { first { $0.index == index } }

    /// The value with `index`, where it says of which template the record is.
    fileprivate func reservedValue(at index: UInt32) -> HandleValue? { first { $0.index == index && $0.isReserved } }

    /// Whether the value with the index of `other` is the same but for its time.
    fileprivate func hasSameContent(as other: HandleValue) -> Bool {
        value(at: other.index).map { $0.hasSameContent(as: other) } ?? false
    }

    /// With both reserved values as they should be.
    fileprivate func withReserved(of governing: GoverningTemplate, unixSeconds: UInt64) -> [HandleValue] {
        var values = self
        if value(at: ReservedValues.identifierIndex) == nil {
            values.append(ReservedValues.identifier(governing.identifier).stamped(unixSeconds))
        }
        let version = ReservedValues.version(governing.template.version).stamped(unixSeconds)
        guard let place = values.firstIndex(where: { $0.index == version.index }) else { return values + [version] }
        if values[place].data != version.data {
            values[place].data = version.data
            values[place].timestamp = version.timestamp
        }
        return values
    }
}
