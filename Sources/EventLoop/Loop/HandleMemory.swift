import CLibUV

/// How memory of libuv's handles is given back.
enum HandleMemory {
    /// Closes the handle of an object that was retained through `data`. When libuv has let go of it, frees the handle's
    /// memory and releases the object.
    static func close<Handle>(_ handle: UnsafeMutablePointer<Handle>) {
        uv_close(asHandle(handle)) { handle in
            guard let handle else { return }
            let owner = handle.pointee.data
            UnsafeMutableRawPointer(handle).deallocate()
            if let owner { Unmanaged<AnyObject>.fromOpaque(owner).release() }
        }
    }

    /// The view of a handle that libuv's general calls take; every handle begins with those fields.
    static func asHandle<Handle>(_ handle: UnsafeMutablePointer<Handle>) -> UnsafeMutablePointer<uv_handle_t> {
        UnsafeMutableRawPointer(handle).assumingMemoryBound(to: uv_handle_t.self)
    }
}
