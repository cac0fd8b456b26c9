/// `[storage]`: the data file.
package struct StorageSection: SettingSection {
    /// Bytes of address space for the data file; it is enlarged when full.
    package internal(set) var mapSize = 256 << 30
    /// How often counts are written to the disk: what a power loss may cost at most.
    package internal(set) var syncInterval: Duration = .seconds(1)
    /// How long one reader (an export, a backup) may hold back the reuse of space.
    package internal(set) var readerLimit: Duration = .seconds(3_600)

    static let keys: [SettingKey<StorageSection>] = [
        .bytes(
            "map_size",
            16 << 20...64 << 40,
            \.mapSize,
            "Address space for the data file; no disk is taken before it is needed.",
            "数据文件的地址空间；实际需要时才占用磁盘。"
        ),
        .duration(
            "sync_interval",
            .milliseconds(100)...(.seconds(60)),
            \.syncInterval,
            "How often counts go to the disk: a power loss costs at most this much counting.",
            "计数落盘的间隔：断电最多丢失这段时间的计数。"
        ),
        .duration(
            "reader_limit",
            .seconds(10)...(.seconds(604_800)),
            \.readerLimit,
            "A reader (export, backup) older than this is ended, so that the file does not grow.",
            "读取者（导出、备份）超过此时间即被终止，以免文件增长。"
        ),
    ]
}
