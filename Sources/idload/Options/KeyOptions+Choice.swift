internal import Console

extension KeyOptions {
    /// Which identifier comes next: a file of `--replay` is asked for in its order, everything else as `--keys` says.
    func choice() throws(LoadError) -> KeyChoice {
        if once { return .inOrder(isShuffled: shuffle, stops: true) }
        guard let keys else { return replay == nil ? .usual : .inOrder(isShuffled: shuffle, stops: stop) }
        guard let choice = KeyChoice(keys) else { throw LoadError(.badKeys(keys), exitCode: .usage) }
        return choice.isRandom ? choice : .inOrder(isShuffled: shuffle, stops: stop)
    }

    /// Response codes that are due for known identifiers; empty: success.
    func dueCodes() throws(LoadError) -> [UInt32] {
        guard let codes else { return [] }
        let numbers = codes.split(separator: ",", omittingEmptySubsequences: false).map { UInt32($0) ?? 0 }
        guard numbers.count <= Self.codeCountMax, !numbers.contains(0) else {
            throw LoadError(.badCodes(codes), exitCode: .usage)
        }
        return numbers
    }

    private static let codeCountMax = 16

    /// The share of questions about what does not exist, in percent.
    func missingPercent() throws(LoadError) -> Double {
        guard let missing else { return 0 }
        let text = missing.hasSuffix("%") ? String(missing.dropLast()) : missing
        return try FlagNumber.checked("--missing", Double(text) ?? -1, in: 0...99)
    }
}
