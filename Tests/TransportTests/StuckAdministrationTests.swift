import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// Resolution does not wait for administration (reliability case R12).
    @Suite struct StuckAdministrationTests {
        @Test func R12WorkersResolveWhileAdministrationAnswersNothing() throws {
            let administration = SlowAdministration(byteCountMax: 64 << 20)
            var settings = TransportSettings()
            settings.workerCount = 2
            let node = try SampleNode(settings, administration: administration)
            defer { node.stop() }
            // More than is taken of one connection, over enough of them that each worker has some.
            let (clientCount, requestCount) = (16, 1_100)
            let greedy = try (0..<clientCount).map { _ in try ClientSocket(node.address, isTCP: true) }
            let requests = (0..<requestCount).map { SlowAdministration.request(UInt32($0), byteCount: 64) }
            for client in greedy { client.send(Array(requests.joined())) }
            eventually("as much waits as may") { administration.waitingCount >= clientCount * 1_024 }
            let busyWorkers = node.transport.workers.filter { $0.metrics.value(.requestsTCP) > 0 }.count
            #expect(busyWorkers == settings.workerCount)

            for number in 0..<40 {
                let stream = try ClientSocket(node.address, isTCP: true)
                try Asking.check(stream.ask(Asking.item(number)), item: number)
                let datagram = try ClientSocket(node.address, isTCP: false)
                try Asking.check(datagram.ask(Asking.item(number)), item: number)
            }
            #expect(administration.waitingCount >= clientCount * 1_024, "nothing of it has been answered")
        }

        @Test(arguments: [200, 20_000])
        func answersThatComeTogetherArriveWholeAndInOrder(byteCount: Int) throws {
            let administration = SlowAdministration(byteCountMax: 64 << 20)
            let node = try SampleNode(administration: administration)
            defer { node.stop() }
            let requestCount = 500
            var clients = try (0..<3).map { _ in try ClientSocket(node.address, isTCP: true) }
            let requests = (0..<requestCount).map { SlowAdministration.request(UInt32($0), byteCount: 64) }
            for client in clients { client.send(Array(requests.joined())) }
            eventually("all of it waits") { administration.waitingCount == clients.count * requestCount }
            // One that goes, one that reads at once, one that lets the system's buffers fill up first.
            clients.popLast()?.resetWhenClosed()
            administration.answer(byteCount: byteCount)
            for client in clients {
                for number in 0..<requestCount {
                    let answer = try #require(client.receiveMessage())
                    #expect(try Asking.requestID(of: answer) == UInt32(number))
                    #expect(answer.count > byteCount)
                }
                try Asking.check(client.ask(Asking.item(1)), item: 1)
            }
            eventually("nothing waits any more") { node.value(.bytesBuffered) == 0 }
        }

        @Test func R12ABusyKeyThreadKeepsNoWorker() throws {
            let node = try SampleNode()
            defer { node.stop() }
            #expect((0..<KeyThread.jobCountMax).allSatisfy { _ in node.keys.run { usleep(300) } })
            let socket = try ClientSocket(node.address, isTCP: true)
            for number in 0..<40 { try Asking.check(socket.ask(Asking.item(number)), item: number) }
        }
    }
}
