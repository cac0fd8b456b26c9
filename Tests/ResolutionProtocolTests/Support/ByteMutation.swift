/// Small damage to bytes, as a hostile peer or a bad line would do it.
enum ByteMutation {
    static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0...random.below(3) where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(7) {
            case 0: bytes[place] ^= 1 << UInt8(random.below(8))
            case 1: bytes[place] = random.number()
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
            case 3: bytes.insert(contentsOf: random.someBytes(upTo: 8), at: place)
            case 4: bytes.removeLast(bytes.count - place)
            case 5 where bytes.count - place >= 4:
                bytes = bytes.settingBigEndianUInt32(lengths[random.below(lengths.count)], at: place)
            default:
                let source = random.below(bytes.count)
                bytes.insert(contentsOf: bytes[source..<min(bytes.count, source + 16)], at: place)
            }
        }
    }

    private static let lengths: [UInt32] = [0, 1, 2, 4, 16, 255, 0x10_0000, 0x10_0001, 0x7FFF_FFFF, 0x8000_0000, .max]
}
