import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite(.serialized) struct PowerLossTests {
    /// Points at which the power goes: `HANJIANG_POWER_POINTS`, else a few.
    private var pointCount: Int { environmentNumber("HANJIANG_POWER_POINTS") ?? 15 }

    @Test func d2WhatWasAcknowledgedOutlivesAPowerLossAndNothingIsPartial() throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let first = try readFile(data + "/hanjiang.lmdb")
        let setCount: UInt64 = pointCount > 50 ? 2_000 : 200
        let recorder = try CrashProcess.built("libWriteRecorder.so")
        let process = try CrashProcess(
            "power",
            data,
            "\(setCount)",
            environment: ["LD_PRELOAD=\(recorder)", "HANJIANG_RECORDER_EVENTS=\(directory.path)/events"]
        )
        #expect(process.wait() == 0)
        let recorded = try RecordedWrites(path: directory.path + "/events")
        try checkRecording(recorded, first, data)

        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        let points = (0..<pointCount).map { _ in Int.random(in: 0...recorded.events.count, using: &random) }.sorted()
        var disk = PowerlessDisk(recorded, bytes: first)
        var check = SetCheck(SetModel(seed: 1))
        for (number, point) in points.enumerated() {
            disk.advance(to: point)
            let fate = PowerlessDisk.Fate.allCases[number % PowerlessDisk.Fate.allCases.count]
            let place = "seed \(seed), point \(point) of \(recorded.events.count), \(fate)"
            let image = disk.image(fate, &random)
            try open(image, place) { store in
                let sent = min(setCount, disk.acknowledged + 10)
                try check.check(store, acknowledged: disk.acknowledged, sent: sent, place)
                if number % 10 == 0 { try goOn(store, place) }
            }
        }
        print("power losses: \(points.count), events: \(recorded.events.count), sets: \(check.appliedCount)")
        #expect(check.appliedCount > 0)
    }

    /// The recording is whole: with all of it the file is the one that the process left.
    private func checkRecording(_ recorded: RecordedWrites, _ first: [UInt8], _ data: String) throws {
        var disk = PowerlessDisk(recorded, bytes: first)
        disk.advance(to: .max)
        var random = SplitMix(seed: 0)
        let last = try readFile(data + "/hanjiang.lmdb")
        #expect(disk.image(.allKept, &random) == last, "every write has been recorded")
        let synchronizations = recorded.events.count { if case .synchronized = $0 { true } else { false } }
        #expect(synchronizations > 10)
    }

    private func open(_ image: [UInt8], _ place: String, _ body: (Store) throws -> Void) throws {
        let directory = try TemporaryDirectory()
        try writeFile(directory.path + "/hanjiang.lmdb", image)
        chmod(directory.path + "/hanjiang.lmdb", 0o600)
        try body(try Store.open(directory: directory.path, options: smallOptions))
    }

    /// It takes writes as if nothing had been.
    private func goOn(_ store: Store, _ place: String) throws {
        try store.log.start()
        defer { store.close() }
        let last = try store.log.lastSequence()
        let name = try StoreSuite.identifier("88.9/after")
        let change = Command.Change.put(name: name, values: [StoreSuite.value("v")], expecting: .absent)
        #expect(try store.underTest().apply(change) == .done(sequence: last + 1), "\(place): writes go on")
    }
}
