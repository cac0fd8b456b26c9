/// Scalars that a terminal acts upon, or that deceive the eye: they are never shown as they are.
enum HiddenScalar {
    /// Whether `scalar` is a control character, a line separator, a bidirectional control, or has no width and no
    /// shape.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F: true  // C0, DEL, C1
        case 0xAD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0: true
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true  // zero width, separators, bidirectional
        case 0xFEFF, 0xFFF0...0xFFFB: true
        case 0xE0000...0xE0FFF: true  // tags and further variation selectors
        default: false
        }
    }
}
