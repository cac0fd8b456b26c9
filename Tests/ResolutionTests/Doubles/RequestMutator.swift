import Resolution
import ResolutionProtocol

/// Requests at random, most of them nearly right: what a fuzzer sends.
struct RequestMutator {
    /// What a secret key holds in the registry of `node()`; it must never be seen in an answer.
    static let secret = Array("-the secret-".utf8)

    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A node with records of all kinds, some of them broken.
    func node() -> TestNode {
        let node = Registry.node()
        node.store.isRecording = false
        node.store.put(
            "88.118.8/S",
            [Registry.url, Registry.value(2, "HS_SECKEY", String(decoding: Self.secret, as: UTF8.self))]
        )
        node.store.put("88.118.8/L", [HandleValue(index: 1, type: [84], data: [UInt8](repeating: 9, count: 20_000))])
        // Not marked as all public, so its values are read one by one; a marked one is copied as the store vouches for
        // it.
        node.store.put(key: Array("88.118.8/CUT".utf8), record: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0])
        node.store.setStatus(.damaged, of: "88.118.8/D")
        node.store.setStatus(.unavailable, of: "88.118.8/U")
        return node
    }

    private static let identifiers = [
        Registry.item, "88.118.8/S", "88.118.8/L", "88.118.8/CUT", "88.118.8/D", "88.118.8/U", "88.118.8/none",
        "88.118.8", "0.NA/88.118.8", "88.118.7/x", "88.118.7", "0.NA/88.118.7.1", "88.118.6/x", "0.NA/88.118.6.1",
        "88.118.5/x", "0.NA/88.118.5.1", "99/x", "0", "", "/", "88.118.8/",
    ]
    private static let types = ["URL", "HS_SITE.", "HS_SECKEY", "hs_seckey.", "", "DESC", "."]
    private static let operations: [UInt32] = [0, 2, 3, 100, 200, 201, 400, 999, 2_001, .max]
    private static let lengths: [UInt32] = [
        0, 1, 2, 3, 4, 19, 20, 24, 2_048, 2_049, 262_144, 262_145, 1_048_576, 0x7FFF_FFFF, 0x8000_0000, .max,
    ]

    /// A request as a client could have sent it.
    mutating func request() -> [UInt8] {
        let identifier = Self.identifiers[random.below(Self.identifiers.count)]
        let version = random.below(4) == 0 ? ProtocolVersion(2, UInt8(random.below(12))) : .newest
        var message = Message.resolve(
            identifier,
            indexes: (0..<random.below(4)).map { _ in UInt32(random.below(6)) },
            types: (0..<random.below(3)).map { _ in Self.types[random.below(Self.types.count)] },
            version: version,
            flags: random.below(4) == 0
                ? OpFlags(rawValue: UInt32(truncatingIfNeeded: random.next())) : .requestDefault,
            requestID: UInt32(truncatingIfNeeded: random.next())
        )
        if random.below(8) == 0 {
            message.header.opCode = OpCode(rawValue: Self.operations[random.below(Self.operations.count)])
            message.body = .bytes(random.bytes(random.below(64)))
        }
        return message.wire
    }

    /// A request with something wrong with it, more often than not.
    mutating func mutated() -> [UInt8] {
        var wire = request()
        for _ in 0..<random.below(4) { mutate(&wire) }
        // The envelope often agrees again, so that what lies deeper is reached.
        if random.below(3) > 0, wire.count >= 20 { put(UInt32(wire.count - 20), at: 16, in: &wire) }
        return wire
    }

    /// 0...`byteCountMax` bytes: noise, a mutated request, or one with a tail.
    mutating func datagram(upTo byteCountMax: Int) -> [UInt8] {
        switch random.below(10) {
        case 0: return random.bytes(random.below(byteCountMax + 1))
        case 1: return random.bytes(random.below(80))
        case 2:
            let wire = mutated()
            return wire + random.bytes(random.below(byteCountMax - wire.count + 1))
        default: return mutated()
        }
    }

    private mutating func mutate(_ wire: inout [UInt8]) {
        guard !wire.isEmpty else { return }
        let place = random.below(wire.count)
        switch random.below(6) {
        case 0: wire[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: wire[place] ^= 1 << UInt8(random.below(8))
        case 2: wire.removeSubrange(place...)
        case 3: wire.insert(contentsOf: random.bytes(1 + random.below(8)), at: place)
        case 4 where place + 4 <= wire.count: put(Self.lengths[random.below(Self.lengths.count)], at: place, in: &wire)
        default: wire.remove(at: place)
        }
    }

    private func put(_ number: UInt32, at offset: Int, in wire: inout [UInt8]) {
        for place in 0..<4 { wire[offset + place] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * place)) }
    }
}
