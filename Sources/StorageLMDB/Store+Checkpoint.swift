internal import CLMDB

extension Store {
    /// Brings everything to the disk, and says whether it is there. Each change was brought there before it was
    /// answered, so that this is a second time.
    public func checkpoint() -> Bool { mdb_env_sync(environment.handle, 1) == 0 }
}
