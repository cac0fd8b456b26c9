internal import ResolutionProtocol

/// A code without a prefix: the tenant's stands in front of it.
enum ShortCode {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard case .none = context.wrapper else { return nil }
        guard let prefix = context.settings.defaultPrefix else {
            return .refused([RecognitionNote(.noScheme, at: text.place(0))], isFinal: false)
        }
        let canonical = prefix + [UInt8(ascii: "/")] + text.bytes
        do throws(IdentifierError) {
            _ = try Identifier(canonical)
        } catch {
            return .refused([RecognitionNote(.noIdentifier, at: text.place(0))], isFinal: false)
        }
        let row = HandlePrefixes.row(prefix, context.settings)
        var form = RecognisedForm(
            scheme: row.scheme,
            canonical: canonical,
            route: row.route,
            codingType: row.codingType,
            notes: [RecognitionNote(.defaultPrefix(prefix), at: text.place(0))]
        )
        if GS1Form.isTradeItemNumber(text.bytes) {
            form.notes.append(RecognitionNote(.shortCodeNotGTIN, at: text.place(0)))
            if let link = GS1Form.tradeItem(text.bytes).digitalLink { form.alternatives.append(link) }
        } else if isPrefix(text.bytes) {
            form.notes.append(RecognitionNote(.shortCodeNotPrefix, at: text.place(0)))
            form.alternatives.append(text.bytes)
        }
        return .found(form)
    }

    private static func isPrefix(_ text: [UInt8]) -> Bool {
        let segments = PrefixSegments(text)
        return segments.all.count > 1 && segments.beginsWithNumber && segments.firstEmptyOffset == nil
            && !text.contains(UInt8(ascii: "/"))
    }
}
