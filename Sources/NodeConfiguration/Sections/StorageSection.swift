/// `[storage]`: the data file.
package struct StorageSection: SettingSection {
    /// Bytes of address space for the data file; it is enlarged when full.
    package internal(set) var mapSize = 256 << 30

    static let keys: [SettingKey<StorageSection>] = [
        .bytes(
            "map_size",
            16 << 20...64 << 40,
            \.mapSize,
            "Address space for the data file; no disk is taken before it is needed.",
            "数据文件的地址空间；实际需要时才占用磁盘。"
        )
    ]
}
