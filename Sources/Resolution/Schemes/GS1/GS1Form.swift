/// GS1 element strings, with brackets and as scanners send them, and trade item numbers alone.
enum GS1Form {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard case .none = context.wrapper else { return nil }
        if GS1ElementString.bracket(in: text.bytes, at: 0) != nil { return bracketed(text) }
        if isNumberOfLength(text.bytes) { return tradeItem(text, context) }
        guard looksPlain(text, context) else { return nil }
        do throws(GS1ElementString.Fault) {
            let string = try GS1ElementString(plain: text)
            return .found(form(string, string.notes, scheme: .gs1))
        } catch {
            return .refused([error.note], isFinal: false)
        }
    }

    private static func bracketed(_ text: TracedText) -> SchemeReading {
        do throws(GS1ElementString.Fault) {
            return .found(form(try GS1ElementString(bracketed: text), [], scheme: .gs1))
        } catch {
            return .refused([error.note], isFinal: true)
        }
    }

    /// Whether to read it as a plain element string: the scanner or the asker says so, there is a separator, or it
    /// begins with a key of a check digit and as many digits as that takes.
    private static func looksPlain(_ text: TracedText, _ context: RecognitionContext) -> Bool {
        if context.isMarkedGS1 || context.settings.codingType == .gs1 { return !text.bytes.contains(UInt8(ascii: "/")) }
        if text.bytes.contains(0x1D) { return true }
        guard let identifier = GS1Identifiers.identifier(atStartOf: text.bytes[...]),
            GS1DigitalLink.qualifiers(of: Array(identifier)) != nil, let row = GS1Identifiers.row(identifier),
            let part = row.format.parts.firstIndex(where: { $0.hasCheckDigit })
        else { return false }
        let digitCount = row.format.parts[...part].reduce(identifier.count) { $0 + $1.countMax }
        return text.count >= digitCount && text.bytes.prefix(digitCount).allSatisfy(\.isDigit)
    }

    // MARK: numbers of trade items

    /// Whether it is a GTIN of 13 or 14 digits. A factory's own number of that length is one in every ten times.
    static func isTradeItemNumber(_ text: [UInt8]) -> Bool {
        isNumberOfLength(text) && GS1CheckDigit.isRight(text[...])
    }

    private static func isNumberOfLength(_ text: [UInt8]) -> Bool {
        (text.count == 13 || text.count == 14) && text.allSatisfy(\.isDigit)
    }

    /// The tenant's prefix decides whether such a number is a code of its own (identification-system.md §14).
    private static func tradeItem(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard GS1CheckDigit.isRight(text.bytes[...]) else {
            let expected = GS1CheckDigit.digit(for: text.bytes.dropLast())
            return .refused(
                [RecognitionNote(.checkDigit(expected: expected), at: text.place(text.count - 1))],
                isFinal: false
            )
        }
        let settings = context.settings
        guard settings.defaultPrefix == nil || settings.codingType == .gs1 || context.isMarkedGS1 else { return nil }
        var notes = [RecognitionNote(.gtinNotShortCode, at: text.place(0))]
        if text.count < 14 { notes.append(RecognitionNote(.padded, at: text.place(0))) }
        return .found(form(tradeItem(text.bytes).string, notes, scheme: .gs1))
    }

    /// The elements of a GTIN that was checked, and its address.
    static func tradeItem(_ digits: [UInt8]) -> (string: GS1ElementString, digitalLink: [UInt8]?) {
        let padded = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 14 - digits.count)) + digits
        let string = (try? GS1ElementString([("01", padded)], at: 0)) ?? GS1ElementString()
        return (string, GS1DigitalLink.canonical(string))
    }

    // MARK: what is recognised

    /// The form of `string`; `resolver` is the address to get, where the text named one.
    static func form(
        _ string: GS1ElementString,
        _ notes: [RecognitionNote],
        scheme: IdentifierScheme,
        resolver: [UInt8]? = nil
    ) -> RecognisedForm {
        guard let link = GS1DigitalLink.canonical(string) else {
            let note = RecognitionNote(.noKey, at: 0)
            return RecognisedForm(
                scheme: scheme,
                canonical: string.bracketed,
                route: .none,
                codingType: .gs1,
                notes: notes + [note]
            )
        }
        return RecognisedForm(
            scheme: scheme,
            canonical: link,
            route: .gs1Resolver(address: resolver ?? link),
            codingType: .gs1,
            notes: notes
        )
    }
}
