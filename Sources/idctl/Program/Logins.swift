internal import ResolutionClient

/// The servers that a run has logged in to: each once for an identity, however many commands ask it.
final class Logins {
    /// A server, and as whom it is asked.
    struct Name: Hashable {
        var server: String
        var auth: String?
        /// The file of the key or the secret.
        var key: String?
        var siteKey: String?
        var usesSession: Bool
    }

    /// Logins kept at a time; with one more all of them end, and begin anew where they are needed.
    static let countMax = 64

    private var clients: [Name: AdministrationClient] = [:]

    /// Logins that are kept.
    var count: Int { clients.count }

    /// The client of that name, made where there is none yet.
    func client(
        _ name: Name,
        make: () throws(CommandFailure) -> AdministrationClient
    ) throws(CommandFailure) -> AdministrationClient {
        if let known = clients[name] { return known }
        if clients.count >= Self.countMax { end() }
        let client = try make()
        clients[name] = client
        return client
    }

    /// Ends all sessions and connections.
    func end() {
        for client in clients.values { client.end() }
        clients = [:]
    }
}
