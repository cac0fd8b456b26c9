extension ReportPage {
    /// Light, dark or on paper, as the reader has it.
    static let style = """
        :root { --paper: #fff; --ink: #1b1f24; --soft: #59636e; --rule: #d8dee4; --shade: #59636e22;
          --blue: #0969da; --green: #1a7f37; --red: #cf222e; --orange: #bc4c00; --grey: #818b98; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --rule: #2f363e; --shade: #9198a126;
            --blue: #4493f8; --green: #3fb950; --red: #f85149; --orange: #f0883e; --grey: #9198a1; } }
        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --shade: #00000018;
            --blue: #0969da; --green: #1a7f37; --red: #cf222e; --orange: #bc4c00; --grey: #818b98; }
          figure, table { break-inside: avoid; } body { margin: 0; } }
        * { box-sizing: border-box; }
        body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
          font: 15px/1.5 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
        .lead, .note, .fact dt { color: var(--soft); } .lead { margin: .25rem 0 1rem; }
        .note { font-size: .85rem; margin: 0; }
        .banner { border-left: 4px solid var(--orange); padding: .5rem .75rem; margin: .5rem 0;
          background: var(--shade); }
        .banner.bad { border-color: var(--red); font-weight: 600; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { padding: .2rem 1rem .2rem 0; text-align: left; border-bottom: 1px solid var(--rule);
          vertical-align: top; }
        th { font-weight: 600; } .number { text-align: right; white-space: nowrap; }
        .met { color: var(--green); } .unmet { color: var(--red); font-weight: 600; }
        code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
        figure { margin: 1.5rem 0; } figcaption { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
        .rule { stroke: var(--rule); stroke-width: 1; } rect.shaded { fill: var(--shade); }
        polyline { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
        .key::before { content: ""; display: inline-block; width: 1.5em; margin-right: .4em; vertical-align: middle;
          border-top: 3px solid currentColor; }
        .key.shaded::before { border-top: .8em solid var(--shade); }
        .target { color: var(--grey); } .sent, .p99, .response { color: var(--blue); }
        .answered, .p50 { color: var(--green); } .lost, .max { color: var(--red); }
        .wrong, .service { color: var(--orange); }
        polyline.target, polyline.sent, polyline.answered, polyline.lost, polyline.wrong, polyline.p50, polyline.p99,
        polyline.max, polyline.response, polyline.service { stroke: currentColor; }
        polyline.target, polyline.service { stroke-dasharray: 6 4; } polyline.answered { stroke-dasharray: 2 2; }
        circle { fill: currentColor; } .key { white-space: nowrap; }
        .key.shaded { color: var(--soft); } dl { margin: 0; } dt { float: left; clear: left; margin-right: .5rem; }
        dd { margin: 0 0 .25rem; } .key.target::before, .key.service::before { border-top-style: dashed; }
        .key.answered::before { border-top-style: dotted; }

        """
}
