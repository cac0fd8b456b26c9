import Testing

@testable import Resolution

@Suite struct PrefixTermsTests {
    private static let prefix = Array("88.1".utf8)
    private static let row = PrefixRow(
        prefix: prefix,
        state: .homed,
        number: 7,
        status: .pendingReview,
        hosting: .requested,
        identifierCountMax: 3,
        writesPerSecondMax: 4
    )

    private static func terms(
        _ expecting: PrefixTerms.Expectation,
        revives: Bool = false,
        state: PrefixRow.State = .homed
    ) -> PrefixTerms {
        PrefixTerms(prefix: prefix, state: state, expecting: expecting, revivesWithdrawn: revives)
    }

    @Test func whatThereIsDecides() {
        for revives in [false, true] {
            #expect(Self.terms(.absent, revives: revives).objection(to: nil) == nil)
            #expect(Self.terms(.anything, revives: revives).objection(to: nil) == nil)
            #expect(Self.terms(.present, revives: revives).objection(to: nil) == .absent)
            #expect(Self.terms(.absent, revives: revives).objection(to: Self.row) == .alreadyExists)
            #expect(Self.terms(.anything, revives: revives).objection(to: Self.row) == nil)
            #expect(Self.terms(.present, revives: revives).objection(to: Self.row) == nil)
            #expect(Self.terms(.present, revives: revives).objection(to: Self.row.withdrawn) == .absent)
        }
        #expect(Self.terms(.absent).objection(to: Self.row.withdrawn) == .alreadyExists)
        #expect(Self.terms(.anything).objection(to: Self.row.withdrawn) == .alreadyExists)
        #expect(Self.terms(.absent, revives: true).objection(to: Self.row.withdrawn) == nil)
        #expect(Self.terms(.anything, revives: true).objection(to: Self.row.withdrawn) == nil)
        #expect(Self.terms(.anything, state: .withdrawn).objection(to: nil) == .refused(.invalidPrefix))
    }

    @Test func whatIsNotSaidStays() {
        let same = Self.terms(.anything).row(from: Self.row, folded: Self.prefix, newNumber: 9)
        #expect(same == Self.row)
        var other = Self.terms(.anything, state: .delegated)
        other.writesPerSecondMax = 0
        let changed = other.row(from: Self.row, folded: Self.prefix, newNumber: 9)
        #expect((changed.state, changed.hosting) == (.delegated, .unhosted), "hosting follows another state")
        #expect((changed.identifierCountMax, changed.writesPerSecondMax, changed.number) == (3, 0, 7))
    }

    @Test func aNewPrefixHasTheDefaults() {
        let new = Self.terms(.absent).row(from: nil, folded: Self.prefix, newNumber: 9)
        #expect(new == PrefixRow(prefix: Self.prefix, state: .homed, number: 9))
        #expect((new.status, new.hosting) == (.enabled, .hosted))
        let revived = Self.terms(.absent, revives: true)
            .row(from: Self.row.withdrawn, folded: Self.prefix, newNumber: 9)
        #expect(revived == PrefixRow(prefix: Self.prefix, state: .homed, number: 7))
    }
}
