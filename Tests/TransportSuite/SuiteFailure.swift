/// What a case of the suite found wrong.
package struct SuiteFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// Fails with `text` unless `claim` holds.
package func require(_ claim: Bool, _ text: @autoclosure () -> String) throws {
    guard claim else { throw SuiteFailure(text()) }
}
