internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Who is asked to administer, and how a refusal is told.
struct Administrator {
    let asking: any AdministrationAsking
    /// The server's address, or the control socket.
    let place: String
    /// What carries the requests.
    let carrier: AskError.Carrier

    /// Does `body` with whoever is asked, and tells what was refused of `subject`.
    func perform<Value>(
        _ subject: [UInt8],
        _ body: (any AdministrationAsking) throws(AdministrationError) -> Value
    ) throws(CommandFailure) -> Value {
        do throws(AdministrationError) {
            return try body(asking)
        } catch {
            throw CommandFailure(.notAdministered(subject, error), exit: Self.exit(for: error))
        }
    }

    private static func exit(for error: AdministrationError) -> ProgramExit {
        switch error {
        case .refused(let code, _): ResponseMeaning.exit(for: code)
        case .asking(let error): error.failure.isUnreachable ? .outcomeUnknown : .failed
        case .unexpectedAnswer: .failed
        }
    }
}
