internal import Console

/// Numbers of flags, held to their bounds.
enum FlagNumber {
    /// `value`, if it is within bounds; else a usage error that names them.
    static func checked(
        _ flag: String,
        _ value: Double,
        in range: ClosedRange<Double>
    ) throws(LoadError) -> Double {
        guard range.contains(value) else {
            let bounds = "\(plain(range.lowerBound))…\(plain(range.upperBound))"
            let message = UserMessage.badNumber(
                flag,
                plain(value),
                english: "a number in \(bounds)",
                chinese: "\(bounds) 之间的数"
            )
            throw LoadError(message, exitCode: .usage)
        }
        return value
    }

    private static func plain(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}
