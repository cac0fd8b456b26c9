import ResolutionProtocol

@testable import Resolution

/// The template that tests go by: a pump with a serial number of 2 to 4 characters, a maker, and perhaps a note.
enum Pump {
    static let prefix = Array("88.118.8".utf8)

    static func json(_ state: String = "published", note: String = #""required": false"#) -> String {
        #"""
        {"prefix": "88.118.8", "version": "泵-1", "state": "\#(state)", "type": 2, "description": "水泵",
         "industryCategory": "C", "industrySpecific": "34", "industryTrade": "344", "industrySubclass": "3441",
         "items": [
          {"name": "备注", "idType": "note", "idIndex": 2002, \#(note)},
          {"name": "编号", "idType": "serial", "idIndex": 2000, "required": true, "state": 1,
           "metadata": {"type": "string", "minLength": 2, "maxLength": 4}},
          {"name": "厂家", "idType": "maker", "idIndex": 2001, "required": true}
         ]}
        """#
    }

    static func template() throws -> DataTemplate { try DataTemplate(json: Array(json().utf8), prefix: prefix) }

    static func identifier() throws -> [UInt8] {
        try TemplateName.identifier(prefix: prefix, version: template().version)
    }

    static func values(serial: String = "42", maker: HandleValue = .text(2001, "maker", "汉江泵业")) -> [HandleValue] {
        [.text(2000, "serial", serial), maker]
    }

    /// The value that names the template.
    static func named() throws -> HandleValue { ReservedValues.identifier(try identifier()) }
}

extension JSONTree {
    /// The document on one line; for texts that need no escapes.
    var compact: [UInt8] { Array(text.utf8) }

    private var text: String {
        switch self {
        case .string(let text): "\"\(text)\""
        case .word(let word): word
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
        case .object(let members): "{" + members.map { "\"\($0.name)\":\($0.value.text)" }.joined(separator: ",") + "}"
        }
    }
}
