internal import COpenSSL

/// What OpenSSL says went wrong: its own code and text.
public struct OpenSSLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The library's packed error code; 0 when it left none.
    public let code: UInt
    /// The function that failed.
    public let function: String
    /// The library's text.
    public let text: String

    /// Takes the first error of this thread's queue and empties the queue; `explanation` goes before the library's
    /// text.
    static func drain(during function: String, saying explanation: String? = nil) -> OpenSSLError {
        let code = ERR_get_error()
        ERR_clear_error()
        var buffer = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &buffer, buffer.count)
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let text = (explanation.map { "\($0): " } ?? "") + String(decoding: bytes, as: UTF8.self)
        return OpenSSLError(code: UInt(code), function: function, text: text)
    }

    /// Something that the library is not even asked for, because what came in has the wrong shape.
    static func refused(_ text: String, by function: String) -> OpenSSLError {
        OpenSSLError(code: 0, function: function, text: text)
    }

    public var description: String { "\(function): \(text)" }
}
