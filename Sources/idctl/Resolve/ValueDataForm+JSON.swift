internal import Console
internal import EventLoop
internal import ResolutionProtocol

extension ValueDataForm {
    /// Writes the object `{"format":…,"value":…}`.
    func write(to json: inout JSONText) {
        json.object { json in
            json.key("format")
            json.string(format)
            json.key("value")
            writeValue(to: &json)
        }
    }

    private var format: String {
        switch self {
        case .string: "string"
        case .base64: "base64"
        case .admin: "admin"
        case .valueList: "vlist"
        case .site: "site"
        case .key: "key"
        }
    }

    private func writeValue(to json: inout JSONText) {
        switch self {
        case .string(let text): json.string(text)
        case .base64(let bytes): json.string(Base64Text.standard(bytes))
        case .admin(let admin): Self.write(admin, to: &json)
        case .valueList(let list):
            json.array { json in
                for reference in list.references { Self.write(reference, to: &json) }
            }
        case .site(let site): Self.write(site, to: &json)
        case .key(let key): Self.write(key, to: &json)
        }
    }

    /// Writes `{"handle":…,"index":…}`.
    static func write(_ reference: ValueReference, to json: inout JSONText) {
        json.object { json in
            json.key("handle")
            json.string(reference.identifier)
            json.key("index")
            json.number(reference.index)
        }
    }

    private static func write(_ admin: AdminRecord, to json: inout JSONText) {
        json.object { json in
            json.key("handle")
            json.string(admin.administrator.identifier)
            json.key("index")
            json.number(admin.administrator.index)
            json.key("permissions")
            json.string(String((0..<12).map { admin.permissions & (0x0800 >> $0) != 0 ? "1" : "0" } as [Character]))
            guard admin.hasLegacyPadding else { return }
            json.key("legacyByteLength")
            json.boolean(true)
        }
    }

    private static func write(_ key: PublicKeyRecord, to json: inout JSONText) {
        func fields(_ kind: String, _ numbers: [(name: String, bytes: [UInt8])]) {
            json.object { json in
                json.key("kty")
                json.string(kind)
                for number in numbers {
                    json.key(number.name)
                    json.string(Base64Text.url(number.bytes))
                }
            }
        }
        switch key {
        case .rsa(let exponent, let modulus, _): fields("RSA", [("n", modulus), ("e", exponent)])
        case .dsa(let q, let p, let g, let y): fields("DSA", [("y", y), ("p", p), ("q", q), ("g", g)])
        case .diffieHellman, .sm2, .sm9, .other: json.null()  // Their form is base64; see `key(_:)`.
        }
    }

    private static func write(_ site: SiteInfo, to json: inout JSONText) {
        json.object { json in
            json.key("version")
            json.number(site.dataFormatVersion)
            json.key("protocolVersion")
            json.string("\(site.protocolVersion)")
            json.key("serialNumber")
            json.number(site.serialNumber)
            json.key("primarySite")
            json.boolean(site.isPrimary)
            json.key("multiPrimary")
            json.boolean(site.isMultiPrimary)
            if site.hashOption != .byAll {
                json.key("hashOption")
                json.number(site.hashOption.rawValue)
            }
            if !site.hashFilter.isEmpty {
                json.key("hashFilter")
                json.string(site.hashFilter)
            }
            json.key("attributes")
            json.array { json in
                for attribute in site.attributes { write(attribute, to: &json) }
            }
            json.key("servers")
            json.array { json in
                for server in site.servers { write(server, to: &json) }
            }
        }
    }

    private static func write(_ attribute: SiteAttribute, to json: inout JSONText) {
        json.object { json in
            json.key("name")
            json.string(attribute.name)
            json.key("value")
            json.string(attribute.value)
        }
    }

    private static func write(_ server: SiteServer, to json: inout JSONText) {
        json.object { json in
            json.key("serverId")
            json.number(server.serverID)
            json.key("address")
            json.string(ServerAddress.text(server.address))
            json.key("publicKey")
            let key = ValueDataForm(type: ValueType.publicKey, data: server.publicKey)
            if case .key = key { key.write(to: &json) } else { ValueDataForm.base64(server.publicKey).write(to: &json) }
            json.key("interfaces")
            json.array { json in
                for interface in server.interfaces { write(interface, to: &json) }
            }
        }
    }

    private static func write(_ interface: ServerInterface, to json: inout JSONText) {
        json.object { json in
            json.key("query")
            json.boolean(interface.kind.rawValue & 2 != 0)
            json.key("admin")
            json.boolean(interface.kind.rawValue & 1 != 0)
            json.key("protocol")
            json.string(ServerAddress.name(of: interface.transport))
            json.key("port")
            json.number(interface.port)
        }
    }
}
