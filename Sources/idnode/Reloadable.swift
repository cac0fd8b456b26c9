internal import NodeConfiguration

/// A part of the running node that goes by the configuration, or by files that it names, and takes them anew on reload.
///
/// To add one (certificates, a list of addresses): conform, and put it in the list that `Node` hands to `Reloading`.
protocol Reloadable: Sendable {
    /// Reads and checks all that is needed to go by `configuration`, and returns how to begin; changes nothing yet.
    ///
    /// Throws where it cannot be: then no part changes, and the reason, which should name file and line, is the reply.
    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep
}

/// A part's readiness to change.
struct ReloadStep: Sendable {
    /// What changes besides keys of the configuration, such as `certificates`, for the reply; mostly nothing.
    var changes: [String] = []
    /// Begins to go by what was prepared. Cannot fail.
    let apply: @Sendable () -> Void
}

/// Why a part cannot go by the new configuration.
struct ReloadRefusal: Error {
    let text: String
}
