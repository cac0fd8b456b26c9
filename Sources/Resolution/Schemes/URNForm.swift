/// `urn:oid:` and `urn:epc:`; other namespaces are not ours.
enum URNForm {
    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        guard text.begins(with: "urn:") else { return nil }
        if text.begins(with: "urn:oid:") { return objectIdentifier(text) }
        if text.begins(with: "urn:epc:") { return ElectronicProductCode.read(text) }
        let rest = text.dropFirst(4)
        let end = rest.bytes.firstIndex(of: UInt8(ascii: ":")) ?? rest.count
        let note = RecognitionNote(.unknownNamespace(Array(rest.bytes[..<end])), at: text.place(4))
        return .refused([note], isFinal: true)
    }

    /// RFC 3061.
    private static func objectIdentifier(_ text: TracedText) -> SchemeReading {
        let rest = text.dropFirst("urn:oid:".utf8.count)
        do throws(ObjectIdentifierFault) {
            let identifier = try ObjectIdentifier(dotted: rest)
            return .found(identifier.form([RecognitionNote(.urn, at: text.place(0))]))
        } catch {
            return .refused([error.note], isFinal: true)
        }
    }
}
