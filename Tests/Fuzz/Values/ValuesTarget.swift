import Resolution
import ResolutionProtocol

/// Values, the data of every type that the protocol knows, records as they are stored, and identifiers.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let choice = input.uint8()
    let bytes = input.remainder()
    // The high numbers came later: what is kept goes on meaning what it meant.
    switch choice < 240 ? choice % 16 : 16 {
    case 0: claimStable(HandleValue.self, bytes)
    case 1: claimStable(SiteInfo.self, bytes)
    case 2: claimStable(AdminRecord.self, bytes)
    case 3: claimStable(ValueList.self, bytes)
    case 4: claimStable(PublicKeyRecord.self, bytes)
    case 5: claimStable(PrivateKeyRecord.self, bytes)
    case 6: claimStable(PrivateKeyFile.self, bytes)
    case 7: claimStable(PasswordEncryption.self, bytes)
    case 8: claimStable(ValueReference.self, bytes)
    case 9: claimStable(SiteServer.self, bytes)
    case 10: claimStable(ServerInterface.self, bytes)
    case 11: claimStable(SiteAttribute.self, bytes)
    case 12: claimDescriptionReadAlike(bytes)
    case 13: claimStoredRecord(bytes)
    case 14: claimSelection(bytes)
    case 15: claimIdentifier(bytes)
    default: claimTemplate(bytes)
    }
}

/// A template that is taken is the same when it is written and read, and complies with its own rules of evolution.
private func claimTemplate(_ bytes: [UInt8]) {
    guard let template = try? DataTemplate(json: bytes, prefix: nil) else { return }
    let prefix = Array("88.118.8".utf8)
    let text = jsonText(template.json(prefix: prefix))
    guard text.count <= DataTemplate.byteCountMax else { return }
    claim((try? DataTemplate(json: text, prefix: prefix)) == template, "a template is another when written")
    claim(template.evolutionFaults(from: template).isEmpty, "a template cannot become what it is")
    claim(!template.mayBreak(whatCompliedWith: template), "a template is stricter than itself")
    claim(template.violations(in: []).count <= template.items.count, "more is missing than there are items")
    claim(template.items.allSatisfy { template.item(at: $0.index) == $0 }, "an item is not found by its index")
}

private func jsonText(_ tree: JSONTree) -> [UInt8] {
    switch tree {
    case .word(let word): Array(word.utf8)
    case .string(let text): [0x22] + text.utf8.flatMap { byte in escaped(byte) } + [0x22]
    case .array(let elements): [0x5B] + Array(elements.map(jsonText).joined(separator: [0x2C])) + [0x5D]
    case .object(let members):
        [0x7B]
            + Array(members.map { jsonText(.string($0.name)) + [0x3A] + jsonText($0.value) }.joined(separator: [0x2C]))
            + [0x7D]
    }
}

private func escaped(_ byte: UInt8) -> [UInt8] {
    guard byte == 0x22 || byte == 0x5C || byte < 0x20 else { return [byte] }
    let digits = String(byte, radix: 16)
    return Array("\\u00\(digits.count < 2 ? "0" : "")\(digits)".utf8)
}

/// XML has no writer here: the same bytes give the same description with blanks and a comment in front of them.
private func claimDescriptionReadAlike(_ bytes: [UInt8]) {
    // Text before the root element, which is no XML, is passed over unread only at the very beginning.
    guard bytes.first == UInt8(ascii: "<"), let description = try? NamespaceDescription(xml: bytes) else { return }
    claim((try? NamespaceDescription(xml: Array("<!-- --> \n".utf8) + bytes)) == description, "a comment counts")
}

private func claimStoredRecord(_ bytes: [UInt8]) {
    guard let record = try? StoredRecordView(bytes.span.bytes), let values = try? record.decodedValues() else { return }
    claim(values.count == record.valueCount, "another number of values")
    let name = [UInt8](record.name)
    var writer = WireWriter(capacity: 64)
    StoredRecord.write(name: name, key: [], sequence: record.sequence, values: values, to: &writer)
    let wire = [UInt8](writer.bytes)
    guard let again = try? StoredRecordView(wire.span.bytes), let decoded = try? again.decodedValues() else {
        return claim(false, "a stored record cannot be read again")
    }
    claim(again.sequence == record.sequence && [UInt8](again.name) == name, "another record is written")
    claim(decoded == values, "other values are written")
}

/// Selecting values never reads behind a type, and all that has no selection is everything.
private func claimSelection(_ bytes: [UInt8]) {
    let half = bytes.count / 2
    let (asked, type) = (Array(bytes[..<half]), Array(bytes[half...]))
    let isSelected = ValueType.selects(asked.span.bytes, type.span.bytes)
    if ASCIIFolding.uppercased(asked) == ASCIIFolding.uppercased(type), asked.last != UInt8(ascii: "."), half > 0 {
        claim(isSelected, "a type does not select itself")
    }
}

private func claimIdentifier(_ bytes: [UInt8]) {
    guard let identifier = try? Identifier(bytes) else { return }
    claim(String(validating: bytes, as: UTF8.self) != nil, "an identifier is not UTF-8")
    claim(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "an identifier holds a control character")
    for isSuffixCaseSensitive in [false, true] {
        let key = IdentifierFolding(isSuffixCaseSensitive: isSuffixCaseSensitive).key(of: identifier.bytes)
        let again = IdentifierFolding(isSuffixCaseSensitive: isSuffixCaseSensitive).key(of: key)
        claim(again == key, "a folded identifier folds further")
    }
}
