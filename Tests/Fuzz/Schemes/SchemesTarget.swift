import Resolution
import ResolutionProtocol

/// Any text, with and without a default prefix, a homed prefix and a word about its kind.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let manner = input.uint8()
    var settings = RecognitionSettings()
    if manner & 1 != 0 { settings.defaultPrefix = Array("88.118.8".utf8) }
    if manner & 2 != 0 { settings.homedPrefixes = [Array("88.118.9".utf8)] }
    if manner & 4 != 0 { settings.codingType = CodingType.allCases[input.below(CodingType.allCases.count)] }
    let typed = input.remainder()
    let found = Recognition(typed, settings)
    claim(found.typed == typed, "what was typed is another")
    claim(found.notes.allSatisfy { (0...typed.count).contains($0.place) }, "a note is about nothing")
    claim(found.notes.allSatisfy { $0.code.utf8.count == 12 && !$0.description.isEmpty }, "a note says nothing")
    claim(typed.isEmpty || !found.canonical.isEmpty, "something is nothing")
    claim(found.scheme != .unknown || found.route == .none && !found.notes.isEmpty, "unknown without a reason")
    claim(found.notes.count <= 2 * typed.count + 8, "too many notes")
    claimCanonical(found, settings)
}

/// What a Handle was recognised as is a Handle again behind `hdl:`, byte for byte.
private func claimCanonical(_ found: Recognition, _ settings: RecognitionSettings) {
    guard found.scheme.isOfHandleProtocol, found.canonical.count < 2_048 else { return }
    let literal =
        Array("hdl:".utf8) + found.canonical.flatMap { [UInt8(ascii: "%")] + HexadecimalText.lowercased([$0]) }
    var plain = settings
    plain.codingType = nil
    let again = Recognition(literal, plain)
    // An address inside, or an identifier marked by its own form, is read on.
    guard again.notes.count == 1 else { return }
    claim(again.canonical == found.canonical, "a Handle is another when it is asked for as it stands")
}
