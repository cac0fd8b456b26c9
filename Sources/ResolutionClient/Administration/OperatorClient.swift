package import ResolutionProtocol

/// Administers a running node by its control socket, as its operator: who may open that needs no key.
package struct OperatorClient: AdministrationAsking {
    private let control: ControlClient

    /// Administers the node behind `control`.
    package init(_ control: ControlClient) {
        self.control = control
    }

    package func askInParts(_ request: Message, _ each: (Message) -> Bool) throws(AdministrationError) {
        var request = request
        if request.envelope.requestID == 0 { request.envelope.requestID = RequestID.random() }
        for part in try parts(of: request) where !each(part) { return }
    }

    private func parts(of request: Message) throws(AdministrationError) -> [Message] {
        let bytes: [UInt8]
        do throws(ControlError) {
            bytes = try control.ask(.administer, argument: request.wire)
        } catch {
            switch error {
            case .asking(let error): throw .asking(error)
            case .refused(_, let code, let text): throw .refused(code: code, text: text)
            }
        }
        do throws(WireError) {
            var cutter = MessageCutter()
            cutter.append(bytes[...])
            var parts: [Message] = []
            while let next = try cutter.next() { parts.append(try Message(wire: next)) }
            return parts
        } catch {
            throw .asking(AskError(server: control.path, carrier: .unix, failure: .malformed(error)))
        }
    }
}
