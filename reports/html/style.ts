/** The page's style sheet: light and dark, for wide and narrow windows, and for paper. No fonts, no pictures. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f7f9;--line:#d8dce2;--text:#1c2430;--dim:#5a6575;--link:#0b57d0;--good:#116b34;--goodbg:#e2f4e8;--bad:#b3141c;--badbg:#fde7e7;--doubt:#7f5200;--doubtbg:#fdf0d2;--quiet:#4a5568;--quietbg:#e9ecf1;--mark:#ffe08a;--marktext:#1c2430;--focus:#0b57d0}
@media (prefers-color-scheme:dark){:root{--bg:#12161c;--panel:#1a2029;--line:#343d4b;--text:#e4e8ee;--dim:#9ba7b8;--link:#8ab4ff;--good:#7bd69b;--goodbg:#173423;--bad:#ff9b95;--badbg:#431d1e;--doubt:#f0c264;--doubtbg:#3b2e10;--quiet:#b3bdcb;--quietbg:#2a323e;--mark:#6b5100;--marktext:#fff3cd;--focus:#8ab4ff}}
*{box-sizing:border-box}
html{scroll-padding-top:4rem}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1rem;margin:1.25rem 0 .5rem}
p{margin:.5rem 0}
a{color:var(--link)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em;unicode-bidi:isolate}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-999px}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.5rem;z-index:3}
.dim,.note,.more{color:var(--dim)}.note,.more{font-size:.9em}
.bad{color:var(--bad)}
nav{position:sticky;top:0;z-index:2;background:var(--bg);border-bottom:1px solid var(--line)}
nav ul{max-width:76rem;margin:0 auto;padding:.5rem 1.25rem;display:flex;gap:.25rem 1.1rem;list-style:none;overflow-x:auto;white-space:nowrap}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
.verdict{padding:.6rem .9rem;border-left:5px solid;border-radius:4px;margin:1rem 0;color:var(--text)}
.verdict strong{margin-right:.5rem}
.verdict.good{background:var(--goodbg);border-color:var(--good)}.verdict.bad{background:var(--badbg);border-color:var(--bad)}.verdict.open{background:var(--doubtbg);border-color:var(--doubt)}
.badge{display:inline-block;padding:0 .45em;border-radius:4px;font-size:.82em;font-weight:600;line-height:1.6;white-space:nowrap}
.o-pass{color:var(--good);background:var(--goodbg)}.o-fail,.o-harness-error{color:var(--bad);background:var(--badbg)}.o-warn,.o-inconclusive{color:var(--doubt);background:var(--doubtbg)}.o-info,.o-unsupported,.o-not-applicable,.o-skipped{color:var(--quiet);background:var(--quietbg)}
td.plain{font-weight:600}
.totals{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1rem 0}
.totals li{border-radius:6px}
.totals a{display:block;padding:.4rem .8rem;color:inherit;text-decoration:none;min-width:6rem}
.totals a:hover{text-decoration:underline}
.totals .zero{color:var(--dim);background:var(--quietbg)}.totals b{display:block;font-size:1.35rem;line-height:1.2}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:0 2rem}
dl{margin:.4rem 0}dl>div{display:flex;gap:.75rem;padding:.12rem 0}dt{flex:0 0 7.5rem;color:var(--dim)}dd{margin:0;min-width:0;flex:1}
dd ul,.clients,.capabilities,.where{margin:0;padding-left:1.1rem}
.clients,.capabilities{list-style:none;padding:0}.clients>li{margin-bottom:.6rem}.capabilities li{margin:.15rem 0}
.clients details{margin:.15rem 0 .15rem .25rem;font-size:.93em}.clients ul{margin:.1rem 0;padding-left:1.3rem}
.scroll{position:relative;overflow-x:auto;border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--dim);font-size:.9em;padding:.5rem .7rem}
th,td{padding:.3rem .7rem;text-align:left;border-top:1px solid var(--line);vertical-align:top}
thead th{border-top:0;vertical-align:bottom}
th{white-space:nowrap}tbody th,tfoot th{font-weight:500;position:sticky;left:0;background:var(--bg);z-index:1}
tfoot th,tfoot td{border-top:2px solid var(--line);font-weight:600}
tbody tr:hover{background:var(--panel)}
.num{text-align:right}thead th:has(.below){text-align:right}.below{display:block;font-weight:400;font-size:.8em;color:var(--dim);white-space:nowrap}
.areas td{white-space:nowrap}
.matrix td,.matrix thead th{text-align:center}.matrix thead th:first-child,.matrix tbody th{text-align:left}.matrix th[colspan]{border-left:1px solid var(--line)}.matrix td:nth-child(2n){border-left:1px solid var(--line)}.matrix a{text-decoration:none}
.matrix .unasked{font-size:.78em;line-height:1.9}
.keywords td code,.keywords td a{white-space:nowrap}
#search{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.7rem .9rem;margin:.75rem 0}
#search[hidden]{display:none}
#search label{font-size:.9em;color:var(--dim)}#search input[type=search]{width:16rem;max-width:100%}
#search input[type=search],#search select,#search button{display:block;font:inherit;color:var(--text);background:var(--bg);border:1px solid var(--dim);border-radius:4px;padding:.3rem .5rem}
#search button{cursor:pointer}
#search fieldset{border:0;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.1rem .9rem;flex-basis:100%}#search legend{font-size:.9em;color:var(--dim);padding:0;float:left;margin-right:.9rem}
#search .chip{color:var(--text);white-space:nowrap}#shown{margin:0;color:var(--dim)}
details.list{margin:.5rem 0}details.list>summary h3{display:inline;font-size:1.02rem}.count{color:var(--dim);font-weight:400}
summary{cursor:pointer}
details.list>summary{padding:.45rem 0}
.check,.stream,.exchange{border:1px solid var(--line);border-radius:6px;margin:.4rem 0;content-visibility:auto;contain-intrinsic-size:auto 3rem}
.check>summary,.stream>summary,.exchange>summary{padding:.45rem .7rem;border-radius:6px}
.check>summary:hover,.stream>summary:hover,.exchange>summary:hover{background:var(--panel)}
.check:target,.stream:target,.exchange:target{border-color:var(--focus);box-shadow:0 0 0 1px var(--focus)}
.check .level{color:var(--dim);font-size:.85em}.check summary code{font-weight:600}.req{display:block;margin:.15rem 0 0 1.1rem}
.check[data-outcome=pass] .req,.check[data-outcome=not-applicable] .req,.check[data-outcome=skipped] .req{color:var(--dim)}
.body{padding:.3rem .9rem .8rem;border-top:1px solid var(--line)}
.finding{margin:.6rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--bad)}
.check[data-outcome=warn] .finding{border-color:var(--doubt)}.check[data-outcome=info] .finding{border-color:var(--dim)}
.pair dd{font-weight:500}
figure{margin:.5rem 0}figcaption{color:var(--dim);font-size:.88em}
pre{margin:.2rem 0 0;padding:.6rem .75rem;background:var(--panel);border:1px solid var(--line);border-radius:5px;white-space:pre-wrap;max-height:26rem;overflow:auto;line-height:1.45}
pre i{font-style:normal;color:var(--doubt);background:var(--doubtbg);border-radius:2px}
mark{background:var(--mark);color:var(--marktext);border-radius:2px;padding:0 1px;text-decoration:underline 2px var(--bad);text-underline-offset:3px}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;padding:0;font-size:.85em;color:var(--dim)}.legend li{display:flex;align-items:center;gap:.2rem}
.measures{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem}.measures>div{display:block}.measures dt{font-size:.82em}.measures dd{font-weight:600}
.timeline{display:flex;gap:.5rem;margin:.6rem 0;overflow:hidden}
.lanes{flex:0 0 8.5rem;padding-top:0;font-size:.82em;color:var(--dim);min-width:0}.lanes span{display:block;height:26px;line-height:26px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.lanes .tick{height:22px;line-height:20px}
.plot{flex:1;min-width:0;width:100%;background:var(--panel);border:1px solid var(--line);border-radius:5px}
.plot text{fill:var(--dim);font-size:11px}.rail{stroke:var(--line)}
.span{fill:var(--link);opacity:.22}.span.open{fill:none;stroke:var(--bad);stroke-dasharray:4 3;opacity:1}
.m{fill:var(--link);stroke:var(--link)}.m[fill=none]{fill:none}.p{fill:var(--dim);stroke:var(--bg)}.b{stroke:var(--bad);fill:none}
.breach line{stroke:var(--bad);stroke-dasharray:2 3}.breach text{fill:var(--bad);font-weight:700}
.silence{fill:var(--doubtbg);stroke:var(--doubt);stroke-dasharray:3 3;stroke-width:.75}
.breaches{margin:.4rem 0;padding-left:1.5rem}
.sequence{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.82em;background:var(--panel);border:1px solid var(--line);border-radius:5px;padding:.45rem .6rem;max-height:12rem;overflow:auto}
.calls{list-style:none;padding:0}.calls li{margin:.5rem 0;padding:.4rem .7rem;border:1px solid var(--line);border-radius:6px}
.pieces{margin-top:.25rem;max-height:9rem;overflow:auto}.pieces code{border-left:2px solid var(--dim);padding:0 .35em;background:var(--panel);white-space:pre-wrap}.whole{margin-top:.2rem}
.exchange .status{font-weight:600}
footer{padding:2rem 1.25rem;color:var(--dim);font-size:.9em}
@media (max-width:40rem){body{font-size:14px}header,main,footer{padding-left:.8rem;padding-right:.8rem}nav ul{padding-left:.8rem;padding-right:.8rem}dl>div{display:block}.measures{gap:.3rem 1rem}dt{font-size:.88em}.body{padding-left:.6rem;padding-right:.6rem}.lanes{flex-basis:4.6rem}.req{margin-left:0}.finding{padding-left:.6rem}.totals a{min-width:4.6rem;padding:.35rem .6rem}#search input[type=search]{width:100%}#search label:first-of-type{flex-basis:100%}#search legend{float:none}th,td{padding:.3rem .5rem}}
@media (forced-colors:active){.badge,mark{border:1px solid}}
@media print{nav,#search{display:none}pre{max-height:none}.check,.stream,.exchange{content-visibility:visible}}
`;
