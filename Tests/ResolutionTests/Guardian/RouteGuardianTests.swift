import ResolutionProtocol
import Testing

@testable import Resolution

/// Which addresses of delegated nodes are dead, and what is recorded of it.
@Suite struct RouteGuardianTests {
    private static let both = [GuardianBench.site(1), GuardianBench.site(2)]

    @Test func anAddressIsDeadAfterThreeFailuresInARow() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        bench.note(.failed(.refused), of: GuardianBench.address(1))
        #expect(bench.state(1) == .suspected)
        bench.note(.failed(.silent), of: GuardianBench.address(1))
        bench.note(.answered, of: GuardianBench.address(1))
        #expect(bench.state(1) == .alive)
        for _ in 0..<2 { bench.note(.failed(.silent), of: GuardianBench.address(1)) }
        #expect(bench.state(1) == .suspected && bench.events.isEmpty)
        bench.pass(seconds: 5)
        bench.note(.failed(.silent), of: GuardianBench.address(1))
        #expect(bench.state(1) == .dead)
        let event = bench.events.last
        #expect(event?.kind == .abnormal && event?.number == 1 && event?.closes == 0)
        #expect(event?.cause == .silent && event?.prefix == Array("88.118.7".utf8))
        #expect(event.map { $0.unixSeconds - $0.sinceUnixSeconds } == 5)
    }

    @Test func anAddressThatAnswersTwiceLivesAndClosesItsEvent() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        bench.probe(seconds: 100, living: [2])
        #expect(bench.events.map(\.kind) == [.abnormal, .abnormal])
        bench.note(.answered, of: GuardianBench.address(1))
        bench.note(.failed(.silent), of: GuardianBench.address(1))
        bench.note(.answered, of: GuardianBench.address(1))
        #expect(bench.state(1) == .dead)
        bench.note(.answered, of: GuardianBench.address(1))
        #expect(bench.state(1) == .alive && bench.state(1, .tcp) == .dead)
        #expect(bench.events.last?.kind == .recovered)
        let opened = bench.events.first { $0.address == GuardianBench.address(1) }
        #expect(bench.events.last?.closes == opened?.number)
        bench.probe(seconds: 100, living: [1, 2])
        #expect(GuardianEvent.open(of: bench.events).isEmpty)
        #expect(bench.events.map(\.number) == [1, 2, 3, 4])
    }

    @Test func whatThisMachineCouldNotAskSaysNothing() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        for _ in 0..<20 { bench.note(.untold, of: GuardianBench.address(1)) }
        #expect(bench.state(1) == .alive && bench.events.isEmpty)
    }

    @Test func probesAreSpreadAndThoseInDoubtAreProbedSooner() {
        var settings = GuardianSettings()
        settings.intervalNanoseconds = 40_000_000_000
        var bench = GuardianBench(settings)
        var draw: UInt64 = 0
        let sites = (1...100).map { GuardianBench.site(UInt8($0)) }
        _ = bench.guardian.watch(sites, at: bench.time) {
            draw += 1
            return draw * 200_000_000
        }
        var counts: [Int] = []
        for _ in 0..<40 {
            let due = bench.takeDue()
            counts.append(due.count)
            for address in due { bench.note(.answered, of: address) }
            bench.pass(seconds: 1)
        }
        #expect(counts.reduce(0, +) >= 195 && (counts.max() ?? 0) <= 10)
        bench.note(.failed(.silent), of: GuardianBench.address(1))
        bench.pass(seconds: 10)
        let due = bench.takeDue()
        #expect(due.contains(GuardianBench.address(1)))
    }

    @Test func intervalsAreJittered() {
        for draw in [0, 1, 7_499_999_999, 7_500_000_000, UInt64.max] {
            let pause = GuardianSettings.jittered(30_000_000_000, draw: draw)
            #expect((22_500_000_000...30_000_000_000).contains(pause))
        }
        #expect(GuardianSettings.jittered(0, draw: 5) == 0)
    }

    @Test func addressesAndProbesUnderWayAreBounded() {
        var settings = GuardianSettings()
        settings.addressCountMax = 10
        settings.underWayCountMax = 4
        var bench = GuardianBench(settings)
        bench.watch((1...20).map { GuardianBench.site(UInt8($0)) })
        #expect(bench.guardian.watched.count == 10 && bench.guardian.unwatchedCount == 30)
        let due = bench.takeDue()
        let none = bench.takeDue()
        #expect(due.count == 4 && none.isEmpty)
        bench.note(.answered, of: due[0])
        let next = bench.takeDue()
        #expect(next.count == 1)
        for address in due.dropFirst() + next { bench.note(.answered, of: address) }
        // What is beyond the bound is never left out.
        bench.probe(seconds: 300, living: [1])
        #expect(bench.named([GuardianBench.site(20)]) == [20])
    }

    @Test func nothingIsProbedBeforeDelegationsAreKnownNorWhenItIsOff() {
        var settings = GuardianSettings()
        let event = GuardianEvent(
            number: 3,
            kind: .abnormal,
            unixSeconds: 5,
            sinceUnixSeconds: 4,
            address: GuardianBench.address(1),
            prefix: []
        )
        var bench = GuardianBench(settings, open: [event])
        let early = bench.takeDue()
        #expect(early.isEmpty)
        settings.isEnabled = false
        bench.guardian.settle(settings)
        bench.watch(Self.both)
        let off = bench.takeDue()
        #expect(off.isEmpty)
    }

    @Test func anEventThatWasOpenIsClosedAfterARestart() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        bench.probe(seconds: 100, living: [2])
        let before = bench.events
        var after = GuardianBench(open: GuardianEvent.open(of: before), nextEvent: 3)
        #expect(after.named(Self.both) == [1, 2])
        after.watch(Self.both)
        #expect(after.named(Self.both) == [2])
        after.probe(seconds: 100, living: [1, 2])
        #expect(GuardianEvent.open(of: before + after.events).isEmpty)
        #expect(after.events.map(\.number) == [3, 4] && after.events.allSatisfy { $0.kind == .recovered })
        #expect(after.named(Self.both) == [1, 2])
    }

    @Test func anEventOfAWithdrawnDelegationIsClosedAsUnwatched() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        bench.probe(seconds: 100, living: [2])
        bench.watch([GuardianBench.site(2)])
        #expect(bench.events.suffix(2).map(\.kind) == [.unwatched, .unwatched])
        #expect(GuardianEvent.open(of: bench.events).isEmpty)
        // It begins anew when it is delegated again.
        bench.watch(Self.both)
        #expect(bench.state(1) == .alive)
    }

    @Test func whileEventsCannotBeRecordedNothingBeginsOrEnds() {
        var bench = GuardianBench()
        bench.watch(Self.both)
        bench.guardian.isHeld = true
        bench.probe(seconds: 200, living: [2])
        #expect(bench.state(1) == .suspected && bench.events.isEmpty)
        bench.watch([])
        #expect(bench.guardian.watched.count == 4)
        bench.guardian.isHeld = false
        bench.probe(seconds: 60, living: [2])
        #expect(bench.events.map(\.kind) == [.abnormal, .abnormal])
        bench.guardian.isHeld = true
        bench.probe(seconds: 200, living: [1, 2])
        #expect(bench.state(1) == .dead)
        bench.guardian.isHeld = false
        bench.probe(seconds: 60, living: [1, 2])
        #expect(GuardianEvent.open(of: bench.events).isEmpty && bench.events.count == 4)
    }

    @Test func eventsAreAlwaysPairedWhateverHappens() {
        var generator = SeededGenerator(seed: 20_261_122)
        var bench = GuardianBench()
        var all: [GuardianEvent] = []
        for round in 0..<400 {
            let numbers = (1...6).filter { _ in Bool.random(using: &generator) }.map { UInt8($0) }
            bench.watch(numbers.map { GuardianBench.site($0) })
            bench.guardian.isHeld = round % 7 == 3
            let living = Set((1...6).filter { _ in Bool.random(using: &generator) }.map { UInt8($0) })
            bench.probe(seconds: UInt64.random(in: 1...120, using: &generator), living: living)
            all += bench.events
            bench.events = []
            if round % 50 == 49 {
                let next = (all.last?.number ?? 0) + 1
                bench = GuardianBench(open: GuardianEvent.open(of: all), nextEvent: next)
            }
        }
        bench.guardian.isHeld = false
        bench.watch([])
        all += bench.events
        #expect(all.count > 100 && all.map(\.number) == (1...UInt64(all.count)).map { $0 })
        #expect(GuardianEvent.open(of: all).isEmpty)
        let closed = all.filter { $0.kind != .abnormal }.map(\.closes)
        #expect(Set(closed).count == closed.count)
        #expect(Set(closed) == Set(all.filter { $0.kind == .abnormal }.map(\.number)))
    }
}
