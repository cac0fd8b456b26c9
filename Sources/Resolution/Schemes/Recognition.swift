/// What a text is, and where it is resolved: pure, without I/O, for askers and for what was not found as it stands.
///
/// Bytes are looked up as they were asked for first, everywhere; this is for clients, and for what is left.
package struct Recognition: Sendable {
    /// The longest text that is looked at, in bytes.
    package static let byteCountMax = 8_192
    /// How often an identifier may stand inside another.
    private static let depthMax = 4

    /// As typed.
    package let typed: [UInt8]
    /// The same without what scanners and keyboards add.
    package private(set) var standing: [UInt8]
    /// What it is.
    package private(set) var scheme = IdentifierScheme.unknown
    /// What to look up: the identifier in its one form.
    package private(set) var canonical: [UInt8]
    /// Who resolves it.
    package private(set) var route = SchemeRoute.none
    /// The coding type of its route in tables T2 and T7, where it has one.
    package private(set) var codingType: CodingType?
    /// What else it may mean, in the form of `canonical`, the likelier first.
    package private(set) var alternatives: [[UInt8]] = []
    /// What was left out and replaced, what was decided, and why it is nothing else; in that order.
    package private(set) var notes: [RecognitionNote] = []

    /// The schemes in the order in which a text is compared with them (identification-system.md §14). Another scheme is
    /// a file beside this one, a line here, a case in `IdentifierScheme`, and rows in RecognitionTableTests.
    private static let order: [@Sendable (TracedText, RecognitionContext) -> SchemeReading?] = [
        { EcodeForm.read($0, $1) },
        { AddressForm.read($0, $1) },
        { URNForm.read($0, $1) },
        { DIDForm.read($0, $1) },
        { GS1Form.read($0, $1) },
        { SystemName.read($0, $1) },
        { HandleForm.read($0, $1) },
        { ObjectIdentifierForm.read($0, $1) },
        { PrefixForm.read($0, $1) },
        { ShortCode.read($0, $1) },
    ]

    /// Recognises `typed`.
    package init(_ typed: [UInt8], _ settings: RecognitionSettings = RecognitionSettings()) {
        self.typed = typed
        standing = typed
        canonical = typed
        guard typed.count <= Self.byteCountMax else {
            notes = [RecognitionNote(.tooLong(byteCount: typed.count), at: Self.byteCountMax)]
            return
        }
        let noise = ScannerNoise(TracedText(typed))
        guard !noise.text.isEmpty else {
            notes = [RecognitionNote(.empty, at: 0)]
            return
        }
        notes = noise.notes
        var context = RecognitionContext(settings: settings)
        context.isMarkedGS1 = noise.isMarkedGS1
        standing = noise.text.bytes
        canonical = standing
        if recognise(noise.text, context, depth: 0) {
            addReadingsOfSuffix(noise)
        } else {
            // Nothing is known that the characters of a keyboard would have to be read for.
            standing = noise.unfolded.bytes
            canonical = standing
            notes.removeAll { $0.kind == .fullWidth || $0.kind == .suffixFolded }
        }
    }

    /// Whether `text` is anything; notes why not where it is nothing.
    private mutating func recognise(_ text: TracedText, _ context: RecognitionContext, depth: Int) -> Bool {
        var reasons: [RecognitionNote] = []
        list: for read in Self.order {
            switch read(text, context) {
            case nil: continue
            case .found(let form):
                if let given = context.settings.codingType, form.codingType != given { continue }
                adopt(form)
                return true
            case .refused(let notes, let isFinal):
                reasons += notes
                if isFinal { break list }
            case .inside(let inner, let wrapper, let fallback, let changes):
                return recognise(inner, wrapper, fallback, changes, context, depth: depth)
            }
        }
        if let given = context.settings.codingType, case .none = context.wrapper {
            reasons.removeAll { $0.kind == .noScheme }
            reasons.append(RecognitionNote(.notOfGivenType(given), at: text.place(0)))
        }
        notes += reasons
        return false
    }

    /// What stands inside; where that is nothing the text around it is `fallback`, and nothing was taken out of it.
    private mutating func recognise(
        _ inner: TracedText,
        _ wrapper: Wrapper,
        _ fallback: IdentifierScheme,
        _ changes: [RecognitionNote],
        _ context: RecognitionContext,
        depth: Int
    ) -> Bool {
        guard depth < Self.depthMax else {
            notes.append(RecognitionNote(.nestedTooDeep, at: inner.place(0)))
            return false
        }
        let before = notes
        notes += changes
        var inside = context
        inside.wrapper = wrapper
        if recognise(inner, inside, depth: depth + 1) { return true }
        if notes.last?.kind == .nestedTooDeep { return false }
        notes = before + [RecognitionNote(fallback == .url ? .nothingInAddress : .nothingInside, at: inner.place(0))]
        scheme = fallback
        return false
    }

    private mutating func adopt(_ form: RecognisedForm) {
        scheme = form.scheme
        canonical = form.canonical
        route = form.route
        codingType = form.codingType
        alternatives = form.alternatives
        notes += form.notes
    }

    /// A suffix in full-width characters may have been registered so, or in ASCII: the other one is told.
    private mutating func addReadingsOfSuffix(_ noise: ScannerNoise) {
        guard scheme.isOfHandleProtocol, let slash = canonical.firstIndex(of: UInt8(ascii: "/")) else { return }
        let suffix = Array(canonical[(slash + 1)...])
        var other: [UInt8]?
        if notes.contains(where: { $0.kind == .suffixFolded }) {
            other = noise.unfolded.bytes.suffixBehindSeparator
        } else if notes.contains(where: { $0.kind == .fullWidth }), notes.contains(where: \.kind.isDefaultPrefix) {
            other = noise.unfolded.bytes
        } else if notes.contains(where: { $0.kind == .suffixKept }) {
            other = TracedText(suffix).replacingScalars(FullWidthText.ascii)?.bytes
        }
        guard let other, other != suffix else { return }
        alternatives.append(canonical[...slash] + other)
    }
}

extension [UInt8] {
    /// What stands behind the first `/` or `／`.
    fileprivate var suffixBehindSeparator: [UInt8]? {
        let wide: [UInt8] = [0xEF, 0xBC, 0x8F]
        for offset in indices {
            if self[offset] == UInt8(ascii: "/") { return Array(self[(offset + 1)...]) }
            if self[offset...].starts(with: wide) { return Array(self[(offset + wide.count)...]) }
        }
        return nil
    }
}

extension RecognitionNote.Kind {
    fileprivate var isDefaultPrefix: Bool { if case .defaultPrefix = self { true } else { false } }
}
