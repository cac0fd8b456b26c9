/// An administrator: the index of its key and its identifier, `300:0.NA/88.118`.
package struct AdministratorName: Hashable, Sendable, SettingText {
    /// Index of the value that holds the key; 0: any of the identifier.
    package let index: UInt32
    /// The identifier.
    package let identifier: String

    /// Reads `300:0.NA/88.118`.
    package init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let index = UInt32(parts[0]), index <= UInt32(Int32.max), !parts[1].isEmpty,
            parts[1].utf8.count <= 2_048
        else { return nil }
        self.index = index
        identifier = String(parts[1])
    }

    package var text: String { "\(index):\(identifier)" }

    static let expectation = Wording(
        "an index and an identifier, such as 300:0.NA/88.118",
        "索引与标识，例如 300:0.NA/88.118"
    )
}
