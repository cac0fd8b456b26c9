internal import ArgumentParser
internal import RecordFiles
internal import ResolutionProtocol

/// An encoding on the command line.
struct EncodingOption: ExpressibleByArgument {
    let encoding: TextEncoding

    /// In any ASCII case; `utf8`, `gbk` and `gb2312` are known too.
    init?(argument: String) {
        switch ASCIIFolding.uppercased(argument) {
        case "UTF-8", "UTF8": encoding = .utf8
        case "GB18030", "GBK", "GB2312": encoding = .gb18030
        default: return nil
        }
    }

    static var allValueStrings: [String] { TextEncoding.allCases.map(\.rawValue) }
}
