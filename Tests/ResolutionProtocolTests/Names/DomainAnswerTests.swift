import Testing

@testable import ResolutionProtocol

/// Answers of name servers, true and hostile.
@Suite struct DomainAnswerTests {
    private static let name = (DomainName.labels(Array("3088.156.2.1.oid-res.org".utf8)) ?? []) + [0]
    private static let query = DomainQuery.message(about: name, type: DomainQuery.namingAuthorityPointer)
    private static let question = Array(query[10..<(query.count - 11)])

    private static func text(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    private static func pointer(_ order: UInt8, _ service: String, _ rule: String, to name: [UInt8] = [0]) -> [UInt8] {
        [0, order, 0, 10] + text("u") + text(service) + text(rule) + name
    }

    private static func record(_ owner: [UInt8], _ type: UInt8, _ data: [UInt8]) -> [UInt8] {
        owner + [0, type, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 0xFF)] + data
    }

    private static func message(_ records: [[UInt8]], flags: [UInt8] = [0x81, 0x80], count: Int? = nil) -> [UInt8] {
        [0x12, 0x34] + flags + [0, 1, 0, UInt8(count ?? records.count), 0, 0, 0, 0] + question + records.flatMap { $0 }
    }

    private static func answer(_ message: [UInt8]) throws -> DomainAnswer? {
        try DomainAnswer(message, to: query, id: 0x1234)
    }

    @Test func `pointers come in their order, with what their rules say`() throws {
        let records = [
            Self.record([0xC0, 12], 35, Self.pointer(20, "ORS+CINF", "!^.*$!https://cn.example/c.xml!")),
            Self.record([0xC0, 12], 35, Self.pointer(10, "ORS+COID", "!^.*$!1.2.156.3088!")),
            Self.record([0xC0, 12], 1, [192, 0, 2, 1]),
        ]
        let answer = try #require(try Self.answer(Self.message(records)))
        let pointers = answer.pointers(of: Self.name)
        #expect(pointers.map { String(decoding: $0.pointer.services, as: UTF8.self) } == ["ORS+COID", "ORS+CINF"])
        #expect(pointers.first?.pointer.information == Array("1.2.156.3088".utf8))
        #expect(pointers.first?.ttlSeconds == 60)
        #expect(answer.code == 0 && !answer.isCut && !answer.isAuthoritative)
    }

    @Test func `another name is followed, and a circle of them ends`() throws {
        let other = (DomainName.labels(Array("x.example".utf8)) ?? []) + [0]
        let good = Self.message([
            Self.record([0xC0, 12], 5, other), Self.record(other, 35, Self.pointer(1, "ORS+COID", "!.*!y!")),
        ])
        #expect(try #require(try Self.answer(good)).pointers(of: Self.name).count == 1)
        let circle = Self.message([Self.record([0xC0, 12], 5, other), Self.record(other, 5, Self.name)])
        #expect(try #require(try Self.answer(circle)).pointers(of: Self.name).isEmpty)
        let strange = Self.message([Self.record(other, 35, Self.pointer(1, "ORS+COID", "!.*!y!"))])
        #expect(try #require(try Self.answer(strange)).pointers(of: Self.name).isEmpty, "nobody asked for that name")
    }

    @Test func `what is not the answer to the question is passed over`() throws {
        let good = Self.message([])
        #expect(try Self.answer(good) != nil)
        var changed = good
        changed[0] ^= 1
        #expect(try Self.answer(changed) == nil, "another id")
        changed = good
        changed[2] &= 0x7F
        #expect(try Self.answer(changed) == nil, "a question")
        changed = good
        changed[14] ^= 1
        #expect(try Self.answer(changed) == nil, "another name")
        #expect(try Self.answer([0x12]) == nil)
        #expect(
            try Self.answer(Array(good[..<12]).setting(0, at: 5).setting(2, at: 3))?.code == 2,
            "without the question"
        )
        #expect(throws: WireError.self) { try Self.answer(Array(good[..<12]).setting(0, at: 5)) }
    }

    @Test func `letters of either case are the same name`() throws {
        let name = (DomainName.labels(Array("A.example".utf8)) ?? []) + [0]
        let query = DomainQuery.message(about: name, type: 35)
        var message: [UInt8] = [0, 1, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0] + query[10..<(query.count - 11)]
        message[13] ^= 0x20
        #expect(try DomainAnswer(message, to: query, id: 1) != nil)
    }

    @Test(
        arguments: [
            [0xC0, 0xFF], [0xC0], [0xC0, 40 + 2], [0x80, 0], [0x40, 0], [63], [1, 65], [],
        ] as [[UInt8]]
    )
    func `a hostile name is refused: loops, pointers ahead, lengths behind the end`(owner: [UInt8]) {
        #expect(throws: WireError.self) { try Self.answer(Self.message([owner], count: 1)) }
        #expect(throws: WireError.self) { try Self.answer(Self.message([Self.record(owner, 35, [])])) }
    }

    @Test func `a pointer to itself, and a chain of pointers to pointers, end`() {
        let start = UInt8(Self.message([]).count)
        #expect(throws: WireError.self) { try DomainName.read(in: Self.message([[0xC0, start]]), at: Int(start)) }
        // 200 pointers, each to the one before: every hop is another one.
        var chain: [UInt8] = [1, 97, 0]
        for step in 0..<200 {
            let target = step == 0 ? 0 : 3 + 2 * (step - 1)
            chain += [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF)]
        }
        #expect(throws: Never.self) {
            let read = try DomainName.read(in: chain, at: chain.count - 2)
            #expect(read.name == [1, 97, 0] && read.end == chain.count)
        }
        // Each part is a label and a pointer before it: too long a name.
        var long: [UInt8] = [0]
        var last = 0
        for _ in 0..<8 {
            let here = long.count
            long += [50] + [UInt8](repeating: 97, count: 50) + [0xC0 | UInt8(last >> 8), UInt8(last & 0xFF)]
            last = here
        }
        #expect(throws: WireError.lengthOutOfRange) { try DomainName.read(in: long, at: last) }
    }

    @Test func `cut anywhere, an answer is refused or another's`() throws {
        let whole = Self.message([
            Self.record([0xC0, 12], 35, Self.pointer(10, "ORS+COID", "!^.*$!1.2!", to: [1, 120, 0xC0, 12]))
        ])
        #expect(try #require(try Self.answer(whole)).pointers(of: Self.name).count == 1)
        for count in whole.indices {
            let read = Result { try Self.answer(Array(whole[..<count])) }
            if case .success(let answer?) = read { Issue.record("read \(answer) from \(count) bytes") }
        }
        let cut = Self.message([], flags: [0x82, 0], count: 9)
        #expect(try #require(try Self.answer(cut)).isCut, "records of what was cut are not looked for")
    }

    @Test func `data must be as long as the record says`() {
        let data = Self.pointer(10, "ORS+COID", "!^.*$!1.2!")
        for wrong in [data + [0], Array(data.dropLast()), [], Array(data.dropLast(5))] {
            #expect(throws: WireError.self) { try Self.answer(Self.message([Self.record([0xC0, 12], 35, wrong)])) }
        }
    }

    @Test func `rules are carried out only where they take every name`() throws {
        func information(_ rule: String) throws -> [UInt8]? {
            let bytes = Self.message([Self.record([0xC0, 12], 35, Self.pointer(1, "ORS+COID", rule))])
            return try Self.answer(bytes)?.pointers(of: Self.name).first?.pointer.information
        }
        #expect(try information("!^.*$!http://x/!") == Array("http://x/".utf8))
        #expect(try information("/^.*$/1.2/i") == Array("1.2".utf8))
        for rule in ["", "!", "!^.*$!x", "!^(a+)+$!x!", "!^.*$!a\\1!", "!^.*$!x!y!z"] {
            #expect(try information(rule) == nil, "\(rule)")
        }
    }
}

extension [UInt8] {
    fileprivate func setting(_ value: UInt8, at offset: Int) -> [UInt8] {
        var bytes = self
        bytes[offset] = value
        return bytes
    }
}
