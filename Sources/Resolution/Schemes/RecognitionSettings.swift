/// What an asker says beside the text: whose codes these are, and of what kind.
package struct RecognitionSettings: Sendable {
    /// The tenant's prefix, which stands in front of a code that has none; nil: there is none.
    package var defaultPrefix: [UInt8]?
    /// What the label's context says it is; nil: nothing. Ecode is known by this alone.
    package var codingType: CodingType?
    /// Prefixes that this node answers itself.
    package var homedPrefixes: [[UInt8]]

    /// Nothing is said.
    package init(defaultPrefix: [UInt8]? = nil, codingType: CodingType? = nil, homedPrefixes: [[UInt8]] = []) {
        self.defaultPrefix = defaultPrefix
        self.codingType = codingType
        self.homedPrefixes = homedPrefixes
    }
}
