/// `[control]`: the socket for `idctl status`, reload and drain.
package struct ControlSection: SettingSection {
    /// An absolute path of at most 107 bytes; empty stands for `control.sock` in the data directory.
    package internal(set) var socket = ""

    static let keys: [SettingKey<ControlSection>] = [
        .text(
            "socket",
            \.socket,
            "A path of at most 107 bytes; empty: control.sock in the data directory.",
            "路径不超过 107 字节；空表示数据目录中的 control.sock。"
        )
    ]
}
