internal import ResolutionProtocol

/// Who waits for the prefixes to be read anew: those who come while that is under way wait for the next time together.
struct PrefixReload {
    var isUnderWay = false
    var waiting: [AdministrationStep] = []
}

/// The prefixes that this node goes by.
extension Administration {
    /// Reads the prefixes anew, for itself and for the workers; `then` once all of these go by them.
    public func reloadPrefixes(then: @escaping AdministrationStep = { _ in }) {
        prefixReload.waiting.append(then)
        guard !prefixReload.isUnderWay else { return }
        prefixReload.isUnderWay = true
        let authority = readPrefixes()
        let served = prefixReload.waiting
        prefixReload.waiting = []
        let post = ports.post
        ports.publish(authority) { post { $0.concludeReload(served) } }
    }

    /// Reads the prefixes for itself. Where they cannot be read the node goes by those it knows.
    func readPrefixes() -> Authority {
        let all = ports.prefixRows() ?? Array(rows.values)
        rows = Dictionary(all.map { ($0.prefix, $0) }, uniquingKeysWith: { $1 })
        let authority = Authority(rows: all)
        responder.adopt(authority)
        return authority
    }

    private func concludeReload(_ served: [AdministrationStep]) {
        prefixReload.isUnderWay = false
        for step in served { step(self) }
        guard !prefixReload.waiting.isEmpty else { return }
        let last = prefixReload.waiting.removeLast()
        reloadPrefixes(then: last)
    }
}
