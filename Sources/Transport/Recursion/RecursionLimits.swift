/// How much a `RecursionThread` takes on. Durations in nanoseconds.
package struct RecursionLimits: Hashable, Sendable {
    /// Questions under way.
    package var questionCountMax = 4_096
    /// Those who wait for answers, of all questions and of one.
    package var waiterCountMax = 16_384
    package var waitersPerQuestionMax = 4_096
    /// Bytes of the requests of those who wait.
    package var heldByteCountMax = 32 << 20
    /// How long a question may take, however many servers are asked.
    package var questionNanoseconds: UInt64 = 15_000_000_000
    /// After how long those are answered for whom an answer that is no longer fresh is at hand (RFC 8767 §5).
    package var staleAnswerNanoseconds: UInt64 = 1_800_000_000

    /// The limits of docs/recursion.md.
    package init() {}
}
