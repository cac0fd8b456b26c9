/// The few colours our programs use, by the terminal's own palette (ECMA-48 SGR).
package enum Colour: UInt8, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
}
