import EventLoop
import FakeServer
import Glibc
import ResolutionClient
import ResolutionProtocol
import SampleCertificates
import Synchronization
import Testing

/// Reports and the own route to the level above by TLS, or not at all (case U8).
struct SecureReportTests {
    /// A top-level node that speaks TLS, and a secondary node that was stopped for days and is to report to it. At the
    /// plain port that `federation.above` names somebody counts who comes.
    private final class Bench: Sendable {
        let above: NodeDirectory
        let below: NodeDirectory
        private let plain: FakeServer
        private let visitors: Visitors

        private final class Visitors: Sendable {
            let count = Mutex(0)
            func note() { count.withLock { $0 += 1 } }
        }

        init(queries: Int) throws {
            let visitors = Visitors()
            plain = try FakeServer(
                datagram: { _, _ in
                    visitors.note()
                    return []
                },
                connection: { _ in visitors.note() }
            )
            self.visitors = visitors
            let port = try Loopback.steadyPort()
            above = try NodeDirectory(
                prefix: "88",
                role: "top",
                settings: [
                    ("tls.addresses", "[\"127.0.0.1\"]"), ("tls.port", "\(port)"),
                    ("tls.certificate", "\"HERE/node.pem\""), ("tls.key", "\"HERE/node.key\""),
                ]
            )
            below = try NodeDirectory(
                above: [plain.address],
                settings: [
                    ("federation.route", "true"), ("federation.tls", "true"), ("federation.tls_port", "\(port)"),
                    ("federation.tls_authorities", "\"HERE/authorities.pem\""),
                    ("federation.tls_revoked", "\"HERE/revoked.pem\""),
                ]
            )
            for directory in [above, below] {
                let text = try TestFile.text(directory.configuration)
                let here = text.replacing("HERE/", with: directory.directory.path + "/")
                try TestFile.write(directory.configuration, Array(here.utf8))
            }
            try above.fill(
                delegated: ["88.118"],
                records: [FederatedNodes.delegation(of: "88.118", to: SocketAddress(ipv4: 0x7F00_0001, port: 9))]
            )
            try PastPage.write(below, queries: queries)
        }

        func stop() { plain.stop() }

        var visitorCount: Int { visitors.count.withLock { $0 } }

        /// What the top-level node shows.
        func show(_ certificate: SampleCertificate) throws {
            try TestFile.write(above.directory.path + "/node.pem", certificate.pem())
            try TestFile.write(above.directory.path + "/node.key", certificate.key.pem())
        }

        /// Whom the secondary node trusts, and what that one has taken back.
        func trust(_ authority: SampleCertificate, revoked: [UInt8]) throws {
            try TestFile.write(below.directory.path + "/authorities.pem", authority.pem())
            try TestFile.write(below.directory.path + "/revoked.pem", revoked)
        }

        @discardableResult
        func idctl(_ arguments: [String], _ directory: NodeDirectory) throws -> String {
            let outcome = try BuiltProgram.run(
                arguments + ["--config", directory.configuration, "--lang", "en"],
                program: "idctl",
                in: directory.directory,
                seconds: 30
            )
            #expect(outcome.ending == .code(0), "\(arguments): \(outcome.text)")
            return outcome.text
        }
    }

    /// Certificates with a fault that a running node can have, and those that mend it.
    private struct Certificates {
        let authority: SampleCertificate
        let bad: SampleCertificate
        let renewedAuthority: SampleCertificate
        let good: SampleCertificate
        let revoked: [UInt8]

        /// One that is to expire does so in so many seconds.
        init(_ fault: SampleFault, seconds: Int) throws {
            // No node shows a certificate of its own that is not valid yet: here its authority's is not.
            authority = try .authority(lifetime: fault == .notYetValid ? 3_600...86_400 : -3_600...86_400)
            var content = SampleCertificate.Content()
            content.commonName = "authority.test"
            content.alternativeNames = ""
            content.isAuthority = true
            renewedAuthority = try SampleCertificate(content, key: authority.key)
            good = try SampleCertificate(key: SampleKey(.p256), issuer: renewedAuthority)
            content = SampleCertificate.Content()
            var issuer = authority
            switch fault {
            case .expired: content.lifetime = -3_600...seconds
            case .wrongName: content.alternativeNames = "DNS:other.test,IP:127.0.0.2"
            case .unknownIssuer: issuer = try .authority("another.test")
            case .notYetValid, .revoked: break
            }
            bad = try SampleCertificate(content, key: SampleKey(.p256), issuer: issuer)
            revoked = try authority.revocationList(fault == .revoked ? [bad] : [])
        }
    }

    /// The top-level node, with a certificate that has the fault.
    private static func startTop(
        _ bench: Bench,
        _ fault: SampleFault
    ) throws -> (node: NodeProcess, certificates: Certificates) {
        // A node takes no certificate that is over: it must have started before. A busy machine gets more time.
        for seconds in [5, 20, 80] {
            let certificates = try Certificates(fault, seconds: seconds)
            try bench.show(certificates.bad)
            try bench.trust(certificates.authority, revoked: certificates.revoked)
            let over = time(nil) + seconds + 1
            guard let node = try? NodeProcess(bench.above) else { continue }
            if fault == .expired {
                while time(nil) <= over { usleep(100_000) }
            }
            return (node, certificates)
        }
        throw NodeFailure("the top-level node does not start")
    }

    private static func words(_ fault: SampleFault) -> [String] {
        switch fault {
        case .expired: ["it expired at ", "or this machine's clock is wrong: it says "]
        case .notYetValid: ["it is not valid before ", "or this machine's clock is wrong: it says "]
        case .wrongName: ["it is not for \\\"127.0.0.1\\\""]
        case .unknownIssuer: ["no authority trusted here has issued it; its issuer is /CN=another.test"]
        case .revoked: ["its authority has revoked it"]
        }
    }

    /// A metric, over all workers; nil: there is none of that name.
    private static func figure(_ name: String, _ node: NodeProcess) throws -> Int? {
        let lines = String(decoding: try node.control.ask(.metrics), as: UTF8.self).split(separator: "\n")
        let numbers = lines.filter { $0.prefix { $0 != " " && $0 != "{" } == "hanjiang_\(name)" }
            .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
        return numbers.isEmpty ? nil : numbers.reduce(0, +)
    }

    @Test(arguments: SampleFault.allCases)
    func U8APeerThatIsNotProvenIsReportedNothingAndNeverInPlain(fault: SampleFault) throws {
        let bench = try Bench(queries: 7)
        defer { bench.stop() }
        let (top, certificates) = try Self.startTop(bench, fault)
        let node = try NodeProcess(bench.below)
        // It is tried again, and told once for as long as the reason stays the same.
        try node.awaitStatus {
            $0.contains("\"state\":\"failing\"") && $0.contains("\"waiting_days\":2")
                && !$0.contains("\"tls_failures\":0") && !$0.contains("\"tls_failures\":1,")
        }
        let status = try node.awaitStatus { $0.contains("\"route\":{\"state\":\"failing\"") }
        #expect(status.contains("\"tls\":true"))
        for words in Self.words(fault) { #expect(status.ranges(of: words).count >= 2, "\(status)") }
        let warnings = node.errorText.ranges(of: "the level above did not take one").count
        #expect(warnings == 1, "\(node.errorText)")
        #expect(try Self.figure("report_tls_failures_total", node) ?? 0 >= 2)
        #expect(try Self.figure("handshakes_tls_total", top) == 0)
        #expect(try Self.figure("reports_received_total", top) == 0)
        #expect(try top.status().contains("\"senders\":0"))
        #expect(bench.visitorCount == 0)
        // The node has joined, and the certificate is mended: nobody says a word to the node below.
        let file = bench.below.directory.path + "/report.pem"
        try bench.idctl(["federation", "key", file], bench.below)
        try bench.idctl(["federation", "join", "88.118", "--site", "127.0.0.1:9", "--key", file], bench.above)
        #expect(try Self.figure("reports_received_total", top) == 0)
        try bench.show(certificates.good)
        _ = try top.control.ask(.reload)
        try bench.trust(certificates.renewedAuthority, revoked: certificates.revoked)
        try node.awaitStatus { $0.contains("\"reports\":{\"state\":\"idle\"") && $0.contains("\"waiting_days\":0") }
        try node.awaitStatus { $0.contains("\"route\":{\"state\":\"current\"") }
        let shown = try bench.idctl(["federation", "show", "--json"], bench.above)
        #expect(shown.contains("{\"prefix\":\"88.118\",\"successes\":7,\"requests\":7,\"servers\":1"), "\(shown)")
        #expect(try Self.figure("handshakes_tls_total", top) ?? 0 >= 1)
        #expect(bench.visitorCount == 0)
        #expect(node.stop() == .code(0) && top.stop() == .code(0))
    }

    @Test func filesThatCannotBeGoneByAreNamedAndNothingIsSent() throws {
        let bench = try Bench(queries: 1)
        defer { bench.stop() }
        let path = bench.below.directory.path
        func check() throws -> String {
            let arguments = ["check-config", "--config", bench.below.configuration, "--lang", "en"]
            let outcome = try BuiltProgram.run(arguments, in: bench.below.directory)
            #expect(outcome.ending == .code(1), "\(outcome.text)")
            return outcome.text
        }
        let missing = try check()
        #expect(missing.contains("\(path)/authorities.pem") && missing.contains("federation.tls_authorities"))
        // The node answers all the same, and says why it does not report.
        let node = try NodeProcess(bench.below)
        try node.awaitStatus { $0.contains("\"state\":\"failing\"") && $0.contains("authorities.pem: cannot read") }
        let authority = try SampleCertificate.authority()
        try bench.trust(authority, revoked: authority.pem())
        let useless = try check()
        #expect(useless.contains("E-NODE-030") && useless.contains("revoked.pem: there is no PEM block"), "\(useless)")
        _ = try node.control.ask(.reload)
        try node.awaitStatus { $0.contains("revoked.pem: there is no PEM block \\\"X509 CRL\\\"") }
        #expect(bench.visitorCount == 0)
        #expect(node.stop() == .code(0))
    }
}
