/// `hdl:` and addresses of the web, whose path is an identifier or a GS1 Digital Link. Percent signs are decoded once.
enum AddressForm {
    private static let webSchemes = ["https://", "http://"]
    /// What stands before the identifier where a server speaks JSON.
    private static let interfacePath = "api/handles/"

    static func read(_ text: TracedText, _ context: RecognitionContext) -> SchemeReading? {
        if text.begins(with: "hdl:") { return handle(text) }
        guard let head = webSchemes.first(where: text.begins) else { return nil }
        return web(text, from: head.utf8.count, context)
    }

    /// Whether `text` begins like an address.
    static func isAddress(_ text: TracedText) -> Bool { (["hdl:"] + webSchemes).contains(where: text.begins) }

    private static func handle(_ text: TracedText) -> SchemeReading? {
        var rest = text.dropFirst(4)
        if rest.begins(with: "//") { rest = rest.dropFirst(2) }
        guard !rest.isEmpty else {
            return .refused([RecognitionNote(.nothingInside, at: text.place(4))], isFinal: true)
        }
        let note = RecognitionNote(.handleScheme, at: text.place(0))
        return .inside(rest.percentDecoded, .handle, fallback: .unknown, notes: [note])
    }

    private static func web(_ text: TracedText, from start: Int, _ context: RecognitionContext) -> SchemeReading {
        if let link = GS1DigitalLink.read(text, from: start) { return link }
        let nothing = SchemeReading.inside(text[0..<0], .address, fallback: .url, notes: [])
        guard let slash = text.bytes[start...].firstIndex(of: UInt8(ascii: "/")) else { return nothing }
        var path = text.dropFirst(slash + 1)
        let end = path.bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? path.count
        var notes = [RecognitionNote(.webAddress, at: text.place(0))]
        if end < path.count { notes.append(RecognitionNote(.addressRest, at: path.place(end))) }
        path = path[0..<end]
        if path.begins(with: interfacePath) { path = path.dropFirst(interfacePath.utf8.count) }
        return .inside(path.percentDecoded, .address, fallback: .url, notes: notes)
    }
}
