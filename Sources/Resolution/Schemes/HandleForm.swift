/// `prefix/suffix` with a prefix that begins with a number, and prefixes alone of the known ranges.
enum HandleForm {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        if case .none = context.wrapper, let marked = withoutDataIdentifier(text) {
            return .inside(marked.text, context.wrapper, fallback: .unknown, notes: [marked.note])
        }
        guard let slash = text.bytes.firstIndex(of: UInt8(ascii: "/")) else { return withoutSuffix(text, context) }
        let prefix = Array(text.bytes[..<slash])
        let segments = PrefixSegments(prefix)
        guard segments.beginsWithNumber else {
            if case .handle = context.wrapper { return found(text, prefix, context) }
            return .refused([RecognitionNote(.prefixNotNumber, at: text.place(0))], isFinal: false)
        }
        if let empty = segments.firstEmptyOffset {
            return .refused([RecognitionNote(.emptySegment, at: text.place(empty))], isFinal: false)
        }
        if case .address = context.wrapper {
            // A page of a site, such as `2024/news`, has a number in front as well.
            guard segments.all.count > 1, slash + 1 < text.count else { return nil }
        }
        return found(text, prefix, context)
    }

    private static func found(_ text: TracedText, _ prefix: [UInt8], _ context: RecognitionContext) -> SchemeReading {
        let row = HandlePrefixes.row(prefix, context.settings)
        var notes: [RecognitionNote] = []
        if ObjectIdentifier.isOne(prefix) { notes.append(RecognitionNote(.handleNotOID, at: text.place(prefix.count))) }
        return .found(
            RecognisedForm(
                scheme: row.scheme,
                canonical: text.bytes,
                route: row.route,
                codingType: row.codingType,
                notes: notes
            )
        )
    }

    /// A prefix alone: of a known range, or behind `hdl:`.
    private static func withoutSuffix(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        let segments = PrefixSegments(text.bytes)
        if case .handle = context.wrapper { return .found(PrefixForm.form(text, context.settings)) }
        guard segments.beginsWithNumber, HandlePrefixes.known(text.bytes, context.settings) != nil else { return nil }
        if let empty = segments.firstEmptyOffset {
            return .refused([RecognitionNote(.emptySegment, at: text.place(empty))], isFinal: false)
        }
        var form = PrefixForm.form(text, context.settings)
        if segments.areNumbers { form.notes.append(RecognitionNote(.prefixNotOID, at: text.place(0))) }
        return .found(form)
    }

    /// A data identifier (ISO/IEC 15418) and CAICT's issuing agency code `VAA` (ISO/IEC 15459) in front of a prefix
    /// below 86 or 88: `25SVAA88.118.8/x`.
    private static func withoutDataIdentifier(_ text: TracedText) -> (text: TracedText, note: RecognitionNote)? {
        let bytes = text.bytes
        let digits = bytes.prefix { $0.isDigit }.count
        var length = 0
        if digits <= 3, digits < bytes.count, bytes[digits].isLetter { length = digits + 1 }
        for start in [length, 0] where bytes[start...].starts(with: Array("VAA".utf8)) {
            length = start + 3
            break
        }
        let rest = text.dropFirst(length)
        let prefix = rest.bytes.prefix { $0 != UInt8(ascii: "/") }
        guard length > 0, rest.begins(with: "86.") || rest.begins(with: "88."), prefix.count < rest.count else {
            return nil
        }
        let note = RecognitionNote(.dataIdentifier(Array(bytes.prefix(length))), at: text.place(0))
        return (rest, note)
    }
}

/// `0.NA/88.118.8`, `0.SITE/status`: names of the Handle system itself. Numbers alone that begin with `0.` are an OID.
enum SystemName {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard text.begins(with: "0.") else { return nil }
        let prefix = Array(text.bytes.prefix { $0 != UInt8(ascii: "/") })
        let segments = PrefixSegments(prefix)
        guard prefix.count < text.count || !segments.areNumbers else { return nil }
        if let empty = segments.firstEmptyOffset {
            return .refused([RecognitionNote(.emptySegment, at: text.place(empty))], isFinal: false)
        }
        return .found(RecognisedForm(scheme: .system, canonical: text.bytes, route: .own, codingType: .handle))
    }
}

/// A prefix alone that is in no range we know: numbers with dots, without `/`.
enum PrefixForm {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        if case .address = context.wrapper { return nil }
        let segments = PrefixSegments(text.bytes)
        guard !text.bytes.contains(UInt8(ascii: "/")), segments.all.count > 1, segments.beginsWithNumber else {
            return nil
        }
        if let empty = segments.firstEmptyOffset {
            return .refused([RecognitionNote(.emptySegment, at: text.place(empty))], isFinal: false)
        }
        // A tenant's own number may have dots: outside the known ranges it is the tenant who decides.
        guard context.settings.defaultPrefix == nil else { return nil }
        var form = Self.form(text, context.settings)
        if segments.areNumbers { form.notes.append(RecognitionNote(.prefixNotOID, at: text.place(0))) }
        return .found(form)
    }

    static func form(_ text: TracedText, _ settings: RecognitionSettings) -> RecognisedForm {
        let row = HandlePrefixes.row(text.bytes, settings)
        return RecognisedForm(scheme: .prefix, canonical: text.bytes, route: row.route, codingType: row.codingType)
    }
}
