import {
  type CheckResult,
  checkWords,
  type Language,
  outcomeWords,
  ownerWords,
  reportWords,
  say,
  sayFinding,
  type SiteReport,
  type Values,
  verdictMeanings,
  verdictWords,
} from '@vaxel/site'
import { reportStyle } from './report-style.ts'

/**
 * A report as one HTML file: no scripts, nothing loaded from elsewhere, made to be read on a screen, printed and sent by mail.
 * Texts of strangers (names in certificates, answers of servers) are escaped, and a policy in the page forbids everything
 * but its own style besides.
 */
export function htmlReport(report: SiteReport, language: Language): string {
  const { judgement, site } = report
  const { verdict, coverage } = judgement
  const word = (key: keyof typeof reportWords, values: Values = {}): string =>
    escape(say(reportWords, language, { key, values }))
  const title = word('title', { site })
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(verdictWords[verdict][language])}: ${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header class="${verdict}">
<h1>${title}</h1>
<p class="verdict">${escape(verdictWords[verdict][language])}</p>
<p>${escape(verdictMeanings[verdict][language])} ${word('proven', { proven: coverage.proven, required: coverage.required })}.${
    coverage.cannotBeProvenHere > 0 ? ` ${word('notFromHere', { count: coverage.cannotBeProvenHere })}` : ''
  }</p>
</header>
${lossesPart(report, language)}
${evidencePart(report, language)}
<footer>
<p>${word('made', madeValues(report, language))}</p>
<p>${word('formulas')}</p>
</footer>
</main>
</body>
</html>
`
}

function lossesPart({ judgement: { losses } }: SiteReport, language: Language): string {
  const rows = losses.map(
    ({ title, lost, outcome, who, segments }) => `<tr class="${outcome}">
<td><strong>${escape(title)}</strong><br>${escape(lost)}</td>
<td class="state">${escape(outcomeWords[outcome][language])}</td>
<td>${escape(ownerWords[who][language])}</td>
<td>${escape(segments.filter((name) => name !== '').join(', '))}</td>
</tr>`,
  )
  const body =
    rows.length === 0
      ? `<p>${escape(reportWords.nothingLost[language])}</p>`
      : table(['requirement', 'state', 'who', 'where'], rows, language)
  return `<section><h2>${escape(reportWords.lost[language])}</h2>${body}</section>`
}

function evidencePart({ results }: SiteReport, language: Language): string {
  const groups = new Map<CheckResult['check'], CheckResult[]>()
  for (const result of results) groups.set(result.check, [...(groups.get(result.check) ?? []), result])
  const parts = [...groups].map(
    ([check, own]) =>
      `<h3>${escape(checkWords[check][language])}</h3>${table(
        ['tried', 'state', 'found', 'where'],
        own.map((result) => resultRow(result, language)),
        language,
      )}`,
  )
  return `<section><h2>${escape(reportWords.evidence[language])}</h2>${parts.join('\n')}</section>`
}

function resultRow(result: CheckResult, language: Language): string {
  const { outcome, target, finding, measured = [], evidence = {}, controls, segment, startedAt } = result
  const isControlFailed = controls?.knownGood === false || controls?.closed === false
  const details = [
    ...measured.map(({ name, value, unit, definition }): [string, string] => [
      name,
      `${value} ${unit === 'count' || unit === 'mos' ? '' : unit}${definition === undefined ? '' : ` (${definition})`}`,
    ]),
    ...Object.entries(evidence),
  ]
  const list = details.map(([name, text]) => `<dt>${escape(name)}</dt><dd>${escape(text)}</dd>`).join('')
  return `<tr class="${outcome}">
<td>${escape(target)}<br><time>${escape(startedAt.slice(0, 19).replace('T', ' '))} UTC</time></td>
<td class="state">${escape(outcomeWords[outcome][language])}</td>
<td>${escape(sayFinding(finding, language))}${isControlFailed ? ` ${escape(reportWords.controlsFailed[language])}` : ''}${
    result.sample ? ` ${escape(sayFinding(result.sample, language))}` : ''
  }${list === '' ? '' : `<details><summary>${escape(reportWords.details[language])}</summary><dl>${list}</dl></details>`}</td>
<td>${escape(segment)}</td>
</tr>`
}

const table = (headings: readonly (keyof typeof reportWords)[], rows: readonly string[], language: Language): string =>
  `<table><thead><tr>${headings.map((key) => `<th scope="col">${escape(reportWords[key][language])}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`

const madeValues = ({ startedAt, endedAt, madeBy, catalogue }: SiteReport, language: Language): Values => ({
  from: `${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
  to: `${endedAt.slice(0, 16).replace('T', ' ')} UTC`,
  tool: reportWords[madeBy.tool === 'probe' ? 'probe' : 'verifyPage'][language],
  version: madeBy.version,
  on: madeBy.on,
  catalogue: catalogue.id,
  catalogueVersion: catalogue.version,
})

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)
