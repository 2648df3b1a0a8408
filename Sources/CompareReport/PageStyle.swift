extension HTMLPage {
    /// How the page looks, in light, in dark, on a phone and on paper.
    static let style = """
        :root {
          --back: #f7f7f5; --card: #fff; --line: #e6e6e2; --text: #15171a; --soft: #5c6168;
          --best: #1d5fd3; --best2: #4b86e8; --other: #a9c2ec; --other2: #c3d5f2;
          --base: #b9bcc2; --base2: #cdd0d5;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #131416; --card: #1c1e22; --line: #2e3137; --text: #f0f1f3; --soft: #a0a5ad;
            --best: #5b9aff; --best2: #3d7be0; --other: #3a5687; --other2: #2f466e;
            --base: #646a73; --base2: #50555d;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; padding: 28px 24px; max-width: 1160px; color: var(--text);
          background: var(--back); font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif;
        }
        .command { margin: 0; color: var(--soft); font: 14px/1.4 ui-monospace, monospace; }
        h1 {
          display: flex; flex-wrap: wrap; gap: 10px 44px; margin: 10px 0 8px;
          font-size: 28px; line-height: 1.2;
        }
        h1 small { display: block; color: var(--soft); font-size: 15px; font-weight: 400; }
        h1 b, .best b { color: var(--best); }
        .lead, footer { color: var(--soft); margin: 0 0 20px; }
        footer { font-size: 13px; }
        section {
          background: var(--card); border: 1px solid var(--line); border-radius: 12px;
          padding: 20px 24px; margin-bottom: 20px;
        }
        h2 { margin: 0; font-size: 15px; }
        h2 span, h3 span { color: var(--soft); font-weight: 400; }
        h2 span { margin-left: 6px; }
        h3 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px;
          margin: 24px 0 8px; font-size: 15px; }
        h3 span { font-size: 13px; }
        .answer { margin: 2px 0 14px; font-size: 20px; font-weight: 650; line-height: 1.35;
          text-wrap: balance; }
        .bars { list-style: none; margin: 0; padding: 0; }
        .bars li { display: flex; align-items: center; min-height: 30px; }
        .name { flex: none; width: 150px; padding-right: 14px; }
        .best .name, .best .value, .best th { font-weight: 650; }
        .track { flex: 1; display: flex; align-items: center; padding-right: 130px; }
        .bar { flex: none; height: 18px; min-width: 3px; border-radius: 3px;
          background: var(--other); }
        .best .bar { background: var(--best); } .base .bar { background: var(--base); }
        .value { padding-left: 9px; white-space: nowrap; font-variant-numeric: tabular-nums;
          margin-right: -130px; }
        .value b { margin-left: 8px; font-weight: 400; } .best .value b { font-weight: 650; }
        .why { margin: 14px 0 0; max-width: 90ch; }
        .run { display: flex; align-items: center; }
        .run .name { font-size: 14px; line-height: 1.25; padding-top: 4px; padding-bottom: 4px; }
        .run .name small { display: block; color: var(--soft); font-weight: 400;
          font-size: 11.5px; }
        .plot { flex: 1; min-width: 0; align-self: stretch; display: flex; align-items: center;
          padding: 6px 0;
          background: repeating-linear-gradient(90deg, var(--line) 0 1px, transparent 1px
          var(--grid)); border-bottom: 1px solid var(--line); }
        .axis .plot { position: relative; height: 24px; background: none; }
        .axis span { position: absolute; bottom: 3px; color: var(--soft); font-size: 12px;
          white-space: nowrap; }
        .axis span:not(:first-child) { transform: translateX(-50%); }
        .timeline { display: block; width: 100%; overflow: visible; }
        .timeline:focus-visible, .scroll:focus-visible { outline: 2px solid var(--best);
          outline-offset: 3px; }
        .timeline rect { fill: var(--other); }
        .timeline rect:nth-child(even) { fill: var(--other2); }
        .best rect { fill: var(--best); } .best rect:nth-child(even) { fill: var(--best2); }
        .base rect { fill: var(--base); } .base rect:nth-child(even) { fill: var(--base2); }
        .timeline rect.on, .timeline rect:hover { fill: #f2a100; }
        #tip { position: fixed; z-index: 1; pointer-events: none; padding: 4px 9px;
          border-radius: 6px; background: var(--text); color: var(--back); font-size: 13px; }
        .scroll { overflow-x: auto; margin-top: 22px; }
        table { width: 100%; border-collapse: collapse; font-size: 13.5px;
          font-variant-numeric: tabular-nums; }
        th, td { padding: 5px 0 5px 16px; text-align: right; font-weight: 400; }
        thead th { color: var(--soft); vertical-align: bottom; font-size: 12.5px; }
        tbody tr { border-top: 1px solid var(--line); } .best td { font-weight: 650; }
        tbody th { padding-left: 0; text-align: left; white-space: nowrap; }
        @media (max-width: 640px) {
          body { padding: 18px 10px; } section { padding: 16px 14px; border-radius: 10px; }
          h1 { font-size: 22px; flex-direction: column; } .answer { font-size: 18px; }
          .bars li, .run { display: block; padding-top: 6px; }
          .name { width: auto; } .run .name small { display: inline; margin-left: 8px; }
          .axis .name { display: none; }
        }
        @media print {
          body { padding: 0; background: none; max-width: none; zoom: 0.68; }
          section, .bars, .timelines, table { break-inside: avoid; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          h3 span, #tip { display: none; }
        }
        """
}
