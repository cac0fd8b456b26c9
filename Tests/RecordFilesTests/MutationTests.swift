import RecordFiles
import Testing

@Suite struct MutationTests {
    /// Good rows with an own mark each; one row between them is mutated. Whatever it becomes, all others must come out,
    /// and nothing may trap.
    @Test("B4: random damage to one row leaves the others intact", arguments: RecordFormat.text)
    func damage(format: RecordFormat) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        let header = format == .csv ? ["identifier,1:URL,2:DESC,2000:maker"] : []
        var readCount = 0
        let lines = (0..<12).map { Self.line($0, format) }
        for round in 0..<3_000 {
            var damaged = Array(lines[5].utf8)
            for _ in 0...Int.random(in: 0...3, using: &generator) { Self.mutate(&damaged, &generator) }
            var input: [UInt8] = []
            for line in header + lines[..<5] { input += Array(line.utf8) + [0x0A] }
            input += damaged + [0x0A]
            for line in lines[6...] { input += Array(line.utf8) + [0x0A] }
            let block = [1, 13, 64, 1 << 18].randomElement(using: &generator) ?? 1
            // Damage to a Chinese letter can make the first block look like another encoding: refused as a whole.
            guard let read = try? ReadAll(input, format, blockByteCount: block) else { continue }
            readCount += 1
            let found = Set(read.identifiers)
            for number in [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11] {
                let isThere = found.contains("88.118/\(number)")
                #expect(
                    isThere,
                    "seed \(seed) round \(round): row \(number) after \(String(decoding: damaged, as: UTF8.self))"
                )
            }
            #expect(read.rowCount == read.records.count + read.errors.count)
        }
        #expect(readCount > 1_500, "seed \(seed)")
    }

    @Test("Random bytes never trap, and every row is a record or an error", arguments: RecordFormat.text)
    func noise(format: RecordFormat) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(state: seed)
        let alphabet = Array("\"\",,\n\r{}[]:\\u0\u{0}aé1- ".utf8) + [0xFF, 0xE4]
        let headers =
            format == .csv
            ? ["identifier,1:A,2:B\n", "identifier,index,type,data,format,ttl,permissions,timestamp,references\n"]
            : format == .batchText ? ["CREATE a/1\n1 URL 86400 1110 ", "CREATE a/1\n1 "] : ["", ""]
        for round in 0..<5_000 {
            let header = headers[round % 2]
            let noise = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            guard let read = try? ReadAll(Array(header.utf8) + noise, format, blockByteCount: 1 + round % 50) else {
                continue
            }
            let inRecords = read.rowCount - read.rejections.map(\.rowCount).reduce(0, +)
            #expect(inRecords >= read.records.count, "seed \(seed) round \(round)")
            #expect(read.rejectedRowCount == read.rowCount - inRecords, "seed \(seed) round \(round)")
            // The size of the pieces changes nothing.
            let whole = try ReadAll(Array(header.utf8) + noise, format)
            #expect(whole.records == read.records && whole.errors == read.errors, "seed \(seed) round \(round)")
        }
    }

    private static func line(_ number: Int, _ format: RecordFormat) -> String {
        switch format {
        case .csv: return "88.118/\(number),\"https://a.example/\(number)\",\"泵, \"\"\(number)\"\"\",制造商"
        case .jsonLines:
            return
                #"{"identifier":"88.118/\#(number)","values":[{"index":1,"type":"URL","data":"泵 \"\#(number)\"","ttl":60}]}"#
        case .spreadsheet: return ""
        case .batchText:
            return "CREATE 88.118/\(number)\n1 URL 86400 1110 UTF8 泵 \(number)\n2 DESC 60 1100 BASE64 AP8=\n"
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let position = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &generator)
        let special = Array("\",\n\\{}[]:".utf8) + [0, 0x0D, 0xFF]
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where !bytes.isEmpty: bytes.remove(at: position)
        case 1 where !bytes.isEmpty: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 2 where !bytes.isEmpty: bytes.removeLast(bytes.count - position)
        default: bytes.insert(special.randomElement(using: &generator) ?? 0, at: position)
        }
    }
}
