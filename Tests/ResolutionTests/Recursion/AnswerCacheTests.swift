import ResolutionProtocol
import Testing

@testable import Resolution

/// What is kept of others' answers, for how long, and in how much memory.
@Suite struct AnswerCacheTests {
    private static func cache(_ byteCount: Int = 1 << 20, stale: UInt64 = 600) -> CacheUnderTest {
        CacheUnderTest(byteCount, stale: stale)
    }

    private static func found(
        _ name: String,
        _ values: [HandleValue] = [Registry.url],
        lifetime: UInt64 = 100
    ) -> RecursionOutcome {
        let question = RecursionQuestion(identifier: Array(name.utf8))
        var writer = WireWriter(capacity: 64)
        StoredRecord.write(name: question.key, key: question.key, sequence: 0, values: values, to: &writer)
        return RecursionOutcome(question, .found(record: [UInt8](writer.bytes)), lifetimeSeconds: lifetime)
    }

    @Test func anAnswerIsGoodForItsLifetime() {
        let cache = Self.cache()
        #expect(cache.values("88.1/x", 0) == nil)
        cache.keep(Self.found("88.1/x", [Registry.text], lifetime: 100), at: 5)
        #expect(cache.values("88.1/x", 5)?.map(\.data) == [Registry.text.data])
        #expect(cache.find("88.1/x", 104) != nil)
        #expect(cache.find("88.1/x", 105) == nil)
        #expect(cache.find("88.1/y", 6) == nil)
        #expect(cache.figures.hitCount == 2)
        #expect(cache.figures.missCount == 3)
        #expect(cache.figures.insertionCount == 1)
        #expect(cache.figures.entryCount == 1)
    }

    @Test func identifiersOfOtherNodesAreToldApartByTheCaseOfTheirSuffixes() {
        let cache = Self.cache()
        cache.keep(Self.found("88.a/x", [Registry.url]), at: 0)
        cache.keep(Self.found("88.A/X", [Registry.text]), at: 0)
        #expect(cache.values("88.A/x", 0)?.map(\.index) == [1])
        #expect(cache.values("88.a/X", 0)?.map(\.index) == [2])
        cache.keep(Self.found("0.na/88.a", [Registry.site]), at: 0)
        #expect(cache.values("88.A", 0)?.map(\.index) == [3])
    }

    @Test func absenceIsKeptToo() {
        let cache = Self.cache()
        let question = RecursionQuestion(identifier: Array("88.1/x".utf8))
        cache.keep(RecursionOutcome(question, .notFound, lifetimeSeconds: 60), at: 0)
        #expect(cache.find("88.1/x", 59)?.kind == .notFound)
        cache.keep(RecursionOutcome(question, .refused(.notResponsible), lifetimeSeconds: 60), at: 0)
        #expect(cache.find("88.1/x", 59)?.kind == .notResponsible)
        cache.keep(Self.found("88.1/x"), at: 0)
        #expect(cache.find("88.1/x", 59)?.kind == .found)
        #expect(cache.figures.entryCount == 1)
    }

    @Test func whatMayNotBeKeptIsNot() {
        let cache = Self.cache()
        let question = RecursionQuestion(identifier: Array("88.1/x".utf8))
        for finding in [.failed(.unreachable), .refused(.error), .referral([])] as [RecursionOutcome.Finding] {
            cache.keep(RecursionOutcome(question, finding, lifetimeSeconds: 60), at: 0)
        }
        cache.keep(RecursionOutcome(question, .notFound), at: 0)
        let other = RecursionQuestion(identifier: Array("88.1/x".utf8), flags: [.authoritative, .publicOnly])
        cache.keep(RecursionOutcome(other, .notFound, lifetimeSeconds: 60), at: 0)
        #expect(cache.figures.insertionCount == 0)
    }

    // MARK: stale answers

    @Test func whatIsOverIsGivenOutOnlyWhenToldSoAndNotForEverF1() {
        let cache = Self.cache(stale: 600)
        cache.keep(Self.found("88.1/x", lifetime: 100), at: 0)
        #expect(cache.find("88.1/x", 200) == nil)
        #expect(cache.hasStale("88.1/x", at: 200))
        #expect(cache.revive("88.1/x", at: 200))
        #expect(cache.values("88.1/x", 220)?.map(\.ttl) == [10])
        let known = cache.find("88.1/x", 229)
        #expect(known?.isStale == true)
        #expect(known?.isDue == false)
        #expect(cache.find("88.1/x", 230) == nil)
        #expect(cache.revive("88.1/x", at: 690))
        #expect(cache.find("88.1/x", 699) != nil)
        #expect(cache.find("88.1/x", 700) == nil)
        #expect(!cache.revive("88.1/x", at: 700))
        #expect(!cache.hasStale("88.1/x", at: 700))
        #expect(cache.figures.staleCount == 3)
    }

    @Test func absenceIsNeverStale() {
        let cache = Self.cache()
        let question = RecursionQuestion(identifier: Array("88.1/x".utf8))
        cache.keep(RecursionOutcome(question, .notFound, lifetimeSeconds: 60), at: 0)
        #expect(!cache.revive("88.1/x", at: 61))
        #expect(!cache.revive("88.1/y", at: 61))
    }

    @Test func aFreshAnswerEndsAStaleOne() {
        let cache = Self.cache()
        cache.keep(Self.found("88.1/x", lifetime: 10), at: 0)
        _ = cache.revive("88.1/x", at: 20)
        cache.keep(Self.found("88.1/x", [Registry.text], lifetime: 10), at: 21)
        #expect(cache.find("88.1/x", 22)?.isStale == false)
        #expect(cache.values("88.1/x", 22)?.map(\.index) == [2])
    }

    @Test func whatOneCacheKnowsAnotherMayTakeIn() throws {
        let (first, second) = (Self.cache(), Self.cache())
        let question = RecursionQuestion(identifier: Array("88.1/x".utf8))
        #expect(first.outcome(of: question, at: 0) == nil)
        first.keep(Self.found("88.1/x", lifetime: 100), at: 0)
        let outcome = try #require(first.outcome(of: question, at: 40))
        #expect(outcome.lifetimeSeconds == 60)
        #expect(outcome.values?.map(\.ttl) == [60])
        second.keep(outcome, at: 40)
        #expect(second.find("88.1/x", 99) != nil)
        #expect(second.find("88.1/x", 100) == nil)
        _ = first.revive("88.1/x", at: 200)
        #expect(first.outcome(of: question, at: 200)?.isStale == true)
        let other = RecursionQuestion(identifier: Array("88.1/x".utf8), flags: [.recursive])
        #expect(first.outcome(of: other, at: 200) == nil)
    }

    // MARK: TTL

    @Test func whoKeepsAnAnswerFurtherDoesNotBeginAnew() {
        let values = [
            HandleValue(index: 1, ttl: 86_400, type: Array("URL".utf8), data: [1, 2, 3]),
            HandleValue(index: 2, ttlType: 1, ttl: 1_900_000_000, type: Array("A".utf8), data: []),
            HandleValue(
                index: 3,
                ttl: 20,
                type: Array("B".utf8),
                data: [7],
                references: [
                    ValueReference(identifier: Array("a/b".utf8), index: 1)
                ]
            ),
            HandleValue(index: 4, ttl: 30, type: Array("C".utf8), data: [9]),
        ]
        let cache = Self.cache()
        cache.keep(Self.found("88.1/x", values, lifetime: 100), at: 0)
        var expected = values
        expected[0].ttl = 60
        #expect(cache.values("88.1/x", 40) == expected)
        expected[0].ttl = 5
        expected[2].ttl = 5
        expected[3].ttl = 5
        #expect(cache.values("88.1/x", 95) == expected)
    }

    @Test(arguments: ["HS_SIGNATURE", "hs_signature", "10320/sig.digest", "10320/sig.sig"])
    func theTTLOfASignedRecordStaysAsItWasSigned(type: String) {
        let values = [Registry.url, Registry.value(400, type, "a.b.c")]
        let cache = Self.cache()
        cache.keep(Self.found("88.1/x", values, lifetime: 100), at: 0)
        #expect(cache.values("88.1/x", 95) == values)
    }

    // MARK: asking again in time

    @Test func anAnswerInUseIsDueOnceBeforeItsEnd() {
        let cache = Self.cache()
        cache.keep(Self.found("88.1/x", lifetime: 100), at: 0)
        for second in 0..<90 as Range<UInt64> { #expect(cache.find("88.1/x", second)?.isDue == false) }
        #expect(cache.find("88.1/x", 90)?.isDue == true)
        #expect(cache.find("88.1/x", 91)?.isDue == false)
        #expect(cache.figures.dueCount == 1)
    }

    @Test func anAnswerHardlyInUseOrOfAFewSecondsIsNotDue() {
        let cache = Self.cache()
        cache.keep(Self.found("88.1/x", lifetime: 100), at: 0)
        #expect(cache.find("88.1/x", 98)?.isDue == false)
        #expect(cache.find("88.1/x", 99)?.isDue == false)
        #expect(cache.find("88.1/x", 99)?.isDue == true)
        cache.keep(Self.found("88.1/y", lifetime: 9), at: 0)
        for _ in 0..<10 { #expect(cache.find("88.1/y", 8)?.isDue == false) }
    }

    // MARK: memory

    @Test func whatIsUsedStaysAndWhatIsNotGoes() {
        let cache = Self.cache(65_536)
        cache.keep(Self.found("88.1/hot", lifetime: 10_000), at: 0)
        for number in 0..<5_000 {
            #expect(cache.find("88.1/hot", 1) != nil, "after \(number)")
            cache.keep(Self.found("88.1/\(number)", lifetime: 10_000), at: 0)
        }
        #expect(cache.find("88.1/0", 1) == nil)
        #expect(cache.find("88.1/4999", 1) != nil)
        #expect(cache.figures.evictionCount > 4_000)
        #expect(cache.figures.entryCount > 200)
        #expect(cache.figures.byteCount <= 65_536)
    }

    @Test func whereEverythingIsUsedThereIsRoomAllTheSame() {
        let cache = Self.cache(8_192)
        for number in 0..<2_000 {
            cache.keep(Self.found("88.1/\(number)", lifetime: 10_000), at: 0)
            #expect(cache.find("88.1/\(number)", 1) != nil)
            for other in max(0, number - 40)..<number { _ = cache.find("88.1/\(other)", 1) }
        }
        #expect(cache.figures.insertionCount == 2_000)
    }

    @Test func aLongAnswerIsNotTaken() {
        let cache = Self.cache(65_536)
        let long = HandleValue(index: 1, type: [1], data: [UInt8](repeating: 7, count: 10_000))
        cache.keep(Self.found("88.1/x", [Registry.url]), at: 0)
        cache.keep(Self.found("88.1/x", [long]), at: 0)
        #expect(cache.figures.overlongCount == 1)
        // Nor is what was known before: it is not what the owner says now.
        #expect(cache.find("88.1/x", 1) == nil)
    }

    @Test(arguments: [0, 1, 4_095])
    func withoutMemoryThereIsNoCache(byteCount: Int) {
        let cache = Self.cache(byteCount)
        cache.keep(Self.found("88.1/x"), at: 0)
        #expect(cache.find("88.1/x", 0) == nil)
        #expect(cache.figures.entryCount == 0)
    }

    /// Against a dictionary: whatever is found is what was written last, in every size of ring and of entry.
    @Test(arguments: [4_096, 5_000, 16_384, 65_536, 262_144])
    func neverSaysAnythingElseThanWasWritten(byteCount: Int) {
        let seed = SeededGenerator.seed(for: "AnswerCache", or: UInt64(byteCount))
        var random = SeededGenerator(seed: seed)
        let cache = Self.cache(byteCount, stale: 50)
        var model: [String: (data: [UInt8], expires: UInt64)] = [:]
        var (found, now) = (0, 0 as UInt64)
        for _ in 0..<SeededGenerator.iterations(20_000) {
            let name = "88.\(random.below(3))/\(random.below(300))"
            now += random.below(20) == 0 ? 1 : 0
            switch random.below(8) {
            case 0...2:
                let data = random.bytes(random.below(random.below(10) == 0 ? 3_000 : 200))
                let lifetime = UInt64(1 + random.below(100))
                let value = HandleValue(index: 1, ttl: 0, type: [65], data: data)
                cache.keep(Self.found(name, [value], lifetime: lifetime), at: now)
                model[name] = (data, now + lifetime)
            case 3:
                if cache.revive(name, at: now) {
                    #expect(model[name].map { now < $0.expires + 50 } == true)
                }
            default:
                guard let known = cache.find(name, now) else { continue }
                found += 1
                #expect(known.isStale || now < (model[name]?.expires ?? 0))
                #expect(cache.values(name, now)?.map(\.data) == model[name].map { [$0.data] })
            }
            #expect(cache.figures.byteCount <= byteCount)
        }
        #expect(found > 20)
    }
}

/// A cache whose time is counted in seconds, as something that can be copied.
private final class CacheUnderTest {
    private let cache: AnswerCache

    init(_ byteCount: Int, stale: UInt64) {
        cache = AnswerCache(byteCount: byteCount, staleSecondsMax: stale, hash: KeyedHash(first: 11, second: 13))
    }

    var figures: AnswerCacheFigures { cache.figures }

    func keep(_ outcome: RecursionOutcome, at seconds: UInt64) {
        cache.keep(outcome, nanoseconds: seconds * 1_000_000_000)
    }

    func find(_ name: String, _ seconds: UInt64) -> CachedAnswer? {
        let key = RecursionQuestion.folding.key(of: Array(name.utf8))
        return cache.find(key.span.bytes, nanoseconds: seconds * 1_000_000_000)
    }

    func values(_ name: String, _ seconds: UInt64) -> [HandleValue]? {
        outcome(of: RecursionQuestion(identifier: Array(name.utf8)), at: seconds)?.values
    }

    func revive(_ name: String, at seconds: UInt64) -> Bool {
        let key = RecursionQuestion.folding.key(of: Array(name.utf8))
        return cache.revive(key.span.bytes, nanoseconds: seconds * 1_000_000_000)
    }

    func hasStale(_ name: String, at seconds: UInt64) -> Bool {
        let key = RecursionQuestion.folding.key(of: Array(name.utf8))
        return cache.hasStale(key.span.bytes, nanoseconds: seconds * 1_000_000_000)
    }

    func outcome(of question: RecursionQuestion, at seconds: UInt64) -> RecursionOutcome? {
        cache.outcome(of: question, nanoseconds: seconds * 1_000_000_000)
    }
}
