import EventLoop
import Resolution
import Testing

@testable import Transport

extension TransportTests {
    /// The table alone, on a clock of its own.
    @Suite struct SourceLimiterTests {
        private static let second: UInt64 = 1_000_000_000
        private static let hash = KeyedHash(first: 17, second: 0x9E37_79B9_7F4A_7C15)

        private static func network(_ text: String) throws -> SourceNetwork {
            SourceNetwork(try SocketAddress(text: text))
        }

        /// Holds a table, which cannot be copied into an expectation.
        private final class Holder {
            private var table: SourceLimiter

            init(_ limit: RateLimit) { table = SourceLimiter(limit, hash: SourceLimiterTests.hash) }

            func receive(_ byteCount: Int, from network: SourceNetwork, nowNanoseconds: UInt64) -> Bool {
                table.receive(byteCount, from: network, nowNanoseconds: nowNanoseconds)
            }

            func draw(packets: Int, bytes: Int, to network: SourceNetwork, nowNanoseconds: UInt64)
                -> SourceLimiter.Verdict
            {
                table.draw(packets: packets, bytes: bytes, to: network, nowNanoseconds: nowNanoseconds)
            }

            func settle(_ limit: RateLimit) { table.settle(limit) }
            func sweep(nowNanoseconds: UInt64) { table.sweep(nowNanoseconds: nowNanoseconds) }
            var capacity: Int { table.capacity }
            var networkCount: Int { table.networkCount }
            var replacedCount: Int { table.replacedCount }
        }

        /// A table whose figures are the defaults, or bytes left out of account.
        private static func limiter(
            networkCount: Int = 1_024,
            bytePercent: Int = 100_000,
            freeByteCount: Int = 0
        ) -> Holder {
            var limit = RateLimit()
            limit.networkCount = networkCount
            limit.bytePercent = bytePercent
            limit.freeByteCount = freeByteCount
            return Holder(limit)
        }

        @Test func networksAreTheSlash24AndTheSlash56() throws {
            for (address, network) in [
                ("192.0.2.77", "192.0.2.0/24"), ("255.255.255.255", "255.255.255.0/24"), ("0.0.0.1", "0.0.0.0/24"),
                ("2001:db8:1:2ff::9", "2001:db8:1:200::/56"), ("::1", "::/56"),
                ("::ffff:192.0.2.1", "192.0.2.0/24"),
            ] {
                #expect("\(try Self.network(address).prefix)" == network)
            }
            #expect(try Self.network("192.0.2.1") == Self.network("192.0.2.254"))
            #expect(try Self.network("192.0.2.1") != Self.network("192.0.3.1"))
        }

        @Test func R1FiveHundredPacketsAtOnceAndTwoHundredPerSecond() throws {
            let limiter = Self.limiter()
            let network = try Self.network("192.0.2.1")
            var ofSecond: [Int] = []
            for second in 0..<4 as Range<UInt64> {
                var passed = 0
                for step in 0..<10_000 as Range<UInt64> {
                    let now = (5 + second) * Self.second + step * 100_000
                    guard limiter.receive(100, from: network, nowNanoseconds: now) else { continue }
                    if limiter.draw(packets: 1, bytes: 100, to: network, nowNanoseconds: now) == .passed { passed += 1 }
                }
                ofSecond.append(passed)
            }
            // The first has the burst besides.
            #expect((699...700).contains(ofSecond[0]), "\(ofSecond)")
            #expect(ofSecond.dropFirst().allSatisfy { (199...201).contains($0) }, "\(ofSecond)")
        }

        @Test func R1AnAnswerOfManyPacketsDrawsThemAllOrNone() throws {
            let limiter = Self.limiter()
            let network = try Self.network("192.0.2.1")
            _ = limiter.receive(60_000, from: network, nowNanoseconds: Self.second)
            for _ in 0..<15 {
                #expect(limiter.draw(packets: 32, bytes: 9, to: network, nowNanoseconds: Self.second) == .passed)
            }
            #expect(limiter.draw(packets: 32, bytes: 9, to: network, nowNanoseconds: Self.second) == .tooManyPackets)
            for _ in 0..<20 {
                #expect(limiter.draw(packets: 1, bytes: 9, to: network, nowNanoseconds: Self.second) == .passed)
            }
            #expect(limiter.draw(packets: 1, bytes: 9, to: network, nowNanoseconds: Self.second) == .tooManyPackets)
            #expect(!limiter.receive(1, from: network, nowNanoseconds: Self.second))
        }

        @Test func R1NeverMoreBytesThanSevenFifthsOfTenSeconds() throws {
            let limiter = Self.limiter(bytePercent: 140)
            let network = try Self.network("2001:db8::1")
            _ = limiter.receive(1_000, from: network, nowNanoseconds: Self.second)
            #expect(limiter.draw(packets: 1, bytes: 1_401, to: network, nowNanoseconds: Self.second) == .tooManyBytes)
            #expect(limiter.draw(packets: 1, bytes: 1_400, to: network, nowNanoseconds: Self.second) == .passed)
            #expect(limiter.draw(packets: 1, bytes: 1, to: network, nowNanoseconds: 2 * Self.second) == .tooManyBytes)
            // What came in the fifth second is still there in the fourteenth, and what came in the first is not.
            _ = limiter.receive(1_000, from: network, nowNanoseconds: 5 * Self.second)
            let later = 14 * Self.second
            #expect(limiter.draw(packets: 1, bytes: 1_401, to: network, nowNanoseconds: later) == .tooManyBytes)
            #expect(limiter.draw(packets: 1, bytes: 1_400, to: network, nowNanoseconds: later) == .passed)
            #expect(limiter.draw(packets: 1, bytes: 1, to: network, nowNanoseconds: 15 * Self.second) == .tooManyBytes)
        }

        @Test func R1WhoAsksNowAndThenIsAnsweredAndNoMore() throws {
            let limiter = Self.limiter(bytePercent: 140, freeByteCount: 1_000)
            let network = try Self.network("192.0.2.1")
            _ = limiter.receive(100, from: network, nowNanoseconds: Self.second)
            for expected in [SourceLimiter.Verdict.passed, .passed, .tooManyBytes] {
                #expect(limiter.draw(packets: 1, bytes: 500, to: network, nowNanoseconds: Self.second) == expected)
            }
            #expect(limiter.draw(packets: 1, bytes: 140, to: network, nowNanoseconds: Self.second) == .passed)
            // Ten seconds later it is as before.
            _ = limiter.receive(100, from: network, nowNanoseconds: 11 * Self.second)
            #expect(limiter.draw(packets: 1, bytes: 1_140, to: network, nowNanoseconds: 11 * Self.second) == .passed)
        }

        @Test func R1BeingForgottenGivesNoFreeBytesAnew() throws {
            // One set of four places, all taken and all with their free bytes spent.
            let limiter = Self.limiter(networkCount: 4, bytePercent: 140, freeByteCount: 1_000)
            for number in 1...4 {
                let network = try Self.network("192.0.\(number).1")
                #expect(limiter.draw(packets: 1, bytes: 1_000, to: network, nowNanoseconds: Self.second) == .passed)
            }
            let newcomer = try Self.network("198.51.100.1")
            #expect(limiter.draw(packets: 1, bytes: 1, to: newcomer, nowNanoseconds: Self.second) == .tooManyBytes)
            #expect(limiter.draw(packets: 1, bytes: 1_000, to: newcomer, nowNanoseconds: 11 * Self.second) == .passed)
        }

        /// Twenty thousand steps of random length against a plain account of every byte.
        @Test func R1BytesAgreeWithAPlainAccount() throws {
            let limiter = Self.limiter(bytePercent: 140)
            let network = try Self.network("192.0.2.1")
            var random = SeededNumbers(seed: 7)
            var account: [(second: UInt64, received: Int, sent: Int)] = []
            var now: UInt64 = 1_000 * Self.second
            for _ in 0..<20_000 {
                now += random.next() % (random.next() % 50 == 0 ? 8 * Self.second : Self.second / 4)
                let second = now / Self.second
                account.removeAll { $0.second + 10 <= second }
                let received = Int(random.next() % 300)
                _ = limiter.receive(received, from: network, nowNanoseconds: now)
                account.append((second, received, 0))
                let sent = Int(random.next() % 900)
                let sums = account.reduce((0, 0)) { ($0.0 + $1.received, $0.1 + $1.sent) }
                let verdict = limiter.draw(packets: 1, bytes: sent, to: network, nowNanoseconds: now)
                guard verdict != .tooManyPackets else { continue }
                #expect((verdict == .passed) == ((sums.1 + sent) * 100 <= sums.0 * 140))
                if verdict == .passed { account.append((second, 0, sent)) }
            }
        }

        @Test func R1ForgedNetworksFlushNoHeavyOneOut() throws {
            let limiter = Self.limiter(networkCount: 64)
            let heavy = try Self.network("192.0.2.1")
            var now = Self.second
            _ = limiter.receive(100_000, from: heavy, nowNanoseconds: now)
            while limiter.draw(packets: 1, bytes: 1, to: heavy, nowNanoseconds: now) == .passed {}
            // Ten thousand networks come through 64 places in a tenth of a second, each for an answer.
            for number in 0..<10_000 as Range<UInt64> {
                now += 10_000
                let forged = SourceNetwork(high: 0, low: 0xFFFF_0000_0000 | (0x0A00_0000 + number << 8))
                guard limiter.receive(1_000, from: forged, nowNanoseconds: now) else { continue }
                _ = limiter.draw(packets: 1, bytes: 1, to: forged, nowNanoseconds: now)
            }
            #expect(limiter.replacedCount > 1_000)
            // 20 packets are due to it again, and whatever place it has now: no more than that.
            var passed = 0
            for _ in 0..<500 where limiter.receive(100, from: heavy, nowNanoseconds: now) {
                if limiter.draw(packets: 1, bytes: 1, to: heavy, nowNanoseconds: now) == .passed { passed += 1 }
            }
            #expect(passed <= 21, "\(passed)")
        }

        @Test func R1ANetworkDrawsNoMoreForHavingBeenForgotten() throws {
            let limiter = Self.limiter(networkCount: 4, bytePercent: 140)
            #expect(limiter.capacity == 4)
            let networks = (0..<40 as Range<UInt64>).map { SourceNetwork(high: 0, low: 0xFFFF_0000_0000 | $0 << 8) }
            var passed = [Int](repeating: 0, count: networks.count)
            var random = SeededNumbers(seed: 3)
            for step in 0..<100_000 as Range<UInt64> {
                let now = Self.second + step * 100_000
                let index = Int(random.next() % UInt64(networks.count))
                guard limiter.receive(100, from: networks[index], nowNanoseconds: now) else { continue }
                let verdict = limiter.draw(packets: 1, bytes: 140, to: networks[index], nowNanoseconds: now)
                if verdict == .passed { passed[index] += 1 }
            }
            // Ten seconds: each at most 500 + 2,000, and together no more than the four places give.
            #expect(passed.allSatisfy { $0 <= 2_500 })
            #expect(passed.reduce(0, +) <= 4 * 2_500)
        }

        @Test func occupancyIsCountedInParts() throws {
            let limiter = Self.limiter(networkCount: 16_384)
            for number in 0..<1_000 as Range<UInt64> {
                let network = SourceNetwork(high: number << 8, low: 0)
                _ = limiter.receive(9, from: network, nowNanoseconds: Self.second)
            }
            let parts = limiter.capacity / SourceLimiter.sweptAtOnce
            #expect(parts == 8)
            for _ in 0..<parts { limiter.sweep(nowNanoseconds: 5 * Self.second) }
            #expect((990...1_000).contains(limiter.networkCount))
            for _ in 0..<parts { limiter.sweep(nowNanoseconds: 11 * Self.second) }
            #expect(limiter.networkCount == 0)
        }

        @Test func e5OtherFiguresHoldAtOnce() throws {
            let limiter = Self.limiter()
            let network = try Self.network("192.0.2.1")
            _ = limiter.receive(1_000, from: network, nowNanoseconds: Self.second)
            var limit = RateLimit()
            limit.packetsPerSecond = 1
            limit.packetBurst = 1
            limit.freeByteCount = 0
            limiter.settle(limit)
            #expect(limiter.draw(packets: 1, bytes: 1_400, to: network, nowNanoseconds: Self.second) == .passed)
            #expect(limiter.draw(packets: 1, bytes: 0, to: network, nowNanoseconds: Self.second) == .tooManyPackets)
            #expect(limiter.draw(packets: 1, bytes: 1, to: network, nowNanoseconds: 2 * Self.second) == .tooManyBytes)
        }
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
private struct SeededNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
