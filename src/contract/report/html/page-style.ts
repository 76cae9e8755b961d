/** The look of the page. Colour only has meaning: red is broken, amber is doubtful, green is kept. */
export const pageStyle: string = `
:root{color-scheme:light dark;--ground:#f6f7f9;--panel:#fff;--ink:#1b1f26;--soft:#586172;--line:#dde1e8;--wire:#f1f3f6;
--must:#b3261e;--must-bg:#fce9e7;--should:#8a5300;--should-bg:#fdf1dc;--good:#1c6b3c;--good-bg:#e5f4ea;--link:#1f56b3;--focus:#1f56b3}
@media (prefers-color-scheme:dark){:root{--ground:#14171c;--panel:#1c2027;--ink:#e7eaf0;--soft:#a3acbb;--line:#323945;--wire:#12151a;
--must:#ff9d94;--must-bg:#43211f;--should:#f3c26b;--should-bg:#3b2d12;--good:#8bd6a5;--good-bg:#193524;--link:#90b8ff;--focus:#90b8ff}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
code,pre,.wire{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem 1rem;z-index:9}
header,main,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:2.5rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .35rem;letter-spacing:-.01em}
h2{font-size:1.2rem;margin:3rem 0 1rem}
h3{font-size:1rem;line-height:1.4;margin:0}
.soft{color:var(--soft)}
header p{margin:.15rem 0}
.outcome{margin:1.5rem 0 0;padding:1rem 1.25rem;border-radius:10px;font-size:1.05rem;font-weight:600;background:var(--good-bg);color:var(--good)}
.outcome.must{background:var(--must-bg);color:var(--must)}
.outcome.should{background:var(--should-bg);color:var(--should)}
dl{margin:0}
.counts{display:grid;grid-template-columns:repeat(5,1fr);gap:.75rem;margin-top:1rem}
.counts>div{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem}
.counts dt{color:var(--soft);font-size:.86rem}
.counts dd{margin:0;font-size:1.5rem;font-weight:650;font-variant-numeric:tabular-nums;line-height:1.3}
.counts small{white-space:nowrap;font-size:.9rem;font-weight:400;color:var(--soft)}
.is-must dd{color:var(--must)}.is-should dd{color:var(--should)}.is-good dd{color:var(--good)}
.filter{display:grid;grid-template-columns:2fr repeat(3,1fr);gap:.75rem;background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:1rem;margin:0}
.filter label{font-size:.86rem;color:var(--soft);min-width:0}
.filter input,.filter select{display:block;width:100%;margin-top:.2rem;font:inherit;color:var(--ink);background:var(--ground);border:1px solid var(--soft);border-radius:6px;padding:.45rem .6rem;min-height:2.6rem}
.filter output{grid-column:1/-1;color:var(--soft);font-size:.9rem}
.cause{margin:2rem 0 0}
.cause>h3{margin-bottom:.75rem}
.finding{background:var(--panel);border:1px solid var(--line);border-left:4px solid var(--should);border-radius:10px;margin:.75rem 0;scroll-margin-top:1rem}
.finding.must{border-left-color:var(--must)}.finding.may{border-left-color:var(--soft)}
.finding:target{outline:3px solid var(--focus)}
summary{cursor:pointer}
.finding>details>summary{padding:.9rem 1.1rem;display:grid;grid-template-columns:auto 1fr auto;gap:.15rem .75rem;list-style:none;align-items:baseline}
.finding>details>summary::-webkit-details-marker{display:none}
.finding>details>summary::after{content:"▸";grid-column:3;grid-row:1;color:var(--soft)}
.finding>details[open]>summary::after{content:"▾"}
.finding>details>summary .title{font-weight:600}
.finding>details>summary .where{grid-column:2;color:var(--soft);font-size:.86rem}
.finding>details>summary:hover .title{text-decoration:underline}
.badge{font-size:.72rem;font-weight:700;letter-spacing:.05em;text-transform:uppercase;padding:.1rem .5rem;border-radius:99px;background:var(--should-bg);color:var(--should)}
.badge.must{background:var(--must-bg);color:var(--must)}
.badge.may{background:var(--wire);color:var(--soft)}
.inside{padding:0 1.1rem 1.1rem}
.inside>p{margin:.25rem 0 1rem;max-width:70ch}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:0 0 1rem}
.pair>div{border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem;min-width:0}
.pair dt,.facts dt,.exchange h4{font-size:.8rem;color:var(--soft);font-weight:600;margin:0}
.pair dd{margin:.15rem 0 0;white-space:pre-wrap}
.facts{display:grid;grid-template-columns:9rem 1fr;gap:.4rem .75rem;margin:0 0 1rem;font-size:.94rem}
.facts dd{margin:0}
.facts ul{margin:0;padding-left:1.1rem}
.exchange{display:grid;grid-template-columns:minmax(0,1fr);gap:.9rem}
.exchange h4{display:flex;justify-content:space-between;align-items:center;gap:.5rem;min-height:2rem}
pre{margin:.3rem 0 0;background:var(--wire);border:1px solid var(--line);border-radius:8px;padding:.75rem .9rem;white-space:pre-wrap;max-height:26rem;overflow:auto;line-height:1.5}
button{font:inherit;font-weight:400;font-size:.86rem;color:var(--ink);background:var(--panel);border:1px solid var(--soft);border-radius:6px;padding:.25rem .75rem;min-height:2rem;cursor:pointer}
.scroll{overflow:auto;max-height:80vh;background:var(--panel);border:1px solid var(--line);border-radius:10px}
table{border-collapse:separate;border-spacing:0;font-size:.86rem}
th{font-weight:500;text-align:left}
thead th{position:sticky;top:0;background:var(--panel);z-index:1;vertical-align:bottom;border-bottom:1px solid var(--line);padding:.6rem .2rem}
thead th span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap;max-height:13rem}
tbody th{position:sticky;left:0;background:var(--panel);padding:.3rem .9rem;border-right:1px solid var(--line);min-width:12rem;max-width:24rem}
thead th:first-child{left:0;z-index:2;padding:.6rem .9rem;border-right:1px solid var(--line)}
td{padding:2px;text-align:center;min-width:2.3rem}
td a,td span{display:block;padding:.2rem;border-radius:5px;text-decoration:none;font-variant-numeric:tabular-nums;color:var(--soft);white-space:nowrap}
td .passed{color:var(--good);background:var(--good-bg)}
td i{font-style:normal;margin-left:.2rem}
td .failed{color:var(--must);background:var(--must-bg);font-weight:700}
td .warned,td .inconclusive{color:var(--should);background:var(--should-bg)}
td .skipped{background:var(--wire)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;color:var(--soft);font-size:.86rem;margin:0 0 .75rem;padding:0;list-style:none}
.panel{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:.9rem 1.1rem;margin:.6rem 0}
.panel ul,.panel ol{margin:.5rem 0 0;padding-left:1.25rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
footer{padding-top:2.5rem;padding-bottom:3rem;color:var(--soft);font-size:.86rem}
@media (max-width:44rem){header,main,footer{padding-left:1rem;padding-right:1rem}header{padding-top:1.5rem}h1{font-size:1.4rem}
.filter{grid-template-columns:1fr 1fr}.filter label:first-child,.filter label:nth-child(4){grid-column:1/-1}.pair{grid-template-columns:1fr}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
.counts{grid-template-columns:repeat(2,1fr)}tbody th{min-width:8rem;max-width:9.5rem;padding:.3rem .6rem}.finding>details>summary{padding:.8rem .9rem}.inside{padding:0 .9rem .9rem}}
@media print{.filter,button{display:none}.scroll,pre{max-height:none;overflow:visible}}
`;
