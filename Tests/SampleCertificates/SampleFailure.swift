/// The library did not make what a test needs.
package struct SampleFailure: Error {
    /// What was being made.
    package let function: String
}
