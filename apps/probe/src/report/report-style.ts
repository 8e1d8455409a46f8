/** Style of the HTML report: readable without colours, dark where the reader wants it, and on paper. */
export const reportStyle = `
:root{color-scheme:light dark;--line:#c8ccd2;--quiet:#5b6470;--good:#0a6b3d;--warn:#8a5a00;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--line:#444b55;--quiet:#a7b0bb;--good:#5bd198;--warn:#f0b450;--bad:#ff8a80}}
body{font:16px/1.5 system-ui,sans-serif;margin:0}
main{max-width:64rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.4rem;margin:0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.5rem 0 .25rem}
header{border-left:.5rem solid var(--quiet);padding:.5rem 1rem}
.verdict{font-size:2rem;font-weight:700;margin:.25rem 0}
header.ready{border-color:var(--good)}header.ready .verdict,tr.pass .state{color:var(--good)}
header.ready-with-limits,header.not-proven{border-color:var(--warn)}
header.ready-with-limits .verdict,header.not-proven .verdict,tr.limit .state,tr.inconclusive .state,tr.stale .state{color:var(--warn)}
header.not-ready{border-color:var(--bad)}header.not-ready .verdict,tr.fail .state{color:var(--bad)}
table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{color:var(--quiet);font-weight:600}.state{font-weight:600;white-space:nowrap}
th:nth-child(1){width:30%}th:nth-child(2){width:9rem}th:nth-child(4){width:8rem}
time,footer,dt{color:var(--quiet);font-size:.875rem}dl{margin:.25rem 0;font-size:.875rem}dd{margin:0 0 .25rem 1rem}
@media print{:root{color-scheme:light;--line:#999;--quiet:#444;--good:#000;--warn:#000;--bad:#000}
main{max-width:none;padding:0}tr,h3{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}details::details-content{content-visibility:visible;height:auto}body{font-size:10pt}}
`
