import EventLoop
import Testing

@testable import idload

struct QuestionPickerTests {
    private func plan(seed: UInt64 = 7) -> LoadPlan {
        LoadPlan(target: SocketAddress(ipv4: 0x7F00_0001, port: 1), seed: seed)
    }

    @Test func onceIsEachInOrderAndThenTheEnd() {
        var plan = plan()
        plan.keys = .inOrder(isShuffled: false, stops: true)
        var picker = QuestionPicker(knownCount: 5, missingCount: 0, plan: plan)
        #expect((0..<5).map { _ in picker.next() } == [0, 1, 2, 3, 4])
        #expect(picker.next() == nil)
    }

    @Test func aSeedRepeatsTheChoice() {
        var first = QuestionPicker(knownCount: 1_000, missingCount: 0, plan: plan())
        var second = QuestionPicker(knownCount: 1_000, missingCount: 0, plan: plan())
        var other = QuestionPicker(knownCount: 1_000, missingCount: 0, plan: plan(seed: 8))
        let choice = (0..<100).map { _ in first.next() }
        #expect(choice == (0..<100).map { _ in second.next() })
        #expect(choice != (0..<100).map { _ in other.next() })
    }

    @Test func theShareOfMissingOnesIsTheOneAskedFor() {
        var plan = plan()
        plan.missingPercent = 5
        var picker = QuestionPicker(knownCount: 100, missingCount: 10, plan: plan)
        let picked = (0..<100_000).compactMap { _ in picker.next() }
        #expect(picked.allSatisfy { $0 < 110 })
        #expect((4_500...5_500).contains(picked.count { $0 >= 100 }))
    }

    @Test func missingIdentifiersAreNoKnownOnes() {
        let questions = QuestionSet()
        for number in 0..<100 { questions.add(Array("88.118.8/\(number)".utf8)) }
        let known = Set((0..<100).map { questions.identifier(of: $0) })
        var numbers = SeededNumbers(seed: 1)
        questions.addMissing(100, numbers: &numbers)
        #expect(questions.count == 200)
        #expect((100..<200).allSatisfy { questions.isMissing($0) && !known.contains(questions.identifier(of: $0)) })
        #expect((0..<100).allSatisfy { !questions.isMissing($0) })
    }
}
