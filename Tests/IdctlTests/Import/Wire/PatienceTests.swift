import Testing

@testable import idctl

@Suite struct PatienceTests {
    @Test func `B7 it ends where nothing has come for too long, its own pauses left out`() {
        var patience = Patience(seconds: 100)
        #expect(patience.nextPause() != nil)
        // As if 200 seconds had gone by.
        patience.pardon(.seconds(-200))
        #expect(patience.nextPause() == nil)
        patience.pardon(.seconds(150))
        #expect(patience.nextPause() != nil)
        patience.pardon(.seconds(-150))
        #expect(patience.nextPause() == nil)
        patience.noteProgress()
        #expect(patience.nextPause() != nil)
    }
}
