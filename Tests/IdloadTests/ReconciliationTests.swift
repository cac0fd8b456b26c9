import Testing

@testable import idload

struct ReconciliationTests {
    /// A run of 1,000 questions that all came there and back.
    private func sides(_ change: (inout Reconciliation.Sides) -> Void = { _ in }) -> Reconciliation {
        var sides = Reconciliation.Sides()
        sides.totals.sent = 1_000
        sides.totals.right = 1_000
        sides.before.processID = 7
        sides.before.queries = 5_000
        sides.before.answers = 100
        sides.after = sides.before
        sides.after.queries += 1_000
        sides.after.answers += 1_000
        change(&sides)
        return Reconciliation(sides: sides)
    }

    @Test func L16_whatAgreesIsExplained() {
        let whole = sides()
        #expect(whole.handed == 1_000 && whole.received == 1_000 && whole.nodeAnswered == 1_000)
        #expect(whole.missingThere == 0 && whole.missingHere == 0 && whole.unexplained == 0)
    }

    @Test func L16_datagramsMayBeLostOnEitherWay() {
        func lose(there: UInt64, back: UInt64, told: UInt64, overUDP: Bool) -> UInt64 {
            sides {
                $0.usesDatagrams = overUDP
                $0.after.queries -= there
                $0.totals.right -= there + back
                $0.totals.lost = told
            }.unexplained
        }
        #expect(lose(there: 3, back: 2, told: 5, overUDP: true) == 0)
        #expect(lose(there: 0, back: 2, told: 2, overUDP: false) == 0)
        // A connection that stays loses nothing on the way there.
        #expect(lose(there: 3, back: 0, told: 3, overUDP: false) == 3)
        // What was answered cannot have been lost.
        #expect(lose(there: 3, back: 0, told: 0, overUDP: true) == 3)
    }

    @Test func L16_connectionsThatEndedMayHaveTakenQuestionsAlong() {
        let cut = sides {
            $0.totals.disconnected = 1
            $0.after.queries -= 40
            $0.totals.right -= 64
            $0.totals.lost = 64
        }
        #expect(cut.missingThere == 40 && cut.missingHere == 24 && cut.unexplained == 0)
    }

    @Test func L16_whatTheNodeCountedBeyondIsUnexplained() {
        #expect(sides { $0.after.queries += 9 }.unexplained == 9)
        #expect(sides { $0.after.queries = 0 }.unexplained >= 5_000)
        // An answer to what the node never counted.
        let invented = sides {
            $0.after.queries -= 1
            $0.usesDatagrams = true
        }
        #expect(invented.missingHere == -1 && invented.unexplained > 0)
    }

    @Test func L16_refusedOnesAreNoQueries() {
        let busy = sides {
            $0.totals.right = 990
            $0.totals.wrong = 10
            $0.totals.busy = 10
            $0.after.queries -= 10
        }
        #expect(busy.unexplained == 0)
        #expect(
            sides {
                $0.totals.unsent = 10; $0.totals.lost = 10; $0.totals.right = 990; $0.after.queries -= 10
            }
            .unexplained == 0
        )
    }

    @Test func L16_aNodeThatWasStartedAnewKeepsItsQueries() {
        let anew = sides {
            $0.after.processID = 8
            $0.after.answers = 12
        }
        #expect(anew.nodeAnswered == nil && anew.unexplained == 0)
    }

    @Test func L16_afterAKillWhatTheNodeCountedIsTaken() throws {
        var state = CountState(facts: [], seed: 1, count: 10_000)
        var ledger = NodeLedger()
        ledger.queries = 500
        state.beginPart(now: ledger)
        var part = CountTotals()
        part.sent = 2_000
        part.right = 1_990
        state = state.with(part, sentPerSecondMax: 700, isOver: false)
        // Killed: 900 more came there since.
        ledger.queries += 2_900
        state.beginPart(now: ledger)
        #expect(state.adopted == 900 && state.killedPartCount == 1 && state.cutOffMax == 10)
        #expect(state.left == 7_100)
        part.sent = 7_100
        part.right = 7_100
        state = state.with(part, sentPerSecondMax: 700, isOver: true)
        ledger.queries += 7_100
        #expect(state.asked == 10_000 && state.left == 0)
        let end = sides {
            $0 = Reconciliation.Sides()
            $0.totals = state.totals
            $0.adopted = state.adopted
            $0.adoptedMax = state.adoptedMax
            $0.cutOffMax = state.cutOffMax
            $0.before = state.before ?? NodeLedger()
            $0.after = ledger
        }
        #expect(end.missingThere == 0 && end.missingHere == 910 && end.unexplained == 0)
        // More than can have been sent in the last second.
        var strange = end.sides
        strange.adopted = 50_000
        strange.after.queries += 49_100
        #expect(Reconciliation(sides: strange).unexplained > 40_000)
    }

    @Test func L16_aPartThatEndedWellHasNothingToTake() {
        var state = CountState(facts: [], seed: 1, count: 10)
        state.beginPart(now: NodeLedger())
        state.isPartOver = true
        state.beginPart(now: NodeLedger())
        #expect(state.killedPartCount == 0 && state.adoptedMax == 0 && state.partCount == 2)
    }

    @Test func L16_theNodesReportIsRead() {
        let status = """
            {"pid":77,"counting":{"resolution_requests":5,"resolution_requests_of_all_days":4000000000000},
            "metrics":{"answers_success":3,"answers_identifier_not_found":4,"answers_too_large_for_udp":90,
            "requests_refused_busy":6,"datagrams_dropped_by_kernel":8,"datagrams_not_sent":9}}
            """
        let ledger = NodeLedger(status: Array(status.utf8))
        #expect(ledger?.processID == 77 && ledger?.queries == 4_000_000_000_000)
        #expect(ledger?.answers == 7 && ledger?.refusedBusy == 6)
        #expect(ledger?.droppedByKernel == 8 && ledger?.notSent == 9)
        // Past days that are not all read yet, and what is no report.
        #expect(NodeLedger(status: Array(status.replacing("_of_all_days", with: "").utf8)) == nil)
        #expect(NodeLedger(status: Array("[]".utf8)) == nil)
    }
}
