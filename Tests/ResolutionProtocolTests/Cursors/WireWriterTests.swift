import ResolutionProtocol
import Testing

@Suite struct WireWriterTests {
    @Test func itGrowsToItsMostAndNoFurther() {
        var writer = WireWriter(capacity: 16, byteCountMax: 40)
        for byte in 0..<40 as Range<UInt8> { writer.uint8(byte) }
        expectBytes(writer, Array(0..<40))
        expectOverflow(writer, false)
        writer.uint8(40)
        expectBytes(writer, Array(0..<40))
        expectOverflow(writer, true)
    }

    @Test func whatDoesNotFitIsNotWrittenInPartAndNothingFollowsIt() {
        var writer = WireWriter(capacity: 16, byteCountMax: 20)
        writer.bytes([UInt8](repeating: 1, count: 18))
        writer.uint32(7)
        writer.uint8(9)
        writer.uppercased([0x61].span.bytes)
        expectBytes(writer, [UInt8](repeating: 1, count: 18))
        expectOverflow(writer, true)
    }

    @Test func truncatingForgetsAnOverflow() {
        var writer = WireWriter(capacity: 16, byteCountMax: 16)
        writer.bytes(Array(0..<16))
        writer.uint8(1)
        writer.truncate(to: 17)  // beyond what was written: nothing happens
        writer.truncate(to: -1)
        expectOverflow(writer, true)
        writer.truncate(to: 3)
        expectBytes(writer, [0, 1, 2])
        expectOverflow(writer, false)
        writer.uint8(9)
        expectBytes(writer, [0, 1, 2, 9])
        writer.removeAll()
        expectBytes(writer, [])
    }

    @Test func removingTheFirstMovesTheRestToTheFront() {
        var writer = WireWriter(capacity: 16)
        writer.bytes(Array(0..<100))
        writer.removeFirst(60)
        expectBytes(writer, Array(60..<100))
        writer.removeFirst(-5)
        expectBytes(writer, Array(60..<100))
        writer.uint8(1)
        writer.removeFirst(0)
        expectBytes(writer, Array(60..<100) + [1])
        writer.removeFirst(1_000)
        expectBytes(writer, [])
    }

    @Test func shrinkingKeepsWhatIsWritten() {
        var writer = WireWriter(capacity: 16)
        let long = [UInt8](repeating: 5, count: 10_000)
        writer.bytes(long)
        writer.shrink(toCapacity: 100)
        expectBytes(writer, long)
        writer.truncate(to: 10)
        writer.shrink(toCapacity: 0)
        expectBytes(writer, Array(long[..<10]))
        writer.bytes(long)
        expectBytes(writer, Array(long[..<10]) + long)
    }

    @Test func overwritingTouchesOnlyWhatIsWritten() {
        var writer = WireWriter(capacity: 16)
        writer.bytes([1, 2, 3, 4, 5])
        writer.overwriteUInt32(0xAABB_CCDD, at: 2)
        writer.overwriteUInt32(0xAABB_CCDD, at: -1)
        expectBytes(writer, [1, 2, 3, 4, 5])
        writer.overwriteUInt32(0xAABB_CCDD, at: 1)
        expectBytes(writer, [1, 0xAA, 0xBB, 0xCC, 0xDD])
    }

    @Test func itWritesWhatAnArrayWouldHold() {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<50 {
            var writer = WireWriter(capacity: random.below(64))
            var model: [UInt8] = []
            for _ in 0..<100 { Self.step(&writer, &model, &random) }
            expectBytes(writer, model)
        }
    }

    private static func step(_ writer: inout WireWriter, _ model: inout [UInt8], _ random: inout SeededRandom) {
        let chunk = random.someBytes(upTo: 40)
        switch random.below(5) {
        case 0:
            writer.lengthPrefixedBytes(chunk)
            model += UInt32(chunk.count).wire + chunk
        case 1:
            writer.uppercased(chunk.span.bytes)
            model += ASCIIFolding.uppercased(chunk)
        case 2:
            writer.removeFirst(chunk.count)
            model.removeFirst(min(chunk.count, model.count))
        case 3:
            writer.uint16(0x0102)
            model += [1, 2]
        default:
            writer.bytes(chunk)
            model += chunk
        }
    }

    // #expect takes no noncopyable value: these hand it the fields.

    private func expectBytes(
        _ writer: borrowing WireWriter,
        _ wanted: [UInt8],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let (bytes, count) = ([UInt8](writer.bytes), writer.count)
        #expect(bytes == wanted, sourceLocation: sourceLocation)
        #expect(count == wanted.count, sourceLocation: sourceLocation)
    }

    private func expectOverflow(
        _ writer: borrowing WireWriter,
        _ wanted: Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let hasOverflowed = writer.hasOverflowed
        #expect(hasOverflowed == wanted, sourceLocation: sourceLocation)
    }
}
