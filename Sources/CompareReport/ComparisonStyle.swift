extension ComparisonPage {
    /// What the page has beyond others: bars that open, and tables of figures.
    static let style = """

        h1 { display: flex; flex-wrap: wrap; gap: 10px 48px; margin: 10px 0 8px; font-size: 28px; }
        h1 small { display: block; color: var(--soft); font-size: 15px; font-weight: 400;
          letter-spacing: 0; }
        h2 { margin: 0; font-size: 15px; }
        h2 span { margin-left: 6px; color: var(--soft); font-weight: 400; }
        .answer { margin: 2px 0 12px; font-size: 20px; font-weight: 650; line-height: 1.35;
          text-wrap: balance; }
        .key { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0 0 6px; color: var(--soft);
          font-size: 12.5px; }
        .key u { vertical-align: -1px; } .key span:last-child { margin-left: auto; }
        u.had { background: var(--run); } u.wanted { background: var(--ready); opacity: .6; }
        small u { width: 9px; height: 9px; margin-right: 6px; border-radius: 2px; opacity: .5; }
        .place { display: grid; grid-template-columns: 272px 1fr 72px 60px; align-items: center;
          column-gap: 12px; min-height: 44px; padding: 3px 0; }
        summary.place { cursor: pointer; }
        .places > * + * { border-top: 1px solid var(--line); }
        details[open] { padding-bottom: 18px; }
        .name { line-height: 1.3; } summary .name { position: relative; padding-left: 16px; }
        summary .name::before { content: ""; position: absolute; left: 2px; top: 6px; width: 5px;
          height: 5px; border: solid var(--soft); border-width: 0 1.5px 1.5px 0;
          transform: rotate(-45deg); }
        details[open] .name::before { transform: rotate(45deg); top: 5px; }
        .name small { display: block; color: var(--soft); font-size: 12px; font-weight: 400; }
        .best .name, .best .value, .best .gain, .best th { font-weight: 650; }
        .best .gain { color: var(--run); }
        .value, .gain { text-align: right; font-variant-numeric: tabular-nums;
          white-space: nowrap; }
        .track { display: block; }
        .strip { display: block; height: 30px; min-width: 3px; border-radius: 3px;
          background: var(--back); }
        .strip .plain { fill: var(--other); opacity: .5; } .best .plain { fill: var(--run);
          opacity: 1; }
        .strip .phase { fill: var(--tone); opacity: .22; }
        .strip .had { fill: var(--run); } .strip .wanted { fill: var(--ready); opacity: .6; }
        .run { padding: 6px 0 0 16px; } .verdict { margin: 0 0 6px; }
        .why { margin: 16px 0 0; max-width: 90ch; }
        .scroll { overflow-x: auto; margin-top: 18px; }
        table { width: 100%; border-collapse: collapse; font-size: 13px;
          font-variant-numeric: tabular-nums; }
        th, td { padding: 5px 0 5px 16px; text-align: right; font-weight: 400; }
        thead th { color: var(--soft); vertical-align: bottom; font-size: 12px; }
        tbody tr { border-top: 1px solid var(--line); } .best td { font-weight: 650; }
        tbody th { padding-left: 0; text-align: left; white-space: nowrap; }
        @media (max-width: 700px) {
          h1 { font-size: 22px; flex-direction: column; } .answer { font-size: 18px; }
          .place { grid-template-columns: 1fr auto 58px; row-gap: 4px; padding: 8px 0; }
          .track { grid-row: 2; grid-column: 1 / -1; } .strip { height: 24px; }
          .run { padding-left: 0; } .key span:last-child { margin-left: 0; }
        }
        @media print {
          body { zoom: .75; } section { break-inside: auto; } .key span:last-child { display: none; }
          .place, .run, table { break-inside: avoid; }
        }
        """
}
