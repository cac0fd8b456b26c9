internal import Console

/// Writes HTML as it goes, in the form that is XML, too. Whatever is text comes in as text: nothing of it can become
/// markup, nor act upon whoever looks at it.
struct HTMLText {
    /// What has been written.
    private(set) var text = "<!DOCTYPE html>\n"

    typealias Attributes = KeyValuePairs<String, String>

    /// Writes an element with what `body` writes in it.
    mutating func element(_ name: String, _ attributes: Attributes = [:], _ body: (inout HTMLText) -> Void) {
        open(name, attributes)
        text += ">"
        body(&self)
        text += "</\(name)>\n"
    }

    /// Writes an element with text in it.
    mutating func element(_ name: String, _ attributes: Attributes = [:], text content: String) {
        open(name, attributes)
        text += ">" + Self.escaped(content) + "</\(name)>\n"
    }

    /// Writes an element that has nothing in it.
    mutating func void(_ name: String, _ attributes: Attributes) {
        open(name, attributes)
        text += " />\n"
    }

    /// Writes what is known to be HTML: our own style sheet.
    mutating func trusted(_ markup: String) { text += markup }

    private mutating func open(_ name: String, _ attributes: Attributes) {
        text += "<\(name)"
        for (name, value) in attributes { text += " \(name)=\"\(Self.escaped(value))\"" }
    }

    /// `text` as it can stand between tags and in quotes; control bytes and what turns the direction of writing are
    /// shown escaped.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in TerminalText.safe(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
