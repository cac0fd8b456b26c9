internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// Who is asked to administer, and how a refusal is told.
struct Administrator {
    let asking: any AdministrationAsking
    private let wire: AdministrationClient?
    /// The server's address, or the control socket.
    let place: String
    /// What carries the requests.
    let carrier: AskError.Carrier

    init(
        asking: any AdministrationAsking,
        wire: AdministrationClient? = nil,
        place: String,
        carrier: AskError.Carrier
    ) {
        self.asking = asking
        self.wire = wire
        self.place = place
        self.carrier = carrier
    }

    /// Does `body` with whoever is asked, ends the session, and tells what was refused of `subject`.
    func perform<Value>(
        _ subject: [UInt8],
        _ body: (any AdministrationAsking) throws(AdministrationError) -> Value
    ) throws(CommandFailure) -> Value {
        defer { wire?.end() }
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
