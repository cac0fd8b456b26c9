import Cryptography

/// A client and a server with nothing between them but the bytes that `move…` carries.
struct TLSPair: ~Copyable {
    var client: TLSSession
    var server: TLSSession

    init(client: TLSContext, server: TLSContext, unixSeconds: Int64? = nil) throws {
        let asking = try TLSSession(client, unixSeconds: unixSeconds)
        let answering = try TLSSession(server)
        self.client = asking
        self.server = answering
    }

    /// Carries what waits on either side, `step` bytes at a time, until nothing does.
    mutating func exchange(step: Int = 64 << 10) {
        while client.carry(to: &server, step: step) + server.carry(to: &client, step: step) > 0 {}
    }
}

extension TLSSession {
    /// Carries what waits here to `other`; returns how many bytes. What `other` does not take is lost: it takes all as
    /// long as its plaintext is taken.
    mutating func carry(to other: inout TLSSession, step: Int) -> Int {
        var total = 0
        var part = [UInt8](repeating: 0, count: step)
        while case let count = part.withUnsafeMutableBytes({ takeCiphertext(into: $0) }), count > 0 {
            total += other.receive(Array(part[..<count]))
        }
        return total
    }

    mutating func receive(_ ciphertext: [UInt8]) -> Int { receive(ciphertext.span.bytes) }

    mutating func write(_ plaintext: [UInt8]) -> Int { write(plaintext.span.bytes) }

    /// All that waits to be sent.
    mutating func allCiphertext() -> [UInt8] {
        var all = [UInt8](repeating: 0, count: ciphertextByteCount)
        let count = all.withUnsafeMutableBytes { takeCiphertext(into: $0) }
        return Array(all[..<count])
    }

    /// All plaintext that there is.
    mutating func allPlaintext() -> [UInt8] {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 5_000)
        while case let count = part.withUnsafeMutableBytes({ takePlaintext(into: $0) }), count > 0 {
            all += part[..<count]
        }
        return all
    }

    /// The failure; nil while there is none.
    var failure: TLSFailure? {
        if case .failed(let failure) = state { failure } else { nil }
    }
}
