public import ResolutionProtocol

/// Records of the tests of the index of hints, shared with the process that writes behind its back.
public enum HintModel {
    /// Name of identifier `number`.
    public static func name(_ number: Int) -> [UInt8] { Array("88.1/\(number)".utf8) }

    /// What `version` of identifier `number` holds.
    public static func value(_ number: Int, version: Int) -> HandleValue {
        StoreSuite.value("\(number) in version \(version) " + String(repeating: "v", count: 40 + number % 50))
    }
}
