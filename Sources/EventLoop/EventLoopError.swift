import Glibc

/// Why a socket, a handle or a thread could not be had.
package enum EventLoopError: Error, Hashable, Sendable {
    /// A system or libuv call failed: its errno, what was attempted, and where (an address or a path; may be empty).
    case system(errno: Int32, attempted: Attempt, place: String)
    /// Another socket holds the address; `holder` is its process, where the kernel lets us see it.
    case addressInUse(address: SocketAddress, kind: SocketKind, holder: PortHolder?)
    /// Somebody answers on the Unix socket already.
    case pipeInUse(path: String)
    /// There is a file at the Unix socket's path and it is not a socket; it was left alone.
    case notASocket(path: String)
    /// The path of a Unix socket has more bytes than the system takes.
    case pathTooLong(path: String, byteCountMax: Int)
    /// The text is neither an address nor an address with a port.
    case invalidAddress(text: String)

    /// What was being done when a call failed.
    package enum Attempt: String, Sendable {
        case openSocket = "open a socket for"
        case setOption = "set an option of the socket for"
        case bind = "bind"
        case listen = "listen on"
        case accept = "accept a connection on"
        case connect = "connect to"
        case readAddress = "read the address of"
        case watch = "watch"
        case write = "write to"
        case createLoop = "create an event loop"
        case createHandle = "create an event loop's handle"
        case startThread = "start a thread"
        case removeStaleSocket = "remove the stale socket"
    }

    /// The errno beneath, or 0 where no call failed.
    package var code: Int32 {
        switch self {
        case .system(let errno, _, _): errno
        case .addressInUse, .pipeInUse: EADDRINUSE
        case .notASocket: ENOTSOCK
        case .pathTooLong: ENAMETOOLONG
        case .invalidAddress: EINVAL
        }
    }
}

extension EventLoopError {
    /// `result` of a libuv call: 0 or more is success, less is a negated errno.
    static func check(_ result: Int32, _ attempted: Attempt, _ place: @autoclosure () -> String = "") throws(Self) {
        if result < 0 {
            throw .system(errno: -result, attempted: attempted, place: place())
        }
    }

    /// `result` of a system call: less than 0 means that errno says why.
    static func checkErrno(_ result: Int32, _ attempted: Attempt, _ place: @autoclosure () -> String) throws(Self) {
        if result < 0 {
            let code = errno
            throw .system(errno: code, attempted: attempted, place: place())
        }
    }
}

extension EventLoopError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let code, let attempted, let place):
            let what = place.isEmpty ? attempted.rawValue : "\(attempted.rawValue) \(place)"
            return "cannot \(what): \(String(cString: strerror(code))) (errno \(code))"
        case .addressInUse(let address, let kind, let holder):
            let who = holder.map { "process \($0.processID) (\($0.program))" } ?? "another process"
            return "\(kind) address \(address) is in use by \(who)"
        case .pipeInUse(let path):
            return "somebody answers on the socket \(path) already"
        case .notASocket(let path):
            return "\(path) exists and is not a socket; it was left alone"
        case .pathTooLong(let path, let byteCountMax):
            return "the socket path \(path) is longer than \(byteCountMax) bytes"
        case .invalidAddress(let text):
            return "\"\(text)\" is not an IP address, nor one with a port"
        }
    }
}
