import { createHash } from 'node:crypto';

/** The one style sheet of all pages under /docs. It is allowed by its hash, so it must stay constant. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2230;--soft:#525b6d;--paper:#fff;--plate:#f3f5f9;--line:#cfd6e2;--link:#0b4fa8;--mark:#9a3412;--need:#1d5f3a}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9f0;--soft:#aab3c5;--paper:#12161f;--plate:#1c2230;--line:#3a4356;--link:#8fbcff;--mark:#ffb38a;--need:#8fdcae}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.6 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
main{max-width:60rem;margin:0 auto;padding:0 1rem 4rem}
main>section~section{border-top:1px solid var(--line)}
@supports selector(:has(:target)){
main>section~section{display:none;border:0}
main>section:has(:target){display:block}
main:has(>section~section :target)>section:first-child{display:none}
}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,pre:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:.2rem}
:target{scroll-margin-top:1rem}
div:focus{outline:0}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;z-index:1;padding:.5rem 1rem;background:var(--ink);color:var(--paper)}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;justify-content:space-between;padding:.75rem 0;border-bottom:1px solid var(--line);margin-bottom:2rem}
header a{display:inline-block;padding:.25rem 0}
header ol{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 .5rem;margin:0;padding:0;list-style:none}
header li+li::before{content:"/";color:var(--soft);margin-right:.5rem}
h1,h2,h3{line-height:1.25;text-wrap:balance}
h1{font-size:clamp(1.6rem,1.3rem + 1.5vw,2.2rem);margin:0 0 .75rem}
h2{font-size:1.35rem;margin:2.5rem 0 .75rem}
h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
p,li{max-width:44rem}
code{font:.9em ui-monospace,"Cascadia Mono",Menlo,Consolas,"Noto Sans Mono",monospace;overflow-wrap:anywhere}
h1 code,h2 code,h3 code{font-size:.92em}
pre{overflow:auto;max-width:100%;margin:.75rem 0;padding:.85rem 1rem;background:var(--plate);border:1px solid var(--line);border-radius:.4rem;line-height:1.5}
pre code{overflow-wrap:normal}
.lead{font-size:1.15rem}
.soft{color:var(--soft)}
.door{display:inline-block;margin:.5rem 0;padding:.65rem 1.1rem;border-radius:.4rem;background:var(--link);color:var(--paper);font-weight:600;text-decoration:none}
.door:hover{text-decoration:underline}
.opening{display:grid;gap:1rem 3rem;align-items:start}
@media (min-width:52rem){.opening{grid-template-columns:1fr 21rem}}
.list{list-style:none;padding:0}
.list>li{padding:.6rem 0;border-top:1px solid var(--line);max-width:none}
.list>li:last-child{border-bottom:1px solid var(--line)}
.list a{display:inline-block;padding:.1rem 0}
.fields{margin:0}
.fields>div{padding:.75rem 0;border-top:1px solid var(--line)}
.fields>div:last-child{border-bottom:1px solid var(--line)}
.fields dt{display:flex;flex-wrap:wrap;gap:.1rem .75rem;align-items:baseline}
.fields dt code{font-weight:700}
.fields dd{margin:.15rem 0 0}
.fields ul{margin:.25rem 0 0;padding-left:1.25rem}
.need{color:var(--need);font-weight:600}
.mark{color:var(--mark);font-weight:600}
.facts{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.3rem 1.25rem;margin:1rem 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0;min-width:0}
@media (max-width:30rem){.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.6rem}}
figure{margin:0}
figcaption{color:var(--soft);font-size:.9rem}
.way{display:block;width:100%;max-width:21rem;height:auto;font:600 15px system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.way rect{fill:var(--plate);stroke:var(--line)}
.way .log{stroke:var(--link);stroke-width:2}
.way path{fill:none;stroke:var(--link);stroke-width:2}
.way text{fill:var(--ink)}
.way .note{fill:var(--soft);font-weight:400;font-size:13px}
@media print{header{display:none}}
`;

/** What a content security policy calls this style sheet. */
export const PAGE_STYLE_SOURCE = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
