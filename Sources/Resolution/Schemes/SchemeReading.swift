/// What one entry of the ordered list says of a text; nil of such an entry: the text does not look like that at all.
enum SchemeReading {
    /// It is one.
    case found(RecognisedForm)
    /// Another identifier stands inside; where that is not one of ours the text is `fallback`.
    case inside(TracedText, Wrapper, fallback: IdentifierScheme, notes: [RecognitionNote])
    /// It begins like one, and is none: this is why. It may still be another, unless its form says what is meant.
    case refused([RecognitionNote], isFinal: Bool)
}

/// What an identifier was taken out of.
enum Wrapper: Sendable {
    /// Nothing: it stands by itself.
    case none
    /// `hdl:`: it is a Handle, whatever it looks like.
    case handle
    /// An address of the web, or a DID: only what is surely an identifier counts.
    case address
}

/// An identifier that was recognised.
struct RecognisedForm {
    var scheme: IdentifierScheme
    /// What to look up.
    var canonical: [UInt8]
    var route: SchemeRoute
    var codingType: CodingType?
    /// What else the text may mean.
    var alternatives: [[UInt8]] = []
    var notes: [RecognitionNote] = []
}

/// What every entry of the ordered list is told beside the text.
struct RecognitionContext: Sendable {
    let settings: RecognitionSettings
    /// Whether the scanner said that it is a GS1 element string.
    var isMarkedGS1 = false
    var wrapper = Wrapper.none
}
