import EventLoop
import Testing

@testable import idload

struct KeyChoiceTests {
    private func picker(_ keys: KeyChoice, of count: Int, seed: UInt64 = 11) -> QuestionPicker {
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: seed)
        plan.keys = keys
        return QuestionPicker(knownCount: count, missingCount: 0, plan: plan)
    }

    /// How often each of `count` was picked in `draws`.
    private func counts(_ keys: KeyChoice, of count: Int, draws: Int) -> [Int] {
        var picker = picker(keys, of: count)
        var counts = [Int](repeating: 0, count: count)
        for _ in 0..<draws { counts[picker.next() ?? 0] += 1 }
        return counts
    }

    @Test func L12_textsAreRead() {
        #expect(KeyChoice("zipf") == .zipf(1))
        #expect(KeyChoice("zipf:0.8") == .zipf(0.8))
        #expect(KeyChoice("uniform") == .uniform)
        #expect(KeyChoice("hot:80/20") == .hot(questions: 0.8, identifiers: 0.2))
        #expect(KeyChoice("sequential") == .inOrder(isShuffled: false, stops: false))
        #expect(KeyChoice("hot:80/20").map { "\($0)" } == "hot:80/20")
        for text in [
            "", "zipf:", "zipf:0", "zipf:-1", "zipf:11", "zipf:nan", "hot", "hot:80", "hot:0/20", "hot:100/20",
            "hot:1/2/3", "uniform:1", "sequential:", "gauss",
        ] {
            #expect(KeyChoice(text) == nil, "\(text)")
        }
    }

    @Test(arguments: [0.5, 1.0, 1.2, 3.0], [1, 2, 10, 1_000])
    func L12_zipfIsTheExactDistribution(_ exponent: Double, _ count: Int) {
        let draws = 200_000
        let counts = counts(.zipf(exponent), of: count, draws: draws)
        let weights = (1...count).map { weight(Double($0), exponent) }
        let whole = weights.reduce(0, +)
        // Pearson's chi-square over ranks that are expected ten times or more, the rest in one.
        var sum = 0.0
        var cells = 0
        var (rest, restExpected) = (0.0, 0.0)
        for rank in 0..<count {
            let expected = Double(draws) * weights[rank] / whole
            if expected >= 10 {
                sum += (Double(counts[rank]) - expected) * (Double(counts[rank]) - expected) / expected
                cells += 1
            } else {
                rest += Double(counts[rank])
                restExpected += expected
            }
        }
        if restExpected >= 10 {
            sum += (rest - restExpected) * (rest - restExpected) / restExpected
            cells += 1
        }
        // Four standard deviations above the mean of the distribution; the seed is fixed.
        let freedom = Double(max(1, cells - 1))
        #expect(sum <= freedom + 4 * (2 * freedom).squareRoot())
    }

    /// 1/xˢ by repeated multiplication for the exponents above, without the functions that the sampler uses.
    private func weight(_ x: Double, _ exponent: Double) -> Double {
        switch exponent {
        case 0.5: 1 / x.squareRoot()
        case 1: 1 / x
        case 3: 1 / (x * x * x)
        default: 1 / (x * fifthRoot(x))
        }
    }

    /// Newton's steps for y⁵ = x.
    private func fifthRoot(_ x: Double) -> Double {
        var y = max(1, x / 5)
        for _ in 0..<200 { y -= (y * y * y * y * y - x) / (5 * y * y * y * y) }
        return y
    }

    @Test func L12_uniformIsEven() {
        let counts = counts(.uniform, of: 10, draws: 100_000)
        #expect(counts.allSatisfy { (9_600...10_400).contains($0) })
    }

    @Test func L12_hotOnesGetTheirShare() {
        let counts = counts(.hot(questions: 0.8, identifiers: 0.2), of: 100, draws: 100_000)
        let hot = counts[..<20].reduce(0, +)
        #expect((79_400...80_600).contains(hot))
        #expect(counts[..<20].allSatisfy { (3_700...4_300).contains($0) })
        #expect(counts[20...].allSatisfy { (180...320).contains($0) })
        #expect(self.counts(.hot(questions: 0.8, identifiers: 0.2), of: 1, draws: 5) == [5])
    }

    @Test func L12_inOrderWrapsOrStops() {
        var wrapping = picker(.inOrder(isShuffled: false, stops: false), of: 3)
        #expect((0..<7).map { _ in wrapping.next() } == [0, 1, 2, 0, 1, 2, 0])
        var stopping = picker(.inOrder(isShuffled: false, stops: true), of: 3)
        #expect((0..<5).map { _ in stopping.next() } == [0, 1, 2, nil, nil])
    }

    @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 1_000, 65_537])
    func L12_shuffledIsEachOnceByTheSeed(_ count: Int) {
        var first = picker(.inOrder(isShuffled: true, stops: true), of: count)
        var again = picker(.inOrder(isShuffled: true, stops: true), of: count)
        let order = (0..<count).map { _ in first.next() ?? -1 }
        #expect(order.sorted() == Array(0..<count))
        #expect(first.next() == nil)
        #expect(order == (0..<count).map { _ in again.next() ?? -1 })
        guard count >= 1_000 else { return }
        var other = picker(.inOrder(isShuffled: true, stops: true), of: count, seed: 12)
        #expect(order != (0..<count).map { _ in other.next() ?? -1 })
        #expect(zip(order, 0..<count).count { $0 == $1 } < 20)
    }
}
