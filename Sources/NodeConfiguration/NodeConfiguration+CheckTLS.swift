/// What of `[tls]` does not go together.
extension NodeConfiguration {
    /// Reports the files that are missing, and ports that are taken twice.
    func checkTLS(_ reader: inout ConfigurationReader) {
        guard !tls.addresses.isEmpty else { return }
        for (key, path) in [("certificate", tls.certificate), ("key", tls.key)] where path.isEmpty {
            reportMissing(key, because: Wording("tls.addresses is set", "已设置 tls.addresses"), &reader)
        }
        if tls.clientCertificate != .none, tls.clientCA.isEmpty {
            let word = tls.clientCertificate.rawValue
            let reason = "tls.client_certificate = \"\(word)\""
            reportMissing(
                "client_ca",
                because: Wording("\(reason) is set", "已设置 \(reason)"),
                &reader
            )
        }
        checkTLSPort(&reader)
    }

    private func reportMissing(_ key: String, because reason: Wording, _ reader: inout ConfigurationReader) {
        let place = ConfigurationPath([.key("tls"), .key(key)])
        // A value that was refused has been reported already.
        guard reader.isSound(key, in: ConfigurationPath([.key("tls")])) || reader.positions[place] == nil else {
            return
        }
        reader.report(
            .contradiction,
            at: reader.positions[place] == nil ? ConfigurationPath([.key("tls")]) : place,
            Wording("\(reason.english), and \(place) is not", "\(reason.chinese)，但未设置 \(place)"),
            advice: Wording("set \(place) to the path of a PEM file", "请将 \(place) 设为 PEM 文件的路径")
        )
    }

    private func checkTLSPort(_ reader: inout ConfigurationReader) {
        let path = ConfigurationPath([.key("tls"), .key("addresses")])
        let table = ConfigurationPath([.key("tls")])
        guard tls.port != 0, reader.isSound("addresses", in: table), reader.isSound("port", in: table) else { return }
        var taken = Set(listen.filter { $0.tcp && $0.port == tls.port }.map(\.address.bytes))
        for address in tls.addresses where !taken.insert(address.bytes).inserted {
            reader.report(
                .contradiction,
                at: path,
                Wording(
                    "\(address.text) port \(tls.port) is taken twice",
                    "\(address.text) 端口 \(tls.port) 被重复使用"
                ),
                advice: Wording("give tls.port another number", "请为 tls.port 设置其他端口")
            )
        }
    }
}
