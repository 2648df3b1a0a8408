extension Page {
    /// How the page looks, in light, in dark, on a phone and on paper.
    ///
    /// Each verdict has a tone; the drawing reads the tones from here as well.
    static let style = """
        :root {
          --back: #f7f7f5; --card: #fff; --line: #e4e4df; --text: #15171a; --soft: #5c6168;
          --run: #1d5fd3; --ready: #f0992b; --lock: #c22349; --net: #1b8790; --disk: #9a6b1d;
          --timer: #7557b8; --other: #8a9099; --full: #1e7f3e;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #131416; --card: #1c1e22; --line: #303339; --text: #f0f1f3; --soft: #a4a9b1;
            --run: #5b9aff; --ready: #ffb454; --lock: #ff7d98; --net: #6fd0d6; --disk: #e3b566;
            --timer: #b79cf0; --other: #868d97; --full: #74d28d;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 28px 24px; max-width: 1180px; color: var(--text);
          background: var(--back); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif;
        }
        .command { margin: 0; color: var(--soft); font: 14px/1.4 ui-monospace, monospace;
          overflow-wrap: anywhere; }
        h1 { margin: 6px 0; font-size: 32px; line-height: 1.2; text-wrap: balance; }
        h1 b { color: var(--run); }
        .lead, footer { color: var(--soft); margin: 0 0 20px; }
        footer { font-size: 13px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
          padding: 20px 24px; margin-bottom: 20px; }
        h2 { margin: 0 0 10px; font-size: 16px; }
        h2 small { float: right; color: var(--soft); font-size: 13px; font-weight: 400; }
        table { width: 100%; border-collapse: collapse; }
        th, td { text-align: left; vertical-align: top; padding: 8px 14px 8px 0;
          font-weight: 400; }
        thead th { color: var(--soft); font-size: 13px; padding-top: 0; }
        tbody th { width: 24%; }
        .seen { color: var(--soft); width: 22%; }
        .bars { width: 24%; }
        .bars i { display: block; height: 11px; border-radius: 3px; margin: 3px 0;
          background: var(--tone); }
        .bars .now { opacity: .4; }
        .bars span { font-size: 13px; font-variant-numeric: tabular-nums; }
        code { font: 13px ui-monospace, monospace; background: var(--back); padding: 1px 5px;
          border-radius: 4px; white-space: nowrap; }
        u { display: inline-block; width: 12px; height: 12px; margin-right: 8px;
          border-radius: 3px; background: var(--tone); text-decoration: none; }
        tr, .key { --tone: var(--other); }
        .waiting, .overlapped { --tone: var(--net); } .mixed { --tone: var(--timer); }
        .one-core, .partly-parallel { --tone: var(--run); }
        .lock-bound { --tone: var(--lock); }
        .over-subscribed, .unbalanced { --tone: var(--ready); }
        .well-used { --tone: var(--full); }
        #legend { color: var(--soft); font-size: 13px; margin-bottom: 8px; }
        .key { display: inline-block; margin-right: 18px; }
        #plot { position: relative; }
        canvas { display: block; width: 100%; touch-action: pan-y; cursor: grab; }
        canvas:focus-visible { outline: 2px solid var(--run); outline-offset: 4px; }
        #tip { position: absolute; pointer-events: none; background: var(--text);
          color: var(--card); font-size: 13px; padding: 4px 9px; border-radius: 6px;
          max-width: 300px; }
        @media (max-width: 700px) {
          body { padding: 16px 12px; } section { padding: 14px; } h1 { font-size: 25px; }
          h2 small { float: none; display: block; } thead { display: none; }
          tr { display: block; padding: 8px 0; border-top: 1px solid var(--line); }
          tbody th, td, .seen, .bars { display: block; width: auto; padding: 2px 0; }
        }
        @media print {
          body { background: none; padding: 0; } h2 small { display: none; }
          section { break-inside: avoid; border: 0; padding: 0; }
        }
        """
}
