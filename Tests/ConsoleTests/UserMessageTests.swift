import Console
import Glibc
import Testing

struct UserMessageTests {
    private let message = UserMessage(
        "E-IMPORT-017",
        english: "the row has 3 fields, not 4",
        chinese: "该行有 3 个字段，应为 4 个",
        adviceEnglish: "add the missing one",
        adviceChinese: "请补上缺少的字段"
    )

    @Test func saysProgramCodePlaceTextAdvice() {
        let placed = message.at(MessagePlace(file: "parts.csv", line: 12))
        #expect(
            placed.rendered(program: "idctl", language: .english)
                == "idctl: E-IMPORT-017: parts.csv:12: the row has 3 fields, not 4 — add the missing one"
        )
        #expect(
            placed.rendered(program: "idctl", language: .chinese)
                == "idctl: E-IMPORT-017: parts.csv:12: 该行有 3 个字段，应为 4 个 — 请补上缺少的字段"
        )
    }

    @Test func withoutPlaceOrAdvice() {
        let bare = UserMessage("E-RUN-009", english: "stopped", chinese: "已停止")
        #expect(bare.rendered(program: "idnode", language: .english) == "idnode: E-RUN-009: stopped")
    }

    @Test func placeWithColumn() {
        #expect(MessagePlace(file: "a.toml", line: 3, column: 9).description == "a.toml:3:9")
        #expect(MessagePlace(file: "a.toml").description == "a.toml")
    }

    /// C11: a file name with an escape sequence in it does not reach the terminal as one.
    @Test func renderedLineIsSafe() {
        let line = UserMessage.cannotRead(file: "a\u{1B}[2J\nb", errorNumber: ENOENT).rendered(
            program: "idctl",
            language: .english
        )
        #expect(line.utf8.allSatisfy { $0 >= 0x20 })
        #expect(line.contains("a\\x1B[2J\\nb"))
    }

    @Test func sharedMessagesAreWellFormedAndDistinct() {
        let shared: [UserMessage] = [
            .cannotRead(file: "f", errorNumber: EACCES), .cannotWrite(file: "f", errorNumber: ENOSPC),
            .cannotWriteOutput(errorNumber: EIO),
            .unusableArgument("--rate", value: "x", expected: LocalizedText(english: "a number", chinese: "一个数")),
            .unknownWord("lisen", among: ["listen"]), .cannotAsk(flag: "--yes"), .interrupted(),
            .wrongCommandLine("Unknown option '--x'"),
        ]
        #expect(Set(shared.map(\.code)).count == shared.count)
        for message in shared {
            #expect(message.code.isWellFormed)
            #expect(message.text.chinese.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value <= 0x9FFF })
            #expect(message.text.english.utf8.allSatisfy { $0 < 0x80 } || message.text.english.contains("“"))
        }
    }

    @Test func unknownWordSuggests() {
        let near = UserMessage.unknownWord("resovle", among: ["resolve", "import"])
        #expect(near.advice?.english == "did you mean “resolve”?")
        #expect(UserMessage.unknownWord("xyzzy", among: ["resolve"]).advice?.english == "see --help")
    }

    @Test func reasonWithoutWordsNamesItsNumber() {
        #expect(SystemReason(errorNumber: 9_999).text.english == "system error 9999")
        #expect(SystemReason(errorNumber: EADDRINUSE).advice != nil)
    }
}
