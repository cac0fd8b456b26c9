package import ResolutionProtocol

/// Why a running node did not do as it was asked.
package enum ControlError: Error, Hashable, Sendable {
    /// It could not be asked: no socket there, nobody behind it, or an answer that cannot be read.
    case asking(AskError)
    /// It answered with an error: its code and its text.
    case refused(path: String, code: ResponseCode, text: String)
}

extension ControlError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .asking(let error): "\(error)"
        case .refused(let path, let code, let text): "\(path): code \(code.rawValue): \(text)"
        }
    }
}
