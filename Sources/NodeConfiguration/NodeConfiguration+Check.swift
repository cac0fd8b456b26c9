/// What no key can say by itself.
extension NodeConfiguration {
    /// Reports what does not go together, and text that has a grammar of its own.
    func check(_ reader: inout ConfigurationReader) {
        checkPrefix(&reader)
        checkRecursion(&reader)
        checkRoute(&reader)
        checkPaths(&reader)
        checkListeners(&reader)
        checkTLS(&reader)
        checkFederation(&reader)
        checkOrigins(&reader)
    }

    private func checkPaths(_ reader: inout ConfigurationReader) {
        let relative = Wording("give a path that begins with /", "请给出以 / 开头的路径")
        let paths = [
            ("node", "data", node.data), ("control", "socket", control.socket), ("tls", "certificate", tls.certificate),
            ("tls", "key", tls.key), ("tls", "client_ca", tls.clientCA), ("ledger", "key", ledger.key),
            ("federation", "tls_authorities", federation.tlsAuthorities),
            ("federation", "tls_revoked", federation.tlsRevoked),
            ("federation", "route_key", federation.routeKey),
        ]
        for (table, key, path) in paths where !(path.hasPrefix("/") || (path.isEmpty && table != "node")) {
            let place = ConfigurationPath([.key(table), .key(key)])
            reader.report(
                .notAllowed,
                at: place,
                Wording("\(place) cannot be \"\(path)\"", "\(place) 不能是 \"\(path)\""),
                advice: relative
            )
        }
        // sun_path of a Unix socket holds 108 bytes with the NUL.
        guard controlSocketPath.utf8.count > 107 else { return }
        reader.report(
            .contradiction,
            at: ConfigurationPath(
                control.socket.isEmpty ? [.key("node"), .key("data")] : [.key("control"), .key("socket")]
            ),
            Wording("the control socket's path is longer than 107 bytes", "控制套接字的路径超过 107 字节"),
            advice: Wording("set control.socket to a shorter path", "请为 control.socket 设置更短的路径")
        )
    }

    private func checkListeners(_ reader: inout ConfigurationReader) {
        var taken: Set<[UInt8]> = []
        for (index, listener) in listen.enumerated() {
            let path = ConfigurationPath([.key("listen"), .index(index)])
            if !listener.udp, !listener.tcp {
                reader.report(
                    .contradiction,
                    at: path,
                    Wording("\(path) has neither udp nor tcp", "\(path) 既无 udp 也无 tcp"),
                    advice: Wording("set one of them to true, or remove it", "请启用其一，或删除此项")
                )
            }
            // A value that was refused has left its default behind, which says nothing; port 0 is another one each
            // time.
            guard listener.port != 0, reader.isSound("address", in: path), reader.isSound("port", in: path) else {
                continue
            }
            let place = listener.address.bytes + [UInt8(listener.port >> 8), UInt8(listener.port & 0xFF)]
            guard !taken.insert(place).inserted else { continue }
            reportTwice("\(listener.address.text) port \(listener.port)", at: path, &reader)
        }
    }

    private func checkOrigins(_ reader: inout ConfigurationReader) {
        var taken: Set<IPNetwork> = []
        for (index, origin) in origins.enumerated() {
            let path = ConfigurationPath([.key("origins"), .index(index)])
            guard reader.isSound("network", in: path), !taken.insert(origin.network).inserted else { continue }
            reportTwice(origin.network.text, at: path, &reader)
        }
    }

    private func reportTwice(_ thing: String, at path: ConfigurationPath, _ reader: inout ConfigurationReader) {
        reader.report(
            .contradiction,
            at: path,
            Wording("\(path) is \(thing) once more", "\(path) 重复了 \(thing)"),
            advice: Wording("remove one of the two", "请删除其中之一")
        )
    }
}
