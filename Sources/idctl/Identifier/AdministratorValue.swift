internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// The value that says who administers an identifier or a prefix.
enum AdministratorValue {
    /// Where the value stands.
    static let index: UInt32 = 100
    /// All that may be done with an identifier, and to list those of a prefix (data-model.md §4.1).
    private static let permissions: UInt16 = 0x07F3 | 0x0800

    /// The value for the administrator that `text` names, such as `300:0.NA/88.118`; `flag` is where it stands.
    static func make(_ text: String, flag: String) throws(CommandFailure) -> HandleValue {
        make(try reference(text, flag: flag))
    }

    /// The value for `administrator`.
    static func make(_ administrator: ValueReference) -> HandleValue {
        let record = AdminRecord(permissions: permissions, administrator: administrator)
        return HandleValue(index: index, type: ValueType.admin, data: record.wire)
    }

    /// The administrator that `text` names.
    static func reference(_ text: String, flag: String) throws(CommandFailure) -> ValueReference {
        if let reference = ValueReference(text: text) { return reference }
        let expected = LocalizedText(
            english: "INDEX:IDENTIFIER, such as 300:0.NA/88.118",
            chinese: "索引:标识，例如 300:0.NA/88.118"
        )
        throw CommandFailure(.unusableArgument(flag, value: text, expected: expected), exit: .usage)
    }
}
