package import Authentication

extension KeyFileError {
    /// What `description` says, in Chinese.
    package var chineseDescription: String {
        switch self {
        case .needsPassphrase: "密钥已加密，需要口令"
        case .wrongPassphrase: "口令错误"
        case .notAKeyFile: "不是密钥文件"
        case .publicKeyFile: "这是公钥，此处需要私钥"
        case .iterationCountOutOfBounds(let count): "密钥派生轮数 \(count) 超出范围"
        case .key(let error): "密钥不可用（\(error)）"
        case .noSuchForm: "此类密钥没有该文件格式，请用 PEM"
        case .library(let error): "密码库出错（\(error)）"
        }
    }
}
