import Glibc

/// Why the operating system refused, in words, with what a person can do about it.
package struct SystemReason: Hashable, Sendable {
    /// The reason, such as “no such file”.
    package let text: LocalizedText
    /// What to do next; `nil` where the reason alone says it.
    package let advice: LocalizedText?

    /// The words for `errorNumber` (errno(3)); a number we have no words for is named by its number.
    package init(errorNumber: Int32) {
        text =
            Self.texts[errorNumber]
            ?? LocalizedText(
                english: "system error \(errorNumber)",
                chinese: "系统错误 \(errorNumber)"
            )
        advice = Self.advices[errorNumber]
    }

    private static let texts: [Int32: LocalizedText] = [
        ENOENT: LocalizedText(english: "no such file or directory", chinese: "文件或目录不存在"),
        EACCES: LocalizedText(english: "permission denied", chinese: "权限不足"),
        EPERM: LocalizedText(english: "not permitted", chinese: "不允许此操作"),
        EISDIR: LocalizedText(english: "it is a directory", chinese: "这是一个目录"),
        ENOTDIR: LocalizedText(english: "part of the path is not a directory", chinese: "路径中有一部分不是目录"),
        EEXIST: LocalizedText(english: "it already exists", chinese: "已经存在"),
        ENOSPC: LocalizedText(english: "the disk is full", chinese: "磁盘已满"),
        EDQUOT: LocalizedText(english: "the disk quota is used up", chinese: "磁盘配额已用完"),
        EROFS: LocalizedText(english: "the file system is read-only", chinese: "文件系统是只读的"),
        EMFILE: LocalizedText(english: "too many open files in this process", chinese: "本进程打开的文件过多"),
        ENFILE: LocalizedText(english: "too many open files on this machine", chinese: "本机打开的文件过多"),
        EIO: LocalizedText(english: "the device reports an error", chinese: "设备报告读写错误"),
        ENOMEM: LocalizedText(english: "out of memory", chinese: "内存不足"),
        ENAMETOOLONG: LocalizedText(english: "the name is too long", chinese: "名称过长"),
        EADDRINUSE: LocalizedText(english: "the address is in use", chinese: "地址已被占用"),
        EADDRNOTAVAIL: LocalizedText(english: "this machine has no such address", chinese: "本机没有这个地址"),
        EAFNOSUPPORT: LocalizedText(english: "this kind of address is switched off", chinese: "本机未启用此类地址"),
        ECONNREFUSED: LocalizedText(english: "nobody listens there", chinese: "对方没有在监听"),
        ECONNRESET: LocalizedText(english: "the other side closed the connection", chinese: "连接被对方关闭"),
        EHOSTUNREACH: LocalizedText(english: "the host cannot be reached", chinese: "无法到达主机"),
        ENETUNREACH: LocalizedText(english: "the network cannot be reached", chinese: "无法到达网络"),
        ETIMEDOUT: LocalizedText(english: "no answer in time", chinese: "超时无应答"),
        EPIPE: LocalizedText(english: "the reader has gone", chinese: "读取方已关闭"),
    ]

    private static let advices: [Int32: LocalizedText] = [
        ENOENT: LocalizedText(english: "check the path", chinese: "请检查路径"),
        EACCES: LocalizedText(
            english: "check the owner and mode of the file and of its directories",
            chinese: "请检查文件及其各级目录的属主和权限"
        ),
        EISDIR: LocalizedText(english: "name a file", chinese: "请指定一个文件"),
        ENOSPC: LocalizedText(english: "free some space and try again", chinese: "请释放磁盘空间后重试"),
        EDQUOT: LocalizedText(english: "free some space and try again", chinese: "请释放磁盘空间后重试"),
        EMFILE: LocalizedText(english: "raise the limit (ulimit -n)", chinese: "请调高文件数上限（ulimit -n）"),
        EADDRINUSE: LocalizedText(
            english: "stop the program that holds it, or choose another port",
            chinese: "请停止占用它的程序，或改用其他端口"
        ),
        EADDRNOTAVAIL: LocalizedText(english: "see ip address for those there are", chinese: "可用 ip address 查看现有地址"),
        ECONNREFUSED: LocalizedText(
            english: "check that the node runs and that the port is right",
            chinese: "请确认节点已启动且端口正确"
        ),
        ETIMEDOUT: LocalizedText(
            english: "check the address, and that no firewall stands between",
            chinese: "请检查地址以及中间的防火墙"
        ),
    ]
}
