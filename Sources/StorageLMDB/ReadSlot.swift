internal import CLMDB

/// A read transaction that is used again and again, by one thread at a time.
final class ReadSlot {
    let environment: Environment
    let handle: OpaquePointer
    private let gate: MapGate
    private let mark: MapGate.Mark

    /// Takes a reader's place in the environment; it holds no snapshot yet.
    init(_ environment: Environment) throws(LMDBError) {
        self.environment = environment
        gate = environment.gate
        mark = gate.addMark()
        gate.enter(mark)
        var begun: OpaquePointer?
        let code = mdb_txn_begin(environment.handle, nil, UInt32(MDB_RDONLY), &begun)
        if let begun { mdb_txn_reset(begun) }
        gate.leave(mark)
        guard code == 0, let begun else {
            gate.remove(mark)
            throw LMDBError(code: code)
        }
        handle = begun
    }

    deinit {
        mdb_txn_abort(handle)
        gate.remove(mark)
    }

    /// Takes a snapshot.
    func begin() throws(LMDBError) {
        gate.enter(mark)
        let code = mdb_txn_renew(handle)
        guard code == 0 else {
            gate.leave(mark)
            throw LMDBError(code: code)
        }
    }

    /// Gives the snapshot back.
    @inline(__always)
    func end() {
        mdb_txn_reset(handle)
        gate.leave(mark)
    }

    /// The snapshot, between `begin` and `end`.
    var transaction: Transaction { Transaction(handle: handle, tables: environment.tables) }
}
