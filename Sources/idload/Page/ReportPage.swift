internal import Console

/// A result as one page of HTML that needs nothing else: no script, no other file, no network.
struct ReportPage {
    let document: RunDocument
    let language: Language

    /// The page.
    var text: String {
        var page = HTMLText()
        page.element("html", ["lang": language == .chinese ? "zh-CN" : "en"]) { page in
            page.element("head") { writeHead(&$0) }
            page.element("body") { page in
                page.element("h1", text: "\(words("Load on", "负载测试：")) \(document.plan.target)")
                page.element("p", ["class": "lead"], text: document.headText[language])
                writeBanners(&page)
                writeCounts(&page)
                writeTimes(&page)
                writeTargets(&page)
                writeThresholds(&page)
                writeCharts(&page)
                writeSamples(&page)
                writeFacts(&page)
            }
        }
        return page.text
    }

    func words(_ english: String, _ chinese: String) -> String {
        LocalizedText(english: english, chinese: chinese)[language]
    }

    private func writeHead(_ page: inout HTMLText) {
        page.void("meta", ["charset": "utf-8"])
        page.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        page.void("meta", ["name": "color-scheme", "content": "light dark"])
        page.void(
            "meta",
            ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"]
        )
        page.void("meta", ["name": "generator", "content": document.facts.version])
        page.element("title", text: "idload \(document.plan.target)")
        page.trusted("<style>\n\(Self.style)</style>\n")
    }

    /// What must be known before any figure is read.
    private func writeBanners(_ page: inout HTMLText) {
        if document.isGeneratorLimited {
            page.element("p", ["class": "banner bad"], text: document.limitedText(language))
        }
        if document.result.wasInterrupted {
            page.element("p", ["class": "banner"], text: words("The run was interrupted.", "本次运行被中断。"))
        }
        for threshold in document.thresholds where !threshold.isMet(by: document.result) {
            let unmet = words("Not met: ", "未达到：") + threshold.text
            page.element("p", ["class": "banner bad"], text: unmet)
        }
        for warning in document.warnings {
            page.element("p", ["class": "banner"], text: warning[language])
        }
    }
}
