// The look of the API page: system fonts, light and dark, nothing fetched from anywhere.
export const DOCS_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfcfb, #17130f);
  --sheet: light-dark(#ffffff, #1f1a15);
  --ink: light-dark(#2a2320, #ece5df);
  --soft: light-dark(#6f645d, #a89c92);
  --line: light-dark(#e9e2dc, #362e27);
  --red: light-dark(#b3261e, #ff8a7a);
  --get: light-dark(#0f6b4f, #6fd3ae);
  --post: light-dark(#b3261e, #ff8a7a);
  --delete: light-dark(#7a4b00, #f0b65a);
  --code: light-dark(#f6f2ee, #120f0c);
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
code, pre { font: 0.86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
a { color: inherit; }
.page {
  display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 78rem; margin: auto;
}
nav {
  position: sticky; top: 0; align-self: start; height: 100vh; overflow: auto;
  padding: 2rem 1rem 2rem 1.5rem; border-right: 1px solid var(--line); font-size: 0.9rem;
}
nav h2 {
  margin: 1.5rem 0 0.4rem; font-size: 0.72rem; letter-spacing: 0.08em; text-transform: uppercase;
  color: var(--soft);
}
nav a { display: block; padding: 0.15rem 0; text-decoration: none; }
nav a:hover { color: var(--red); }
nav .name { font-weight: 700; font-size: 1.15rem; color: var(--red); }
main { padding: 2rem 2.5rem 6rem; }
header p { max-width: 44rem; color: var(--soft); }
h1 { margin: 0; font-size: 1.9rem; letter-spacing: -0.02em; }
main h2 { margin: 3.5rem 0 0.5rem; font-size: 1.3rem; }
article {
  margin: 1.25rem 0; padding: 1.25rem 1.5rem 1.5rem; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 12px;
}
article h3 { margin: 0; font-size: 1.05rem; }
article > p { margin: 0.4rem 0 0; color: var(--soft); max-width: 46rem; }
.call { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: baseline; margin: 0.7rem 0 0; }
.method { font-weight: 700; font-size: 0.78rem; letter-spacing: 0.04em; }
.method.get { color: var(--get); }
.method.post { color: var(--post); }
.method.delete { color: var(--delete); }
.path { overflow-wrap: anywhere; }
.scopes { margin-left: auto; display: flex; gap: 0.35rem; }
.tag {
  padding: 0.05rem 0.5rem; border: 1px solid var(--line); border-radius: 99px; font-size: 0.75rem;
  color: var(--soft); white-space: nowrap;
}
table { width: 100%; margin-top: 1rem; border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.3rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 0.8rem; }
th, td {
  padding: 0.35rem 0.8rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
}
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; font-size: 0.9rem; }
pre {
  margin: 0.6rem 0 0; padding: 0.9rem 1rem; overflow: auto; background: var(--code);
  border: 1px solid var(--line); border-radius: 8px;
}
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 1rem; }
@media (max-width: 56rem) {
  .page { display: block; }
  nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line); }
  main { padding: 1.5rem 1rem 4rem; }
  .scopes { margin-left: 0; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;
