import Glibc
import ResolutionProtocol

/// A readable script of what a node holds, what it is asked, and what it must answer; see Scenarios/README.md.
struct Scenario: Sendable {
    /// One question and what its answer must be.
    struct Step: Sendable {
        var line: Int
        /// nil: over every transport.
        var carrier: NodeAsker.Carrier?
        var request: Message
        var expectations: [Expected] = []
    }

    /// A claim about an answer, with the line that makes it.
    struct Expected: Sendable {
        var line: Int
        var claim: ScenarioClaim
    }

    var file: String
    var homed: [String] = []
    var delegated: [String] = []
    var records: [(name: [UInt8], values: [HandleValue])] = []
    var settings: [(key: String, value: String)] = []
    var steps: [Step] = []

    /// Every `.scenario` file of the folder, by name.
    static func all() throws -> [String] {
        let folder = #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Scenarios"
        guard let directory = opendir(folder) else { throw NodeFailure("no folder \(folder)") }
        defer { closedir(directory) }
        var paths: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".scenario") { paths.append("\(folder)/\(name)") }
        }
        return paths.sorted()
    }

    /// Reads the script at `path`; an error names the line.
    init(path: String) throws {
        try self.init(try TestFile.text(path), file: String(path.split(separator: "/").last ?? ""))
    }

    init(_ text: String, file: String) throws {
        self.file = file
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            do {
                var words = try ScenarioWords(line)
                guard !words.isEmpty else { continue }
                try read(&words, line: index + 1)
                guard words.isEmpty else { throw NodeFailure("too many words: \(try words.text(""))") }
            } catch {
                throw NodeFailure("\(file):\(index + 1): \(error)")
            }
        }
        for step in steps where step.expectations.isEmpty {
            throw NodeFailure("\(file):\(step.line): nothing is expected of the answer")
        }
    }

    private mutating func read(_ words: inout ScenarioWords, line: Int) throws {
        switch try words.text("a command") {
        case "homed": homed.append(try words.text("a prefix"))
        case "delegated": delegated.append(try words.text("a prefix"))
        case "set": settings.append((key: try words.text("a key"), value: try words.text("a value")))
        case "have":
            var record = (name: try words.bytes("an identifier"), values: [HandleValue]())
            while !words.isEmpty { record.values.append(try Self.value(try words.bytes("a value"))) }
            records.append(record)
        case "ask": steps.append(try ScenarioQuestion.step(&words, line: line))
        case "expect":
            guard !steps.isEmpty else { throw NodeFailure("nothing has been asked") }
            let claim = try ScenarioClaim(&words)
            steps[steps.count - 1].expectations.append(Expected(line: line, claim: claim))
        case let other: throw NodeFailure("unknown command \(other)")
        }
    }

    /// `INDEX:TYPE=DATA` or `INDEX:TYPE:1110=DATA`, the digits being permissions.
    private static func value(_ word: [UInt8]) throws -> HandleValue {
        let sides = word.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let head = sides[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard sides.count == 2, (2...3).contains(head.count),
            let index = UInt32(String(decoding: head[0], as: UTF8.self))
        else { throw NodeFailure("a value is INDEX:TYPE=DATA or INDEX:TYPE:1110=DATA") }
        var value = HandleValue(index: index, type: Array(head[1]), data: Array(sides[1]))
        if head.count == 3 {
            let digits = String(decoding: head[2], as: UTF8.self)
            guard digits.utf8.count == 4, let bits = UInt8(digits, radix: 2) else {
                throw NodeFailure("permissions are four digits 0 or 1, not \(digits)")
            }
            value.permissions = ValuePermissions(rawValue: bits)
        }
        guard head.count == 2 || value.permissions.digits == String(decoding: head[2], as: UTF8.self) else {
            throw NodeFailure("permissions in another order than \(value.permissions.digits)")
        }
        return value
    }
}
