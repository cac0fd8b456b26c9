/// A type of values, such as `supplier`; with a full stop at its end all below it, too.
package struct ValueTypeName: Hashable, Sendable, SettingText {
    package let text: String

    /// 1 to 255 bytes without control characters.
    package init?(text: String) {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, (1...255).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    static let expectation = Wording("a type of values, such as supplier", "值的类型，例如 supplier")
}
