import Authentication
import Console
import RecordFiles
import Resolution
import ResolutionClient
import ResolutionProtocol
import StorageLMDB
import Testing

@testable import idctl

@Suite struct UserMessageTests {
    private static let asking = AskError(server: "s", carrier: .udp, failure: .refused)

    private static let messages: [UserMessage] =
        [
            .noListenerInConfiguration("c"), .noAnswer(asking),
            .nodeUnreachable(asking), .nodeAnswersWrongly(asking),
            .nodeRefuses("s", "t"), .unreadableStatus("s"), .notReady("s"), .unreadableCounts("s"),
            .countsOfRunningNode(directory: "d", pid: 1), .store(.inUse(path: "p", pid: 1)),
            .store(.directoryMissing(path: "p")), .invalidPrefix([0x41]), .unknownPrefixes([[0x41]]),
            .prefixInUse([0x41]), .prefixRefused([0x41], .invalidPrefix), .tooManyRejects(path: "p"),
            .verificationFailed([[0x41]]), .rejectsIncomplete(1, path: "p"), .rejectsWritten(path: "p"),
            .finishingWrite(), .secretsLeftOut(1), .damagedRecords(1), .timestampsLeftOut(1), .notReadable(1),
            .notGiven(1, first: [0x41], .error), .unreadableRows(1, path: "p"),
            .malformedAnswer("s"), .recordFile(.utf16, path: "p"), .wrongCommandLine("r"),
            .unusableIdentifier(english: "e", chinese: "c"), .prefixKnown([0x41]), .prefixWithdrawn([0x41]),
            .readableByOthers("p"), .unusableKey("p", .needsPassphrase), .notAPublicKey("p"), .fileExists("p"),
            .emptySecret("p"), .unusableValues("p", english: "e", chinese: "值"), .otherIdentifier("p", [0x41]),
            .notAdministered([0x41], .refused(code: .notAdministrator, text: "")),
            .notAdministered([0x41], .refused(code: ResponseCode(rawValue: 999), text: "t")),
            .notAdministered([0x41], .asking(asking)),
            .notAdministered([0x41], .asking(AskError(server: "s", carrier: .tcp, failure: .unproven))),
            .notAdministered([0x41], .unexpectedAnswer(.apply)), .noHistory([0x41]), .timeToCome("t"),
            .notInTheLog([0x41], at: 1, .beforeStart, LogStart(droppedThrough: 1, unixSeconds: nil)),
            .notInTheLog([0x41], at: 1, .changeDropped, LogStart(droppedThrough: 1, unixSeconds: 2)),
            .timesInWrongOrder("a", "b"), .presentIsDamaged([0x41]), .historyIsLonger(omittedCount: 1),
            .historyBegins(LogStart(droppedThrough: 1, unixSeconds: nil)), .clockWasSetBack(at: 1),
            .contradictingVariables("a", "b"), .unknownProfile("a", among: [], file: nil),
            .unknownProfile("a", among: ["b"], file: "f"), .profileExists("a", at: MessagePlace(file: "f")),
            .profilesNotEdited("f"), .noProfileFile(), .commentsRemoved(1), .systemProfilesHidden("f"),
            .unreadableScriptLine(.openQuote(column: 1), file: "f", line: 1),
            .unreadableScriptLine(.nothingEscaped(column: 1), file: "f", line: 1),
            .scriptLineTooLong(MessagePlace(file: "f"), byteCountMax: 1), .scriptLineNotText(MessagePlace(file: "f")),
            .batchInBatch(), .commandFailed("c"), .inputIsScript(), .outputIsJSON(flag: "f"),
            .profilesWritableByOthers("f"), .noLedger("d"), .unreadableLedgerAnswer("s"), .damagedLedger("f"),
            .ledgerUncheckable("r"), .noClosedDay(),
        ] + ledgerFindings
        + faults.map { UserMessage(MessageCode($0.code), english: $0.text.english, chinese: $0.text.chinese) }

    private static let ledgerFindings = LedgerFinding.Problem.allCases.map {
        UserMessage.ledgerFinding(LedgerFinding($0, entry: 1, day: nil, field: "f", offset: 2), in: "f")
    }

    private static let faults: [ImportFault] =
        [.prefixNotHomed([0x41]), .notAnIdentifier(.empty), .existing, .duplicate(ofRow: 1)]
        + [.keyCollision, .tooManyValues, .tooLarge, .noValues, .invalidPrefix].map { .refused($0) }
        + [.notResponsible, .notAdministrator, .error].map { .server(ReceiptBook.Refusal(code: $0, text: [])) }

    @Test(arguments: messages)
    func `a message has a well-formed code and says something in both languages`(message: UserMessage) {
        #expect(message.code.isWellFormed, "\(message.code)")
        #expect(message.text.english.utf8.allSatisfy { $0 < 0x80 } || message.text.english.contains("“"))
        #expect(
            message.text.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
                || message.text.chinese == "c"
        )
    }

    @Test func `a store's code has the form of ours`() {
        #expect(UserMessage.store(.inUse(path: "p", pid: 1)).code.description == "E-STORE-010")
    }

    @Test func `no two of the faults of a record share a code`() {
        #expect(Set(Self.faults.map(\.code)).count == Self.faults.count)
    }
}
