extension SiteServer {
    var json: JSONTree {
        .object([
            JSONTree.Member("serverId", .number(serverID)),
            JSONTree.Member("address", .string(ServerAddress.text(address))),
            JSONTree.Member("publicKey", keyForm.json),
            JSONTree.Member("interfaces", .array(interfaces.map(\.json))),
        ])
    }

    init(json: JSONTree) throws(JSONFormError) {
        let text = String(decoding: try json.text("address"), as: UTF8.self)
        guard let address = ServerAddress.bytes(text) else { throw .invalid("address") }
        self.init(
            serverID: try json.number("serverId"),
            address: address,
            publicKey: json.member("publicKey") == nil
                ? [] : try ValueDataForm(json: try json.required("publicKey")).data,
            interfaces: try json.list("interfaces") { json throws(JSONFormError) in try ServerInterface(json: json) }
        )
    }

    /// A key that is none is base64, never text.
    private var keyForm: ValueDataForm {
        let form = ValueDataForm(type: ValueType.publicKey, data: publicKey)
        if case .key = form { return form }
        return .base64(publicKey)
    }
}

extension ServerInterface {
    fileprivate var json: JSONTree {
        .object([
            JSONTree.Member("query", .boolean(kind.rawValue & Kind.query.rawValue != 0)),
            JSONTree.Member("admin", .boolean(kind.rawValue & Kind.admin.rawValue != 0)),
            JSONTree.Member("protocol", .string(ServerAddress.name(of: transport))),
            JSONTree.Member("port", .number(port)),
        ])
    }

    fileprivate init(json: JSONTree) throws(JSONFormError) {
        guard let transport = ServerAddress.transport(named: try json.text("protocol")) else {
            throw .invalid("protocol")
        }
        let query = try json.flag("query") ? Kind.query.rawValue : 0
        let admin = try json.flag("admin") ? Kind.admin.rawValue : 0
        self.init(kind: Kind(rawValue: query | admin), transport: transport, port: try json.number("port"))
    }
}
