/** The look of a statement: on screen a sheet of paper, in print A4 with heads repeated and no row cut in two. */
export const STATEMENT_STYLE = `
  @page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages);
    font: 9px sans-serif; color: #5d6b7c } }
  :root { --ink: #1b2430; --faint: #5d6b7c; --rule: #d5dce4; --wash: #f4f6f9; --accent: #14507d }
  * { box-sizing: border-box }
  body {
    margin: 0; background: #e6eaef; color: var(--ink); font: 13px/1.45 "Helvetica Neue", Arial, "Noto Sans",
      "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", sans-serif
  }
  main { max-width: 210mm; margin: 8mm auto; padding: 16mm 14mm; background: #fff; box-shadow: 0 1px 6px #0003 }
  header { display: flex; justify-content: space-between; gap: 2em; border-bottom: 2px solid var(--accent);
    padding-bottom: 5mm }
  h1 { margin: 0; font-size: 24px; font-weight: 600; letter-spacing: -.01em }
  h1 small { display: block; font-size: 14px; font-weight: 400; color: var(--faint); letter-spacing: 0 }
  h2 { margin: 9mm 0 2mm; font-size: 14px; display: flex; justify-content: space-between; break-after: avoid }
  h2 span { font-weight: 400; color: var(--faint) }
  dl { margin: 0; display: grid; grid-template-columns: auto auto; gap: 0 1em; align-content: start }
  dt { color: var(--faint) }
  dd { margin: 0; text-align: right }
  .state { display: inline-block; padding: 0 .6em; border-radius: 1em; font-size: 11px; font-weight: 600;
    background: #e2f1e6; color: #1d6b35; vertical-align: 3px }
  .state.open { background: #fdf0d5; color: #8a5a00 }
  .figures { margin: 6mm 0 0; width: 100%; border-collapse: collapse }
  .figures td { padding: 1.2mm 2mm }
  .figures tr.sum td { border-top: 1px solid var(--ink); border-bottom: 3px double var(--ink); font-weight: 600;
    font-size: 15px }
  .figures tr.part td { color: var(--faint); padding-left: 6mm }
  .figures tr.part td + td { padding-left: 2mm }
  .lines { width: 100%; border-collapse: collapse; table-layout: fixed }
  .lines th { text-align: left; font-weight: 600; font-size: 11px; color: var(--faint); border-bottom: 1px solid
    var(--ink); padding: 1mm 2mm }
  .lines td { padding: 1.4mm 2mm; border-bottom: 1px solid var(--rule); vertical-align: top; overflow-wrap: anywhere }
  .lines tr { break-inside: avoid }
  .lines tfoot td { border-bottom: 0; border-top: 1px solid var(--ink); font-weight: 600; background: var(--wash) }
  .lines tfoot { display: table-row-group; break-before: avoid }
  .lines tfoot tr { break-before: avoid }
  .lines tbody tr:last-child { break-after: avoid }
  .number { width: 6ch } .date { width: 12ch } .amount { width: 17ch }
  .lines th.amount, td.amount { text-align: right }
  td.amount, td.number, td.date { font-variant-numeric: tabular-nums; white-space: nowrap }
  td.number { color: var(--faint) }
  .late { display: inline-block; margin-left: .6em; padding: 0 .5em; border-radius: 1em; background: #fdf0d5;
    color: #8a5a00; font-size: 11px; white-space: nowrap }
  .none { color: var(--faint) }
  footer { margin-top: 10mm; padding-top: 3mm; border-top: 1px solid var(--rule); color: var(--faint); font-size: 11px;
    break-inside: avoid }
  footer code { display: block; color: var(--ink); font: 11px/1.6 ui-monospace, Menlo, Consolas, "DejaVu Sans Mono",
    monospace; overflow-wrap: anywhere }
  footer p { margin: 1mm 0 }
  @media print {
    body { background: none; font-size: 10.5px }
    main { max-width: none; margin: 0; padding: 0; box-shadow: none }
    thead { display: table-header-group }
  }
`;
