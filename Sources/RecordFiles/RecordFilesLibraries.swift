internal import CExpat
internal import CZip

/// The libraries that this module stands on, as they are loaded in this process.
package enum RecordFilesLibraries {
    /// libzip's version, such as `1.7.3`.
    package static var libzip: String { zip_libzip_version().map { String(cString: $0) } ?? "?" }

    /// Expat's version, such as `2.5.0`.
    package static var expat: String {
        let version = XML_ExpatVersionInfo()
        return "\(version.major).\(version.minor).\(version.micro)"
    }
}
