/// What of `[federation]` does not go together.
extension NodeConfiguration {
    /// Reports TLS without anybody whose certificates are taken.
    func checkFederation(_ reader: inout ConfigurationReader) {
        let table = ConfigurationPath([.key("federation")])
        guard federation.isSecured, federation.tlsAuthorities.isEmpty, reader.isSound("tls_authorities", in: table)
        else { return }
        reader.report(
            .contradiction,
            at: table.appending("tls"),
            Wording(
                "federation.tls is true, and federation.tls_authorities is not set",
                "federation.tls 为 true，但未设置 federation.tls_authorities"
            ),
            advice: Wording(
                "set federation.tls_authorities to a PEM file of those who issue the certificates of the level above",
                "请将 federation.tls_authorities 设为 PEM 文件，内含为上级节点颁发证书的机构"
            )
        )
    }
}
