/// `[storage]`: the data file.
package struct StorageSection: SettingSection {
    /// Whether there is an index of hints in memory.
    package enum Index: String, SettingChoice {
        /// There is one.
        case on
        /// Every look-up goes through the data file.
        case off
    }

    /// Whether the data file is brought into memory after the start.
    package enum Warm: String, SettingChoice {
        /// It is, where it is small enough.
        case on
        /// Pages come when they are wanted.
        case off
    }

    /// Whether it is kept which records refer to which identifiers.
    package enum References: String, SettingChoice {
        /// It is.
        case on
        /// It is not.
        case off
    }

    /// Bytes of address space for the data file; it is enlarged when full.
    package internal(set) var mapSize = 256 << 30
    /// Whether there is an index of hints.
    package internal(set) var index = Index.on
    /// Identifiers for which the index has room; a store with more takes 1.15 times what it has at the start.
    package internal(set) var indexCapacity = 1_000_000
    /// Bytes up to which the index may grow; 0: an eighth of the memory.
    package internal(set) var indexMemoryMax = 0
    /// Whether the data file is brought into memory.
    package internal(set) var warm = Warm.on
    /// Whether it is kept which records refer to which identifiers.
    package internal(set) var references = References.off
    /// Types of values that refer beside those that always do.
    package internal(set) var referenceTypes: [ValueTypeName] = []

    static let keys: [SettingKey<StorageSection>] = [
        .bytes(
            "map_size",
            16 << 20...64 << 40,
            \.mapSize,
            "Address space for the data file; no disk is taken before it is needed.",
            "数据文件的地址空间；实际需要时才占用磁盘。"
        ),
        .choice(
            "index",
            \.index,
            "\"on\": an index in memory for fast look-ups, 27 bytes per identifier; \"off\": the same answers without.",
            "\"on\"：用内存索引加快查询，每个标识 27 字节；\"off\"：不用，应答相同。"
        ),
        .integer(
            "index_capacity",
            1_000...2_000_000_000,
            \.indexCapacity,
            "Identifiers that it has room for; 1.15 times those in the store at the start, where that is more.",
            "索引可容纳的标识个数；启动时存量的 1.15 倍若更大，则以其为准。"
        ),
        .bytes(
            "index_memory_max",
            0...1 << 50,
            \.indexMemoryMax,
            "Memory up to which it grows while the node runs; \"0 B\": an eighth of the memory.",
            "运行中索引可增长到的内存上限；\"0 B\"：内存的八分之一。"
        ),
        .choice(
            "warm",
            \.warm,
            "\"on\": the start reads the data file into memory, if it is under 60 % of that; \"off\": page by page.",
            "\"on\"：启动后把数据文件读入内存（小于内存的 60 % 时）；\"off\"：用到时逐页读取。"
        ),
        .choice(
            "references",
            \.references,
            "\"on\": keep which records refer to an identifier, for idctl trace --reverse; it slows changes down.",
            "\"on\"：记录哪些标识引用了某个标识，供 idctl trace --reverse 使用；会降低写入速度。"
        ),
        .list(
            "reference_types",
            countMax: 64,
            \.referenceTypes,
            "Types of values that refer, beside REFERENCE and HS_ALIAS; with other ones the start builds it anew.",
            "除 REFERENCE、HS_ALIAS 外表示引用的值类型；改动后启动时重建。"
        ),
    ]
}
