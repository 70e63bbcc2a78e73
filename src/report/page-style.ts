// How a report looks on a page: light and dark by the reader's setting, on a phone and in print.
// Red is for alarms alone.
export const pageStyle: string = `
:root { --ground: #fff; --ink: #1b1f24; --quiet: #5b6470; --rule: #d7dce2; --accent: #8f99a5;
  --good: #00655f; --warn: #5f3f00; --bad: #c92a2a; --alarm: #fdecea; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --ink: #e7eaee; --quiet: #9aa4b0; --rule: #343b44; --accent: #5d6773;
    --good: #7cbdb8; --warn: #ffd43b; --bad: #ff8787; --alarm: #3a1d1c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--ground);
  color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; text-wrap: balance;
  overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; padding-top: .75rem; display: flex;
  flex-wrap: wrap; gap: .25rem 1rem; justify-content: space-between; align-items: baseline;
  border-top: 2px solid var(--accent); }
.subtitle, .note, footer, figcaption, caption { color: var(--quiet); font-size: .875rem; }
.headline { font-size: 1.1rem; font-weight: 600; }
.warning { margin: .75rem 0; padding: .6rem .9rem; font-weight: 600; background: var(--alarm);
  border-left: 4px solid var(--bad); border-radius: 2px; overflow-wrap: anywhere; }
.badge { font-size: .75rem; font-weight: 600; padding: .1rem .55rem; white-space: nowrap;
  border: 1px solid currentColor; color: var(--quiet); border-radius: 1rem; }
.badge.good { color: var(--good); }
.badge.warn { color: var(--warn); }
.badge.bad { color: var(--bad); }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
details[open] > summary { margin-bottom: .5rem; }
.scroll { overflow-x: auto; }
.scroll + .scroll { margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid var(--rule); }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: 1.25rem 0; }
svg { width: 100%; height: auto; color: var(--ink); }
.scroll svg { min-width: 36rem; }
.narrow { display: none; }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .75rem; }
footer p { margin: 0 0 .25rem; overflow-wrap: anywhere; }
@media screen and (max-width: 40rem) {
  .wide { display: none; }
  .narrow { display: block; }
  .stacked, .stacked caption, .stacked tbody, .stacked tr, .stacked td { display: block; }
  .stacked thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .stacked tr { padding: .5rem 0; border-bottom: 1px solid var(--rule); }
  .stacked td { display: flow-root; padding: .1rem 0; border: 0; text-align: right;
    white-space: normal; overflow-wrap: anywhere; }
  .stacked td::before { content: attr(data-label); color: var(--quiet); text-align: left;
    float: left; max-width: 60%; margin-right: 1rem; }
  .stacked td.name { display: inline; font-weight: 600; }
  .stacked td.name::before { content: none; float: none; margin: 0; }
  .stacked td.name ~ td.name:not(:empty)::before { content: ", "; color: inherit; }
  .stacked td.number.name::before { content: attr(data-label) ": "; }
  .stacked td:empty { display: none; }
  .number { white-space: normal; }
  th, td { padding-right: .6rem; }
  th:last-child, td:last-child { padding-right: 0; }
}
@media print { details::details-content { content-visibility: visible; block-size: auto; }
  .scroll svg { min-width: 0; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  section, figure, tr { break-inside: avoid; } h2 { break-after: avoid; }
}
`;
