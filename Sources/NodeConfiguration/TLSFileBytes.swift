/// A PEM file that the configuration names, read whole.
package struct TLSFileBytes: Equatable, Sendable {
    /// Its path, as configured.
    package let path: String
    /// All of it.
    package let bytes: [UInt8]

    /// More than all public authorities together have.
    private static let byteCountMax = 4 << 20

    /// Reads the file that the key `keyPath` names, such as `tls.certificate`.
    package init(path: String, keyPath: String) throws(ConfigurationError) {
        do throws(FileReadError) {
            bytes = try ConfigurationFile.read(path, byteCountMax: Self.byteCountMax)
        } catch {
            throw ConfigurationError([Self.problem(of: error, path: path, keyPath: keyPath)])
        }
        self.path = path
    }

    private static func problem(of error: FileReadError, path: String, keyPath: String) -> ConfigurationProblem {
        let advice = Wording("check \(keyPath), and who may read the file", "请检查 \(keyPath) 与文件的权限")
        let (kind, text) =
            switch error {
            case .tooLarge:
                (
                    ConfigurationProblem.Kind.tooLarge,
                    Wording("the file is larger than 4 MiB", "文件超过 4 MiB")
                )
            case .failed(_, let reason):
                (
                    .unreadable,
                    Wording("cannot read the file: \(reason.english)", "无法读取文件：\(reason.chinese)")
                )
            }
        return ConfigurationProblem(kind: kind, file: path, position: nil, keyPath: keyPath, text: text, advice: advice)
    }
}
