public import ResolutionProtocol

/// Rows for loads, the same in each process.
public enum LoadModel {
    /// Name of row `number`.
    public static func name(_ number: Int) -> [UInt8] {
        let digits = String(number)
        return Array("88.118.8/".utf8) + Array(repeating: UInt8(ascii: "0"), count: max(0, 18 - digits.count))
            + Array(digits.utf8)
    }

    /// Values of row `number`: 284 bytes with their count in wire form.
    public static func values(_ number: Int) -> [HandleValue] {
        var random = SplitMix(seed: UInt64(number))
        let serial = String(random.next(), radix: 16) + String(random.next(), radix: 16)
        func value(_ index: UInt32, _ type: String, _ data: String) -> HandleValue {
            HandleValue(index: index, timestamp: 1_700_000_000, type: Array(type.utf8), data: Array(data.utf8))
        }
        let url = "https://id.example.cn/88.118.8/\(number)?s=" + String(serial.prefix(20))
        let product = "{\"product\":\"P-\(number % 1_000)\",\"batch\":\"\(serial.prefix(16))\"}"
        var values = [
            value(1, "URL", url), value(2_000, "PRODUCT", product), value(2_001, "MAKER", "Example \(number % 97)"),
        ]
        let used = values.reduce(4) { $0 + $1.wire.count }
        let rest = max(1, 284 - used - 26 - 4)
        values.append(value(2_002, "NOTE", String((String(repeating: serial, count: 8)).prefix(rest))))
        return values
    }
}
