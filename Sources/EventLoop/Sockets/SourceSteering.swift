import Glibc

/// A program for the kernel (classic BPF) that chooses among the UDP sockets sharing an address (SO_REUSEPORT) which
/// one gets a datagram: what comes from certain networks goes to a socket of its own, so that a flood of others neither
/// fills its queue nor stands before it; all others are spread by a hash of the sender's address and port.
package struct SourceSteering: Sendable {
    /// Networks that are told apart; those beyond it are spread like others.
    package static let networkCountMax = 256

    /// One instruction, as in struct sock_filter (linux/filter.h).
    private struct Instruction: BitwiseCopyable {
        var code: UInt16
        var ifTrue: UInt8 = 0
        var ifFalse: UInt8 = 0
        var operand: UInt32
    }

    /// struct sock_fprog
    private struct Program {
        var count: UInt16
        var instructions: UnsafePointer<Instruction>
    }

    /// Operation codes (linux/bpf_common.h).
    private enum Code {
        static let loadWord: UInt16 = 0x20
        static let loadHalf: UInt16 = 0x28
        static let and: UInt16 = 0x54
        static let multiply: UInt16 = 0x24
        static let addX: UInt16 = 0x0C
        static let shiftRight: UInt16 = 0x74
        static let modulo: UInt16 = 0x94
        static let toX: UInt16 = 0x07
        static let jumpIfEqual: UInt16 = 0x15
        static let giveConstant: UInt16 = 0x06
        static let giveA: UInt16 = 0x16
    }

    /// SKF_NET_OFF: offsets from it are from the IP header on.
    private static let network: UInt32 = 0xFFF0_0000
    /// Where an IPv4 header has the source address, and where the port follows a header without options.
    private static let sourceOffset4: UInt32 = 12
    private static let portOffset4: UInt32 = 20
    private static let sourceOffset6: UInt32 = 8
    private static let portOffset6: UInt32 = 40

    private var instructions: [Instruction] = []
    private let isIPv6: Bool

    /// Gives what comes from `networks` to socket number `otherCount`, in the order of binding, and everything else to
    /// the `otherCount` before it.
    package init(isIPv6: Bool, networks: [NetworkPrefix], otherCount: Int) {
        self.isIPv6 = isIPv6
        let place = UInt32(clamping: otherCount)
        for prefix in networks.prefix(Self.networkCountMax) where Self.isIPv4(prefix) != isIPv6 {
            add(prefix, place: place)
        }
        add(Code.loadHalf, Self.network &+ (isIPv6 ? Self.portOffset6 : Self.portOffset4))
        add(Code.toX, 0)
        add(Code.loadWord, Self.network &+ (isIPv6 ? Self.sourceOffset6 + 4 : Self.sourceOffset4))
        // Odd numbers without a pattern; ports that count up by two come out evenly.
        add(Code.multiply, 0x9E37_79B1)
        add(Code.addX, 0)
        add(Code.multiply, 0x85EB_CA6B)
        add(Code.shiftRight, 16)
        add(Code.modulo, max(1, place))
        add(Code.giveA, 0)
    }

    /// Has the kernel go by it for all sockets that share `descriptor`'s address.
    package func attach(to descriptor: Int32) -> Bool {
        instructions.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            var program = Program(count: UInt16(truncatingIfNeeded: buffer.count), instructions: start)
            let byteCount = socklen_t(MemoryLayout<Program>.size)
            return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, byteCount) == 0
        }
    }

    private static func isIPv4(_ prefix: NetworkPrefix) -> Bool {
        prefix.bitCount >= 96 && prefix.high == 0 && prefix.low >> 32 == 0xFFFF
    }

    private mutating func add(_ code: UInt16, _ operand: UInt32) {
        instructions.append(Instruction(code: code, operand: operand))
    }

    /// Compares the source with `prefix`, word by word as far as that goes.
    private mutating func add(_ prefix: NetworkPrefix, place: UInt32) {
        let bitCount = isIPv6 ? Int(prefix.bitCount) : Int(prefix.bitCount) - 96
        let bytes = isIPv6 ? prefix.bytes : Array(prefix.bytes.suffix(4))
        let wordCount = (bitCount + 31) / 32
        for word in 0..<wordCount {
            let value = bytes[(word * 4)..<(word * 4 + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            let kept = min(32, bitCount - word * 32)
            let offset = (isIPv6 ? Self.sourceOffset6 : Self.sourceOffset4) + UInt32(word * 4)
            add(Code.loadWord, Self.network &+ offset)
            add(Code.and, kept == 32 ? .max : ~(UInt32.max >> UInt32(kept)))
            // Past the words that are left, three instructions each, and the end.
            let skipped = UInt8((wordCount - word - 1) * 3 + 1)
            instructions.append(Instruction(code: Code.jumpIfEqual, ifFalse: skipped, operand: value))
        }
        add(Code.giveConstant, place)
    }
}

extension BoundSocket {
    /// Has the kernel go by `steering` for all sockets that share this one's address; false where it cannot.
    package func attach(_ steering: SourceSteering) -> Bool {
        withDescriptor { $0.map(steering.attach) ?? false }
    }
}
