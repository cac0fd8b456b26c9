internal import ResolutionClient
internal import ResolutionProtocol

/// Why nothing can be asked through a carrier.
enum OpeningFailure: Error {
    /// It was not reached, or what it said may not be believed.
    case asking(AskFailure)
    /// It is there, and refuses the first request.
    case refused(ResponseCode, text: String)
}
