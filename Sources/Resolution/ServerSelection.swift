internal import Cryptography
public import ResolutionProtocol

/// Which server of a site is responsible for an identifier (data-model.md §7.3).
public enum ServerSelection {
    /// 0...2³¹: the magnitude of the last four bytes of MD5 of the chosen part in upper case.
    ///
    /// Throws where the library refuses MD5.
    public static func hash(
        of identifier: [UInt8],
        option: SiteInfo.HashOption
    ) throws(ServerSelectionError) -> UInt32 {
        guard let digest = try? Digest.md5.digest(of: ASCIIFolding.uppercased(part(of: identifier, option: option)))
        else { throw .digestUnavailable }
        let last = digest[12...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Int32(bitPattern: last).magnitude
    }

    /// Position of the responsible server in a site of `serverCount`; nil when the site has none.
    public static func serverIndex(
        of identifier: [UInt8],
        option: SiteInfo.HashOption,
        serverCount: Int
    ) throws(ServerSelectionError) -> Int? {
        guard serverCount > 0 else { return nil }
        return Int(try hash(of: identifier, option: option)) % serverCount
    }

    /// What the hash is taken of: prefix, suffix, or all. A name without "/" is a suffix of `0.NA`.
    private static func part(of identifier: [UInt8], option: SiteInfo.HashOption) -> [UInt8] {
        let slash = identifier.firstIndex(of: UInt8(ascii: "/"))
        switch option {
        case .byPrefix: return slash.map { Array(identifier[..<$0]) } ?? Array("0.NA".utf8)
        case .bySuffix: return slash.map { Array(identifier[($0 + 1)...]) } ?? identifier
        default: return identifier
        }
    }
}

/// Why a server could not be chosen.
public enum ServerSelectionError: Error, Equatable, Sendable {
    /// The library refuses MD5.
    case digestUnavailable
}
