import Glibc

/// Why the file could not be read.
enum FileReadError: Error, Equatable {
    case tooLarge
    case failed(errorNumber: Int32, reason: Wording)

    static func failed(errorNumber: Int32) -> FileReadError {
        let reason =
            switch errorNumber {
            case ENOENT: Wording("no such file", "文件不存在")
            case EACCES: Wording("permission denied", "权限不足")
            case EISDIR: Wording("it is a directory", "这是一个目录")
            default: Wording("system error \(errorNumber)", "系统错误 \(errorNumber)")
            }
        return .failed(errorNumber: errorNumber, reason: reason)
    }
}
