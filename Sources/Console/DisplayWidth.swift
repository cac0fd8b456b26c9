/// How many cells of a terminal a text takes: Chinese and emoji two, combining marks none.
///
/// By Unicode Standard Annex #11 (East Asian Width); ambiguous characters count as one, as UTF-8 terminals show them.
package enum DisplayWidth {
    /// Cells taken by `text`, which should be safe already: control characters count as none.
    package static func cells(of text: String) -> Int {
        text.reduce(0) { $0 + cells(of: $1) }
    }

    /// The longest beginning of `text` that takes at most `cellCount` cells; where text is cut, its last cell is `…`.
    package static func cut(_ text: String, toCells cellCount: Int) -> String {
        guard cells(of: text) > cellCount else { return text }
        guard cellCount > 0 else { return "" }
        var kept = ""
        var used = 1
        for character in text {
            used += cells(of: character)
            guard used <= cellCount else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    private static func cells(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        guard let first = scalars.first else { return 0 }
        if scalars.count == 1 { return cells(of: first) }
        let isDrawnAsEmoji = scalars.contains { $0 == "\u{FE0F}" }
        if first.properties.isEmojiPresentation || (isDrawnAsEmoji && first.properties.isEmoji) { return 2 }
        return scalars.reduce(0) { $0 + cells(of: $1) }
    }

    private static func cells(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20...0x7E: return 1
        case 0..<0x20, 0x7F..<0xA0: return 0
        case 0x1160...0x11FF: return 0  // Hangul vowels and finals join the syllable before them.
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isEmojiPresentation { return true }
        return wideRanges.contains { $0.contains(scalar.value) }
    }

    /// Wide and full-width characters that are not emoji, by East Asian Width of Unicode 14 (unassigned ones between
    /// them too).
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x4E00...0xA4C6, 0x3250...0x4DBF, 0x3041...0x3247, 0x2E80...0x303E, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE6B, 0x1100...0x115F, 0xA960...0xA97C, 0x2329...0x232A,
        0x16FE0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
