/// The few colours our programs use, by the terminal's own palette (ECMA-48 SGR).
package enum Colour: UInt8, Sendable {
    /// Failed, wrong.
    case red = 31
    /// Done, right.
    case green = 32
    /// To be looked at.
    case yellow = 33
    /// Names and headings.
    case cyan = 36
}
