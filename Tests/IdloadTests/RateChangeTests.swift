import Console
import EventLoop
import Testing

@testable import idload

/// The rate is changed while a run goes on, on a simulated clock.
struct RateChangeTests {
    private static let second: UInt64 = 1_000_000_000
    private static let bounds = 0.1...1e6

    private func changes(_ schedule: Schedule) -> RateChanges { RateChanges(of: schedule, bounds: Self.bounds) }

    /// Runs a thread's share of a schedule, with changes that `eachSecond` makes.
    private func run(
        _ schedule: Schedule,
        _ changes: RateChanges,
        share: ThreadShare = .whole,
        stalls: [(at: UInt64, nanoseconds: UInt64)] = [],
        eachSecond: (LoadSecond, SimulatedTarget) -> Void = { _, _ in }
    ) -> (result: LoadResult, sendings: [UInt64], seconds: [LoadSecond]) {
        var plan = LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: 5)
        plan.loop = .open(schedule, catchesUp: false)
        plan.rateChanges = changes
        let questions = QuestionSet()
        questions.add(Array("88.118.8/part".utf8))
        let target = SimulatedTarget(stalls: stalls) { $0 + 100_000 }
        let engine = LoadEngine(plan: plan, questions: questions, carriers: [target], clock: target, share: share)
        var seconds: [LoadSecond] = []
        let result = engine.run { second in
            seconds.append(second)
            eachSecond(second, target)
        }
        return (result, target.sendings, seconds)
    }

    @Test func L5_aChangedRateIsKeptAndToldFromThenOn() throws {
        let schedule = Schedule(.constant(1_000), seconds: 6)
        let changes = changes(schedule)
        let (result, sendings, seconds) = run(schedule, changes) { second, target in
            let wish: RateChanges.Wish? =
                switch second.number {
                case 2: .perSecond(5_000)
                case 4: .percent(-90)
                default: nil
                }
            if let wish { _ = try? changes.make(wish, nowNanoseconds: target.nanoseconds()) }
        }
        // 2.02 s at 1,000, two at 5,000, and the rest at 500.
        #expect((13_000...13_020).contains(result.tally.sent))
        #expect(result.tally.right == result.tally.sent)
        #expect(result.generator.notSent == 0)
        #expect(result.generator.backlog <= 2)
        #expect(result.limits.isEmpty)
        #expect(changes.all.map { $0.perSecond.rounded() } == [5_000, 500])
        #expect(changes.all.map(\.perSecondBefore) == [1_000, 5_000])
        let times = changes.all.map(\.seconds)
        #expect(abs(times[0] - 2.02) < 0.005 && abs(times[1] - 4.02) < 0.005)
        // Each second is compared with what was planned in it.
        let targets = seconds.compactMap(\.targetPerSecond)
        for (target, planned) in zip(targets, [1_000.0, 1_000, 4_920, 5_000, 590, 500]) {
            #expect(abs(target - planned) < 15)
        }
        for second in seconds {
            #expect(
                abs(second.sentPerSecond - (second.targetPerSecond ?? 0)) <= (second.targetPerSecond ?? 0) / 100 + 1
            )
        }
        #expect(sendings.count == Int(result.tally.sent))
    }

    @Test func L5_nothingIsCaughtUpAfterAChange() {
        for (before, after) in [(100.0, 20_000.0), (20_000, 100), (0.5, 1_000)] {
            let schedule = Schedule(.constant(before), seconds: 4)
            let changes = changes(schedule)
            let sendings = run(schedule, changes) { second, target in
                guard second.number == 1 else { return }
                _ = try? changes.make(.perSecond(after), nowNanoseconds: target.nanoseconds())
            }.sendings
            let changed = changes.all.first?.nanoseconds ?? 0
            for start in stride(from: 0, to: 4 * Self.second, by: 10_000_000) {
                let sent = sendings.count { $0 >= start && $0 < start + 10_000_000 }
                #expect(Double(sent) <= (start + 10_000_000 > changed ? max(before, after) : before) / 100 + 2)
            }
            let later = sendings.count { $0 >= changed }
            let planned = Double(4 * Self.second - changed) / 1e9 * after
            #expect(abs(Double(later) - planned) <= planned / 100 + 1)
        }
    }

    @Test("L5: all threads together send what is planned, each question once, through changes", arguments: [2, 3, 7])
    func shares(_ count: Int) {
        let schedule = Schedule(.constant(997), seconds: 5, warmupSeconds: 1)
        let wishes: [(UInt64, RateChanges.Wish)] = [
            (500_000_000, .perSecond(2_000)), (1_700_000_000, .percent(10)), (3_000_000_000, .perSecond(333)),
        ]
        let planned = changes(schedule)
        planned.begin(atNanoseconds: 0)
        for (time, wish) in wishes { _ = try? planned.make(wish, nowNanoseconds: time) }
        #expect(planned.count == 3)
        let whole = planned.schedule
        var sendings: [UInt64] = []
        for number in 0..<count {
            // Each thread hears of the changes at another time before they are due.
            let changes = changes(schedule)
            changes.begin(atNanoseconds: 0)
            var pacer = SchedulePacer(schedule, catchesUp: false, share: ThreadShare(number: number, count: count))
            var left = wishes[...]
            for tick in 0...6_100 {
                let now = UInt64(tick) * 1_000_000
                if let (time, wish) = left.first, now >= time + UInt64(number) * 2_000_000 {
                    _ = try? changes.make(wish, nowNanoseconds: time)
                    left.removeFirst()
                    pacer.follow(changes.schedule)
                }
                pacer.look(elapsedNanoseconds: now)
                while !pacer.isAtEnd, pacer.nextNanoseconds <= now {
                    sendings.append(pacer.nextNanoseconds)
                    pacer.advance()
                }
            }
            let (notSent, isAtEnd) = (pacer.allNotSentCount, pacer.isAtEnd)
            #expect(notSent == 0)
            #expect(isAtEnd)
        }
        sendings.sort()
        #expect(UInt64(sendings.count) == whole.count)
        #expect(sendings == times(of: whole))
        #expect(whole.measuredFirst == UInt64(sendings.count { $0 < Self.second }))
    }

    private func times(of schedule: Schedule) -> [UInt64] {
        var cursor = ScheduleCursor(schedule)
        var times: [UInt64] = []
        while !cursor.isAtEnd {
            times.append(cursor.nextNanoseconds)
            cursor.advance()
        }
        return times
    }

    @Test(arguments: [
        Schedule.Shape.ramp(from: 100, to: 4_000), .steps([500, 50, 3_000], secondsEach: 2), .constant(0.4),
        .burst(7, everySeconds: 0.3),
    ])
    func L5_anyShapeGoesOnAtTheRateThatWasAskedFor(_ shape: Schedule.Shape) {
        let schedule = Schedule(shape, seconds: 6)
        let changed = schedule.changed(to: 750, atNanoseconds: 3_100_000_000)
        #expect(changed.seconds == schedule.seconds && changed.nanoseconds == schedule.nanoseconds)
        let (before, after) = (times(of: schedule), times(of: changed))
        #expect(zip(after, after.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(before.filter { $0 < 3_100_000_000 } == after.filter { $0 < 3_100_000_000 })
        let rest = after.count { $0 >= 3_100_000_000 }
        #expect((2_174...2_176).contains(rest))
        #expect(changed.ratePerSecond(atNanoseconds: 5_000_000_000) == 750)
        for (number, time) in after.enumerated() {
            #expect(abs(Int64(changed.plannedCount(through: time)) - Int64(number + 1)) <= 7)
        }
    }

    @Test func L5_aStallAfterAChangeIsNotCaughtUpEither() {
        let schedule = Schedule(.constant(1_000), seconds: 4)
        let changes = changes(schedule)
        // The thread is away when the change comes into effect.
        let (result, _, _) = run(schedule, changes, stalls: [(at: 1_010_000_000, nanoseconds: 500_000_000)]) {
            second,
            target in
            guard second.number == 1 else { return }
            _ = try? changes.make(.perSecond(2_000), nowNanoseconds: target.nanoseconds())
        }
        #expect((900...990).contains(result.generator.notSent))
        #expect(result.tally.sent + result.generator.notSent == changes.schedule.count)
        #expect(result.limits == [.lateness])
    }

    @Test func L5_aRunGoesOnToItsTimeWhereItsRateCanBeRaised() {
        // Its last question goes out after 2.5 s of four.
        let schedule = Schedule(.constant(0.4), seconds: 4)
        let changes = changes(schedule)
        let result = run(schedule, changes) { second, target in
            guard second.number == 3 else { return }
            _ = try? changes.make(.perSecond(100), nowNanoseconds: target.nanoseconds())
        }.result
        #expect((98...102).contains(result.tally.sent))
    }

    @Test func L5_changesHaveBounds() throws {
        let schedule = Schedule(.constant(1_000), seconds: 10)
        let changes = RateChanges(of: schedule, bounds: 0.1...5_000)
        #expect(throws: RateChanges.Refusal.notRunning) { try changes.make(.perSecond(5), nowNanoseconds: 0) }
        changes.begin(atNanoseconds: 100)
        for wish in [RateChanges.Wish.perSecond(5_001), .perSecond(0), .percent(401), .percent(-100)] {
            #expect(throws: RateChanges.Refusal.outOfBounds(0.1...5_000)) {
                try changes.make(wish, nowNanoseconds: 200)
            }
        }
        #expect(throws: RateChanges.Refusal.notRunning) {
            try changes.make(.perSecond(5), nowNanoseconds: 9_990_000_000)
        }
        for number in 1...RateChanges.countMax {
            #expect(try changes.make(.perSecond(Double(number)), nowNanoseconds: 200).perSecond == Double(number))
        }
        #expect(throws: RateChanges.Refusal.tooMany(1_000)) { try changes.make(.perSecond(5), nowNanoseconds: 200) }
        #expect(changes.count == RateChanges.countMax)
        // However fast they come, each has a time of its own.
        #expect(zip(changes.all, changes.all.dropFirst()).allSatisfy { $0.nanoseconds < $1.nanoseconds })
    }

    @Test func L5_everyOutputSaysWhatWasChangedAndWhen() throws {
        var document = SampleRun.document()
        #expect(document.rateChangeText == nil)
        document.plan.rateChanges = [
            RateChange(nanoseconds: 3_250_000_000, perSecondBefore: 1_000, perSecond: 1_100),
            RateChange(nanoseconds: 7_000_000_000, perSecondBefore: 1_100, perSecond: 50_000),
        ]
        let line = "rate changed while the run went on: 1,000/s to 1,100/s at 3.25 s, 1,100/s to 50,000/s at 7 s"
        #expect(document.lines(.english).contains(line))
        #expect(document.lines(.chinese).contains { $0.contains("由 1,000/s 改为 1,100/s") })
        #expect(ReportPage(document: document, language: .english).text.contains(line))
        let read = try RunDocument(json: document.json)
        #expect(read.plan == document.plan)
        #expect(read.json == document.json)
        // Such a run is not the same as one that kept its rate.
        let differences = PlanDifference.between(SampleRun.document().plan, document.plan)
        #expect(differences.map(\.key) == ["rate_changes"])
        document.plan.rateChanges = (1...13).map {
            RateChange(nanoseconds: $0 * Self.second, perSecondBefore: 1, perSecond: 2)
        }
        #expect(document.rateChangeText?.english.hasSuffix("at 10 s, and 3 more") == true)
    }
}
