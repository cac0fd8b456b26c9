import Console
import Testing

struct ConsentTests {
    private func needed(
        for extent: Consent.Extent,
        isDryRun: Bool = false,
        yes: Bool = false,
        confirmed: String? = nil,
        noInput: Bool = false,
        inputIsTerminal: Bool = true
    ) -> Consent {
        .needed(
            for: extent,
            isDryRun: isDryRun,
            yes: yes,
            confirmed: confirmed,
            noInput: noInput,
            inputIsTerminal: inputIsTerminal
        )
    }

    @Test func oneAsksYesOrNo() {
        #expect(needed(for: .one) == .askYesNo)
        #expect(needed(for: .one, yes: true) == .notNeeded)
        #expect(needed(for: .one, noInput: true) == .refuse(flag: "--yes"))
        #expect(needed(for: .one, inputIsTerminal: false) == .refuse(flag: "--yes"))
    }

    @Test func manyAskForTheNameAndYesIsNotEnough() {
        let prefix = Consent.Extent.many(name: "88.118.8")
        #expect(needed(for: prefix) == .askName("88.118.8"))
        #expect(needed(for: prefix, yes: true) == .askName("88.118.8"))
        #expect(needed(for: prefix, confirmed: "88.118.8", inputIsTerminal: false) == .notNeeded)
        #expect(needed(for: prefix, confirmed: "88.118.9") == .refuse(flag: "--confirm 88.118.8"))
        #expect(needed(for: prefix, inputIsTerminal: false) == .refuse(flag: "--confirm 88.118.8"))
    }

    @Test func dryRunNeverAsks() {
        #expect(needed(for: .one, isDryRun: true) == .notNeeded)
        #expect(needed(for: .many(name: "88"), isDryRun: true) == .notNeeded)
    }

    @Test func answers() {
        #expect(Consent.askYesNo.accepts("y"))
        #expect(!Consent.askYesNo.accepts(""))
        #expect(Consent.askName("88.118").accepts("88.118"))
        #expect(!Consent.askName("88.118").accepts("y"))
        #expect(!Consent.refuse(flag: "--yes").accepts("y"))
    }
}
