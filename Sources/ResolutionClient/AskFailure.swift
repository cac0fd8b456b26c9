package import Authentication
package import Cryptography
internal import Glibc
package import ResolutionProtocol

/// Why a question has no answer that may be believed.
package enum AskFailure: Error, Hashable, Sendable {
    /// Nothing came after so many sendings and so much waiting.
    case noAnswer(sendings: Int, milliseconds: Int)
    /// No connection could be made in time.
    case connectTimedOut(milliseconds: Int)
    /// Nobody listens at the address.
    case refused
    /// A system call failed with this errno: no route, no such path …
    case system(errno: Int32)
    /// The TLS session did not come about, or broke.
    case notSecured(TLSFailure)
    /// TLS was not agreed on in time: a server that is silent, or that does not speak it.
    case handshakeTimedOut(milliseconds: Int)
    /// The peer ended the connection before the answer was whole.
    case connectionEnded
    /// An answer over a connection bears another RequestId (wire.md §8).
    case wrongRequestID(UInt32)
    /// The answer cannot be read.
    case malformed(WireError)
    /// The answer is encrypted or compressed, and there is no session.
    case notPlain
    /// What came is a request itself.
    case notAnAnswer
    /// The answer is that of another operation.
    case wrongOperation(OpCode)
    /// The answer speaks of another identifier than was asked for.
    case wrongIdentifier
    /// The answer's time has run out, by this server's clock or ours (wire.md §4).
    case expired(secondsAgo: Int)
    /// The digest of the request was asked for and is not there.
    case digestMissing
    /// The answer repeats the digest of another request: somebody changed one of them (wire.md §4.2).
    case digestWrong
    /// The answer goes on in further messages, or in more of them than are taken.
    case tooLong
    /// The answer is not proven to be the server's, as it should be: by a session's code or by a signature.
    case unproven
    /// The server shows no key that its signatures could be checked with.
    case noSiteKey
    /// The challenge is about another request: whoever signed it would sign that one (security.md §2).
    case challengeOfAnotherRequest
    /// The key cannot be used for a proof, or a key for a session cannot be agreed on.
    case keyUnusable(ProofRefusal)
    /// Nothing was asked: so much is under way already that there is no room for more.
    case busy
    /// Nothing was asked: the server did not answer before, and is left alone for so long.
    case leftAlone(milliseconds: Int)
    /// The server opens no session.
    case sessionRefused(ResponseCode, text: String)

    /// Whether the server could not be reached or is silent, as against answering wrongly.
    package var isUnreachable: Bool {
        switch self {
        case .noAnswer, .connectTimedOut, .handshakeTimedOut, .refused, .system, .connectionEnded, .leftAlone: true
        default: false
        }
    }

    /// Whether this machine lacks what it needs to ask: nothing is said about the server.
    package var isOwnShortage: Bool {
        guard case .system(let code) = self else { return false }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM, EADDRNOTAVAIL].contains(code)
    }

    /// What a system call's errno means to an asker.
    package init(errno code: Int32) {
        self =
            code == ECONNREFUSED
            ? .refused : code == EPIPE || code == ECONNRESET ? .connectionEnded : .system(errno: code)
    }
}

extension AskFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noAnswer(let sendings, let milliseconds):
            "no answer in \(milliseconds) ms" + (sendings > 1 ? " after \(sendings) sendings" : "")
        case .connectTimedOut(let milliseconds): "no connection in \(milliseconds) ms"
        case .refused: "connection refused: nobody listens there"
        case .system(let code): "\(String(cString: strerror(code))) (errno \(code))"
        case .notSecured(let failure): "TLS: \(failure.englishDescription)"
        case .handshakeTimedOut(let milliseconds): "no TLS in \(milliseconds) ms: is it spoken at that port?"
        case .connectionEnded: "the connection ended before the answer"
        case .wrongRequestID(let id): "an answer to another request (id \(id))"
        case .malformed(let error): "an answer that cannot be read (\(error))"
        case .notPlain: "an encrypted or compressed answer outside a session"
        case .notAnAnswer: "a request in place of an answer"
        case .wrongOperation(let opCode): "an answer to another operation (\(opCode.rawValue))"
        case .wrongIdentifier: "an answer about another identifier"
        case .expired(let seconds): "an answer that expired \(seconds) s ago: compare the clocks"
        case .digestMissing: "an answer without the digest of the request"
        case .digestWrong: "an answer with the digest of another request: do not trust it"
        case .tooLong: "an answer in more messages than are taken"
        case .unproven: "an answer that is not proven to be the server's: do not trust it"
        case .noSiteKey: "the server shows no key to check its signatures with"
        case .challengeOfAnotherRequest: "a challenge about another request: do not trust it"
        case .keyUnusable(let refusal): "the key cannot be used: \(refusal)"
        case .busy: "too many questions are under way"
        case .leftAlone(let milliseconds): "the server was silent and is not asked for another \(milliseconds) ms"
        case .sessionRefused(let code, let text): "the server opens no session: code \(code.rawValue): \(text)"
        }
    }
}
