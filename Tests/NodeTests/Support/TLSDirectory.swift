import Cryptography
import SampleCertificates

/// A node's directory with the files that `[tls]` names; the listener of TLS is the node's second.
struct TLSDirectory {
    let directory: NodeDirectory
    var certificate: String { directory.directory.path + "/node.pem" }
    var key: String { directory.directory.path + "/node.key" }

    /// Makes it, with `sample` as the node's certificate. `settings` are as those of `NodeDirectory`.
    init(_ sample: SampleCertificate, settings: [(key: String, value: String)] = []) throws {
        directory = try NodeDirectory(settings: [("workers", "2")] + settings)
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(10))
        let text = try TestFile.text(directory.configuration)
        let files = "certificate = \"\(certificate)\"\nkey = \"\(key)\"\n"
        let tls = "\n[tls]\naddresses = [\"127.0.0.1\"]\nport = 0\n" + files
        let parts = text.split(separator: "\n[tls]\n")
        try TestFile.write(directory.configuration, Array(parts.joined(separator: tls).utf8))
        try put(sample)
    }

    func put(_ sample: SampleCertificate) throws {
        try TestFile.write(certificate, sample.pem())
        try TestFile.write(key, sample.key.pem())
    }
}
