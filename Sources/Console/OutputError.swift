/// Why a stream takes no more.
package enum OutputError: Error, Equatable {
    /// Nobody reads any more (EPIPE), as with `| head`: end quietly.
    case readerGone
    /// The system refused, with its errno.
    case failed(errorNumber: Int32)
}
