import Testing

@testable import Console

struct LanguageArgumentTests {
    @Test func `it is taken out wherever it stands before a double dash`() {
        let argument = LanguageArgument(takingFrom: ["--lang", "zh", "run", "--lang=en", "--", "--lang", "zh"])
        #expect(argument.language == .english)
        #expect(argument.unknown == nil)
        #expect(argument.rest == ["run", "--", "--lang", "zh"])
    }

    @Test func `a language we do not speak is told apart from none`() {
        #expect(LanguageArgument(takingFrom: ["--lang=klingon"]).unknown == "klingon")
        #expect(LanguageArgument(takingFrom: ["run"]).unknown == nil)
        #expect(LanguageArgument(takingFrom: ["run", "--lang"]).rest == ["run", "--lang"])
    }
}
