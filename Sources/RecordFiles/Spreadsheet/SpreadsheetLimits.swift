/// Bounds of what a spreadsheet may hold. Memory stays below 200 MiB at all of them.
package enum SpreadsheetLimits {
    /// Most expanded bytes of one part, and most text that all cells of a sheet make: 4 GiB.
    static let expandedByteCountMax = 4 << 30
    /// How many times larger than in the archive a part may get. Sheets come to 10 to 40 times, deflate ends at 1,032.
    package static let expansionMax = 200
    /// Below this a part may expand by any factor: 1 MiB.
    static let expansionFreeByteCount = 1 << 20
    /// Most cells of a sheet that hold something.
    static let cellCountMax = 50_000_000
    /// Most bytes of all shared texts together: 64 MiB.
    package static let sharedByteCountMax = 64 << 20
    /// Most shared texts.
    static let sharedCountMax = 8 << 20
    /// Most files in the archive.
    static let entryCountMax = 65_535
    /// Most sheets, relations or cell formats of a workbook.
    static let listCountMax = 65_536
    /// Deepest nesting of elements.
    static let depthMax = 64
    /// Longest tag, comment or other token of XML, in bytes: 4 MiB. Text comes in pieces.
    static let tokenByteCountMax = 4 << 20
}
