import {
  checkWords,
  type Language,
  outcomeWords,
  ownerWords,
  reportWords,
  say,
  sayFinding,
  type SiteReport,
  verdictMeanings,
  verdictWords,
} from '@vaxel/site'

/** A report for a terminal: verdict, what is lost and who must act, then every result in a line or two. */
export function textReport(report: SiteReport, language: Language): string {
  const { judgement, results } = report
  const { coverage, losses, verdict } = judgement
  const lines = [
    `${verdictWords[verdict][language]}  ${report.site}`,
    verdictMeanings[verdict][language],
    say(reportWords, language, { key: 'proven', values: { proven: coverage.proven, required: coverage.required } }),
  ]
  if (coverage.cannotBeProvenHere > 0)
    lines.push(say(reportWords, language, { key: 'notFromHere', values: { count: coverage.cannotBeProvenHere } }))
  lines.push('', heading(reportWords.lost[language]))
  if (losses.length === 0) lines.push(reportWords.nothingLost[language])
  for (const { title, lost, outcome, who, segments } of losses) {
    const where = segments.filter((name) => name !== '').join(', ')
    lines.push(`- ${title}: ${outcomeWords[outcome][language]}${where === '' ? '' : ` (${where})`}`)
    lines.push(`  ${lost}`)
    if (who !== 'unknown') lines.push(`  ${reportWords.who[language]}: ${ownerWords[who][language]}`)
  }
  lines.push('', heading(reportWords.evidence[language]))
  for (const result of results) {
    const where = result.segment === '' ? '' : ` [${result.segment}]`
    lines.push(`${mark(result.outcome)} ${checkWords[result.check][language]}${where}: ${result.target}`)
    lines.push(`    ${sayFinding(result.finding, language)}`)
  }
  return lines.join('\n')
}

const heading = (text: string): string => `${text}\n${'-'.repeat(text.length)}`

const marks = { pass: '+', limit: '~', fail: 'X', inconclusive: '?', stale: '?' } as const
const mark = (outcome: string): string => (Object.hasOwn(marks, outcome) ? marks[outcome as keyof typeof marks] : '.')
