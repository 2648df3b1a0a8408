extension SinglePage {
    /// How pages look, in light, in dark, on a phone and on paper.
    ///
    /// Each verdict has a tone; the drawing reads the tones from here as well.
    static let style = """
        :root {
          --back: #f7f7f5; --card: #fff; --line: #e6e6e1; --text: #15171a; --soft: #5c6168;
          --run: #1d5fd3; --ready: #f0992b; --lock: #c22349; --net: #1b8790; --disk: #9a6b1d;
          --timer: #7557b8; --other: #8a9099; --full: #1e7f3e; --job: #5b6a85;
        }
        @media (prefers-color-scheme: dark) {
          :root:not(.paper) {
            --back: #131416; --card: #1c1e22; --line: #303339; --text: #f0f1f3; --soft: #a4a9b1;
            --run: #5b9aff; --ready: #ffb454; --lock: #ff7d98; --net: #6fd0d6; --disk: #e3b566;
            --timer: #b79cf0; --other: #868d97; --full: #74d28d; --job: #a3b1cb;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 30px 24px; max-width: 1180px; color: var(--text);
          background: var(--back); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif;
          -webkit-text-size-adjust: none;
        }
        .command { margin: 0; color: var(--soft); font: 13.5px/1.45 ui-monospace, monospace;
          overflow-wrap: anywhere; }
        h1 { margin: 6px 0; font-size: 32px; line-height: 1.2; letter-spacing: -.01em;
          text-wrap: balance; }
        h1 b { color: var(--run); }
        .lead, footer { color: var(--soft); margin: 0 0 22px; }
        footer { font-size: 13px; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 12px;
          padding: 20px 24px; margin-bottom: 20px; }
        h2 { margin: 0 0 10px; font-size: 16px; }
        code { font: 13px ui-monospace, monospace; background: var(--back); padding: 1px 5px;
          border-radius: 4px; white-space: nowrap; }
        kbd { font: 12px system-ui, "DejaVu Sans", sans-serif; padding: 0 4px;
          border: 1px solid var(--line); border-radius: 4px; }
        .notes { margin: 10px 0 0; min-height: 20px; color: var(--soft); font-size: 12.5px; }
        .hint { float: right; margin-left: 24px; }
        u { display: inline-block; width: 12px; height: 12px; margin-right: 8px;
          border-radius: 3px; background: var(--tone); text-decoration: none; }
        tr, .phase { --tone: var(--other); }
        .waiting, .overlapped { --tone: var(--net); } .mixed { --tone: var(--timer); }
        .one-core, .partly-parallel { --tone: var(--run); }
        .lock-bound { --tone: var(--lock); }
        .over-subscribed, .unbalanced { --tone: var(--ready); }
        .well-used { --tone: var(--full); }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 18px; min-height: 20px; margin: 0 0 10px;
          color: var(--soft); font-size: 12.5px; }
        .legend span { white-space: nowrap; } .legend u { vertical-align: -1px; }
        .plot { position: relative; }
        .plot i, .tip { position: absolute; pointer-events: none; }
        .cursor { top: 18px; bottom: 0; width: 1px; background: var(--text); opacity: .5; }
        .lit { border: 1.5px solid var(--ready); border-radius: 2px;
          box-shadow: 0 0 0 1px var(--card); }
        canvas { display: block; width: 100%; touch-action: pan-y; cursor: grab;
          border-radius: 4px; }
        canvas:active { cursor: grabbing; }
        :focus-visible { outline: 2px solid var(--run); outline-offset: 3px; }
        .tip { z-index: 1; background: var(--text); color: var(--card); font-size: 12.5px;
          line-height: 1.45; padding: 5px 10px; border-radius: 6px; max-width: 300px;
          overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        .tip :first-child { font-weight: 600; }
        @media (max-width: 700px) {
          body { padding: 18px 12px; } section { padding: 16px 14px; border-radius: 10px; }
          h1 { font-size: 25px; } .hint { display: none; }
        }
        @media print {
          body { background: none; padding: 0; max-width: none; }
          section { break-inside: avoid; border: 0; padding: 0; }
          .hint, .plot i, .tip { display: none; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """
}
