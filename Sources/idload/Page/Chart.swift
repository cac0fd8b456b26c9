/// A chart of lines, drawn as SVG that stands in a page.
struct Chart {
    /// One line; where a point is missing it is broken.
    struct Line {
        /// Named in the style sheet: `target`, `sent`, ….
        let style: String
        let name: String
        let points: [(x: Double, y: Double)?]
    }

    let title: String
    let x: ChartAxis
    let y: ChartAxis
    let lines: [Line]
    /// The part from the left that is shaded: the warm-up.
    var shadedTo: Double?
    var note: String?
    var shadedName = ""
    /// In the units of the drawing, which is 900 wide, as the page.
    var height = 280.0

    private static let width = 900.0
    private static let left = 84.0
    private static let right = 24.0
    private static let top = 12.0
    private static let bottom = 32.0

    func write(_ page: inout HTMLText) {
        page.element("figure") { page in
            page.element("figcaption") { page in
                page.element("strong", text: title)
                for line in lines {
                    page.element("span", ["class": "key \(line.style)"], text: line.name)
                }
                if shadedTo != nil { page.element("span", ["class": "key shaded"], text: shadedName) }
            }
            page.element(
                "svg",
                ["viewBox": "0 0 \(Int(Self.width)) \(Int(height))", "role": "img", "aria-label": title]
            ) { page in
                writeGround(&page)
                for line in lines { writeLine(line, &page) }
            }
            if let note { page.element("p", ["class": "note"], text: note) }
        }
    }

    private func writeGround(_ page: inout HTMLText) {
        let (begin, end) = (Self.left, Self.width - Self.right)
        let (high, low) = (Self.top, height - Self.bottom)
        if let shadedTo {
            let width = across(shadedTo) - begin
            page.element(
                "rect",
                [
                    "class": "shaded", "x": Self.text(begin), "y": Self.text(high), "width": Self.text(width),
                    "height": Self.text(low - high),
                ]
            ) { _ in }
        }
        for tick in y.ticks {
            let place = up(tick.value)
            writeRule(from: (begin, place), to: (end, place), &page)
            writeLabel(tick.label, at: (begin - 8, place + 4), anchor: "end", &page)
        }
        for tick in x.ticks {
            let place = across(tick.value)
            writeRule(from: (place, high), to: (place, low), &page)
            // The last word would stand out of the drawing.
            writeLabel(tick.label, at: (place, low + 20), anchor: place > end - 20 ? "end" : "middle", &page)
        }
    }

    private func writeRule(from: (x: Double, y: Double), to: (x: Double, y: Double), _ page: inout HTMLText) {
        page.element(
            "line",
            [
                "class": "rule", "x1": Self.text(from.x), "y1": Self.text(from.y), "x2": Self.text(to.x),
                "y2": Self.text(to.y),
            ]
        ) { _ in }
    }

    private func writeLabel(_ label: String, at: (x: Double, y: Double), anchor: String, _ page: inout HTMLText) {
        page.element("text", ["x": Self.text(at.x), "y": Self.text(at.y), "text-anchor": anchor], text: label)
    }

    private func writeLine(_ line: Line, _ page: inout HTMLText) {
        for piece in line.points.split(whereSeparator: { $0 == nil }) {
            let points = piece.compactMap { $0 }.map { (across($0.x), up($0.y)) }
            guard let only = points.first else { continue }
            if points.count == 1 {
                page.element(
                    "circle",
                    ["class": line.style, "cx": Self.text(only.0), "cy": Self.text(only.1), "r": "2.5"]
                ) { _ in }
            } else {
                let places = points.map { "\(Self.text($0.0)),\(Self.text($0.1))" }
                page.element("polyline", ["class": line.style, "points": places.joined(separator: " ")]) { _ in }
            }
        }
    }

    private func across(_ value: Double) -> Double {
        Self.left + x.place(of: value) * (Self.width - Self.left - Self.right)
    }

    private func up(_ value: Double) -> Double {
        height - Self.bottom - y.place(of: value) * (height - Self.top - Self.bottom)
    }

    /// In tenths of a unit.
    private static func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
