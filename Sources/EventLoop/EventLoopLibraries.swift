internal import CLibUV

/// The library that this module stands on, as it is loaded in this process.
package enum EventLoopLibraries {
    /// libuv's version, such as `1.44.2`.
    package static var libuv: String { uv_version_string().map { String(cString: $0) } ?? "?" }
}
