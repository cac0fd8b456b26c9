/// What a running node takes from a new configuration, and what it does not.
package struct ConfigurationChange: Equatable, Sendable {
    /// What the node goes by from now on: the new values where it can take them, the old ones elsewhere.
    package let configuration: NodeConfiguration
    /// The keys that it takes, such as `tcp.idle_answered`; of lists of tables the table, such as `origins`.
    package let taken: [String]
    /// The keys that are other than those in use, and that only a restart brings in.
    package let waiting: [String]
}

extension NodeConfiguration {
    /// What changes in a node that runs with this configuration when it is given `fresh`.
    ///
    /// To make another key one that a running node takes: copy it here, and have a `Reloadable` of the node go by it.
    package func change(to fresh: NodeConfiguration) -> ConfigurationChange {
        var next = self
        next.log = fresh.log
        next.tcp = fresh.tcp
        next.rateLimit = fresh.rateLimit
        next.rateLimit.networks = rateLimit.networks
        next.federation = fresh.federation
        next.federation.keepsRoute = federation.keepsRoute
        next.federation.routeKey = federation.routeKey
        next.recursion = fresh.recursion
        next.recursion.mode = recursion.mode
        next.recursion.cacheMemory = recursion.cacheMemory
        next.recursion.staleMax = recursion.staleMax
        next.guardian = fresh.guardian
        next.limits.inFlightBytes = fresh.limits.inFlightBytes
        next.ledger.sourceShareMax = fresh.ledger.sourceShareMax
        next.ledger.target = fresh.ledger.target
        next.origins = fresh.origins
        next.run = fresh.run
        next.administration.isReadOnly = fresh.administration.isReadOnly
        return ConfigurationChange(
            configuration: next,
            taken: next.differingKeys(from: self),
            waiting: next.differingKeys(from: fresh)
        )
    }

    /// The keys whose values are not those of `other`, in the order of the file.
    private func differingKeys(from other: NodeConfiguration) -> [String] {
        Schema.tables.flatMap { table in
            let (own, others) = (table.tables(self), table.tables(other))
            guard !table.isArray else {
                let isSame = own.map { $0.map(\.literal) } == others.map { $0.map(\.literal) }
                return isSame ? [] : [table.name]
            }
            return zip(own.joined(), others.joined()).filter { $0.literal != $1.literal }
                .map { own, _ in "\(table.name).\(own.name)" }
        }
    }
}
