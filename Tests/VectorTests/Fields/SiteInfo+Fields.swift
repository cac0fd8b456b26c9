import ResolutionProtocol
import VectorFiles

extension SiteInfo {
    init(fields: JSONValue) throws {
        self.init(
            protocolVersion: ProtocolVersion(try fields.number("majorVersion"), try fields.number("minorVersion")),
            serialNumber: try fields.number("serialNumber"),
            isPrimary: try fields.bool("primary"),
            isMultiPrimary: try fields.bool("multiPrimary"),
            hashOption: HashOption(rawValue: try fields.number("hashOption")),
            hashFilter: try fields.octets("hashFilterHex"),
            attributes: try fields.array("attributes").map {
                SiteAttribute(name: try $0.text("name"), value: try $0.text("value"))
            },
            servers: try fields.array("servers").map(SiteServer.init(fields:))
        )
        dataFormatVersion = try fields.number("dataFormatVersion")
    }

    var fields: JSONValue {
        .object([
            "dataFormatVersion": .number(dataFormatVersion), "majorVersion": .number(protocolVersion.major),
            "minorVersion": .number(protocolVersion.minor), "serialNumber": .number(serialNumber),
            "primary": .bool(isPrimary), "multiPrimary": .bool(isMultiPrimary),
            "hashOption": .number(hashOption.rawValue), "hashFilterHex": .octets(hashFilter),
            "attributes": .array(attributes.map { .object(["name": .text($0.name), "value": .text($0.value)]) }),
            "servers": .array(servers.map(\.fields)),
        ])
    }
}

extension SiteServer {
    fileprivate init(fields: JSONValue) throws {
        self.init(
            serverID: try fields.number("serverId"),
            address: try fields.octets("addressHex"),
            publicKey: try fields.octets("publicKeyHex"),
            interfaces: try fields.array("interfaces").map(ServerInterface.init(fields:))
        )
    }

    fileprivate var fields: JSONValue {
        .object([
            "serverId": .number(serverID), "addressHex": .octets(address),
            "address": .string(IPAddressText.text(address)), "publicKeyHex": .octets(publicKey),
            "interfaces": .array(interfaces.map(\.fields)),
        ])
    }
}

extension ServerInterface {
    fileprivate init(fields: JSONValue) throws {
        self.init(
            kind: Kind(rawValue: try fields.number("type")),
            transport: TransportProtocol(rawValue: try fields.number("protocol")),
            port: try fields.number("port")
        )
    }

    fileprivate var fields: JSONValue {
        .object(["type": .number(kind.rawValue), "protocol": .number(transport.rawValue), "port": .number(port)])
    }
}
