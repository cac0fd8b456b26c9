/// A value's data as its JSON form shows it (data-model.md §9): decoded where its type says how, else text or base64.
package enum ValueDataForm {
    /// Plain text.
    case string([UInt8])
    /// Other bytes.
    case base64([UInt8])
    /// `HS_ADMIN`.
    case admin(AdminRecord)
    /// `HS_VLIST`.
    case valueList(ValueList)
    /// `HS_SITE` and its relatives.
    case site(SiteInfo)
    /// `HS_PUBKEY` with a key that has a JSON form.
    case key(PublicKeyRecord)

    /// The form of `data` of a value of `type`; data that is not what the type promises is text or base64.
    package init(type: [UInt8], data: [UInt8]) {
        self = Self.typed(ASCIIFolding.uppercased(type), data) ?? (Self.isPlain(data) ? .string(data) : .base64(data))
    }

    private static func typed(_ type: [UInt8], _ data: [UInt8]) -> ValueDataForm? {
        switch type {
        case ValueType.admin: (try? AdminRecord(wire: data)).map { .admin($0) }
        case ValueType.valueList: (try? ValueList(wire: data)).map { .valueList($0) }
        case ValueType.site, ValueType.siteIPv6, ValueType.sitePrefix, ValueType.prefixDelegate:
            (try? SiteInfo(wire: data)).map { .site($0) }
        case ValueType.publicKey: key(data)
        default: nil
        }
    }

    private static func key(_ data: [UInt8]) -> ValueDataForm? {
        switch try? PublicKeyRecord(wire: data) {
        case .rsa(let exponent, let modulus, let hasTrailer):
            .key(.rsa(exponent: exponent, modulus: modulus, hasTrailer: hasTrailer))
        case .dsa(let q, let p, let g, let y): .key(.dsa(q: q, p: p, g: g, y: y))
        default: nil
        }
    }

    /// Valid UTF-8 without the control bytes of data-model.md §9.
    package static func isPlain(_ data: [UInt8]) -> Bool {
        let hasControl = data.contains { $0 <= 0x08 || (0x14...0x1F).contains($0) || $0 == 0x7F }
        return !hasControl && String(validating: data, as: UTF8.self) != nil
    }
}
