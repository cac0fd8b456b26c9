/// A TOML document (v1.0.0): its values, and where each of its keys stands.
///
/// Our own reader, for a wrong line in a file must never end the process (docs/decisions), and each problem is told
/// with its place. Nesting is bounded by `depthMax`. Of fractions, dates and times it only tells that they are there.
struct TOMLDocument {
    /// The top table.
    let members: [String: TOMLNode]
    /// Where each key, table header and array element begins; of a table that is opened in several places, the first.
    let positions: [ConfigurationPath: SourcePosition]

    /// Reads UTF-8 text.
    init(_ bytes: [UInt8]) throws(TOMLSyntaxError) {
        var reader = TOMLReader(bytes)
        try reader.readDocument()
        members = reader.root.nodes
        positions = reader.positions
    }

    /// Steps from the top at most. No setting lies deeper than four.
    static let depthMax = 16
}
