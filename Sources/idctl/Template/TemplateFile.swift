internal import Console
internal import Resolution
internal import ResolutionProtocol

/// A template in a file of JSON.
struct TemplateFile {
    let template: DataTemplate
    /// The prefix that it names; nil: none.
    let prefix: [UInt8]?

    /// Reads the file at `path`, `-` for standard input.
    init(_ path: String) throws(CommandFailure) {
        let bytes = try SmallFile.read(path, byteCountMax: DataTemplate.byteCountMax)
        do throws(TemplateError) { template = try DataTemplate(json: bytes, prefix: nil) } catch {
            throw CommandFailure(.unusableTemplate(error, path: path))
        }
        guard case .string(let named)? = JSONTree(bytes)?["prefix"] else {
            prefix = nil
            return
        }
        prefix = Array(named.utf8)
    }
}
