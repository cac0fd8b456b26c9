import Glibc
import Testing

@testable import StorageLMDB

/// Answers under writes at full speed: none is ever wrong with the index, and the same check finds each fault that is
/// put in on purpose. One at a time: they are for several cores.
@Suite(.serialized) struct HintStressTests {
    /// Seconds of a run without a fault; `tools/long hint-stress` asks for more.
    private static let seconds = environmentNumber("HANJIANG_STRESS_SECONDS") ?? 3
    private static let seed = environmentNumber("HANJIANG_STRESS_SEED").map { UInt64($0) } ?? .random(in: 0...1 << 40)

    @Test(arguments: HintVariant.allCases) func noAnswerIsWrongUnderWrites(_ variant: HintVariant) throws {
        let hits = variant == .on || variant == .growing
        let outcome = try HintStress.run(
            variant.options,
            seconds: Self.seconds,
            hitCountMin: hits ? 1 : 0,
            growthCountMin: variant == .growing ? 1 : 0,
            seed: Self.seed
        )
        print(
            "stress \(variant): \(outcome.changeCount) changes, \(outcome.answerCount) answers,",
            "\(outcome.hitCount) by the index, \(outcome.staleCount) stale, \(outcome.growthCount) times grown,",
            "\(outcome.violations.count) wrong"
        )
        #expect(outcome.violations.isEmpty, "seed \(Self.seed)")
        #expect(outcome.answerCount > 0 && outcome.changeCount > 0)
        if hits { #expect(outcome.hitCount > 0) }
        #expect((outcome.growthCount > 0) == (variant == .growing))
    }

    /// A table that is too small for what comes, and becomes large enough meanwhile.
    @Test func noAnswerIsWrongWhileAFullTableGrows() throws {
        var options = HintIndexOptions()
        options.capacity = 50
        options.byteCountMax = 16 << 20
        options.sliceCountMax = 50
        let outcome = try HintStress.run(
            options,
            seconds: Self.seconds,
            hitCountMin: 1,
            growthCountMin: 1,
            seed: Self.seed
        )
        #expect(outcome.violations.isEmpty, "seed \(Self.seed)")
        #expect(outcome.hitCount > 0 && outcome.growthCount > 0)
    }

    /// Keys that meet in few windows with few tags.
    @Test func noAnswerIsWrongWhereTagsAreEqual() throws {
        var options = HintIndexOptions()
        options.keyMask = 0xFF00_0000_0000_0003
        let outcome = try HintStress.run(options, seconds: Self.seconds, hitCountMin: 1, seed: Self.seed)
        #expect(outcome.violations.isEmpty, "seed \(Self.seed)")
        #expect(outcome.hitCount > 0)
    }

    @Test(arguments: [
        HintFault.keyComparedAlone, .notCleared, .snapshotKept, .readersRepair, .growthUncleared, .tableKept,
    ])
    func aFaultThatIsPutInIsFound(_ fault: HintFault) throws {
        var options = HintIndexOptions()
        options.capacity = 10_000
        options.fault = fault
        if fault == .growthUncleared || fault == .tableKept {
            options.growsAlways = true
            options.sliceCountMax = 5
        }
        let began = Clock.monotonicNanoseconds
        // Few keys in few pages, so that old places are written again soon; other tests may have the processors.
        let outcome = try HintStress.run(options, seconds: 300, keyCount: 60, hotCount: 20, seed: Self.seed)
        let milliseconds = (Clock.monotonicNanoseconds - began) / 1_000_000
        print("\(fault): \(outcome.violations.first ?? "not found") after \(milliseconds) ms")
        #expect(!outcome.violations.isEmpty, "seed \(Self.seed)")
    }
}
