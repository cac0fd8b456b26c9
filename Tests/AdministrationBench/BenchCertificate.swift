import Glibc
import SampleCertificates
import TransportSuite

/// A certificate for a node that is measured.
enum BenchCertificate {
    /// Writes `node.pem` and `node.key`, RSA of 2,048 bits, which costs a node most.
    static func write(to directory: String) throws {
        let certificate = try SampleCertificate(key: SampleKey(.rsa(bitCount: 2_048)))
        try write(certificate.pem(), to: directory + "/node.pem")
        try write(certificate.key.pem(), to: directory + "/node.key")
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw SuiteFailure("cannot open \(path)") }
        defer { close(descriptor) }
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw SuiteFailure("cannot write \(path)")
        }
    }
}
