internal import Console

/// A result on its way to standard output.
enum ResultOutput {
    /// Writes the document, or else the lines; that nobody reads them is no error.
    static func write(asJSON document: [UInt8]?, lines: @autoclosure () -> [String]) throws(LoadError) {
        var output = StandardOutput(.output)
        do throws(OutputError) {
            if let document {
                try output.write(document)
            } else {
                for line in lines() { try output.writeLine(line) }
            }
            try output.flush()
        } catch {
            guard case .failed(let code) = error else { return }
            throw LoadError(.cannotWriteOutput(errorNumber: code))
        }
    }
}
