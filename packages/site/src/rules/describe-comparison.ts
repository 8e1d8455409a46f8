import { type Language, say, type Sentences } from '../words/say.ts'
import type { MissingOpening, RuleComparison, RulePart } from './compare-rules.ts'
import { ruleFindings } from './read/finding-words.ts'
import type { LineFinding } from './read/too-open.ts'

const heads = {
  counted: {
    en: '{openings} openings against {rules} rules.',
    sv: '{openings} öppningar mot {rules} regler.',
    fr: '{openings} ouvertures face à {rules} règles.',
  },
  missingHead: { en: 'Missing', sv: 'Saknas', fr: 'Manquant' },
  comingHead: {
    en: 'Not open yet, needed later',
    sv: 'Ännu inte öppet, behövs senare',
    fr: 'Pas encore ouvert, nécessaire plus tard',
  },
  unprovenHead: { en: 'Not proven', sv: 'Inte bevisat', fr: 'Non prouvé' },
  openHead: { en: 'Too open', sv: 'För öppet', fr: 'Trop ouvert' },
  supersededHead: { en: 'No longer used', sv: 'Används inte längre', fr: 'Plus utilisé' },
  unusedHead: { en: 'Serves no opening', sv: 'Behövs inte för någon öppning', fr: 'Ne sert à aucune ouverture' },
  unclearHead: { en: 'Not understood', sv: 'Inte förstått', fr: 'Incompris' },
  notesHead: { en: 'Look at', sv: 'Granska', fr: 'À vérifier' },
  line: { en: 'line {line}', sv: 'rad {line}', fr: 'ligne {line}' },
  lost: { en: 'Without it: {lost}', sv: 'Utan den: {lost}', fr: 'Sans elle : {lost}' },
  neededBy: { en: 'needed by {day}', sv: 'behövs från {day}', fr: 'nécessaire le {day}' },
  more: { en: '… and {count} more', sv: '… och {count} till', fr: '… et {count} de plus' },
  from: { en: '{from} to {to}', sv: '{from} till {to}', fr: '{from} vers {to}' },
} satisfies Sentences<string>

/** So many lines of each sort are told. */
const mostLines = 100

/** A comparison as a person reads it, in plain text. */
export function describeComparison(comparison: RuleComparison, language: Language): string {
  const tell = (key: keyof typeof heads, values: Readonly<Record<string, string | number>> = {}): string =>
    say(heads, language, { key, values })
  const { verdict, missing, comingUp, unproven, tooOpen, superseded, unused, notUnderstood, notes } = comparison
  const counts = {
    complete: 0,
    missing: missing.length,
    notUnderstood: Math.max(unproven.length, notUnderstood.filter(({ matters }) => matters).length),
    tooOpen: tooOpen.length + superseded.length + unused.length,
  }
  const lines = [
    say(ruleFindings, language, { key: verdict, values: { count: counts[verdict] } }),
    tell('counted', { openings: comparison.openings, rules: comparison.rules }),
  ]
  const section = (head: keyof typeof heads, texts: readonly string[]): void => {
    if (texts.length === 0) return
    lines.push('', `${tell(head)}:`, ...texts.slice(0, mostLines))
    if (texts.length > mostLines) lines.push(`  ${tell('more', { count: texts.length - mostLines })}`)
  }
  const opening = (one: MissingOpening): string => {
    const day = one.openBy === undefined ? '' : ` (${tell('neededBy', { day: one.openBy })})`
    const parts = one.parts.map((part) => `      ${partText(part, tell)}`)
    if (one.partCount > one.parts.length)
      parts.push(`      ${tell('more', { count: one.partCount - one.parts.length })}`)
    const key = one.what === 'answers' ? 'answersMissing' : one.what === 'later' ? 'laterMissing' : undefined
    const answers = key ? [`      ${say(ruleFindings, language, { key, values: {} })}`] : []
    return [
      `  ${one.openingId}: ${one.title}${day}`,
      `      ${tell('lost', { lost: one.lostIfMissing })}`,
      ...answers,
      ...parts,
    ].join('\n')
  }
  const found = ({ line, text, said }: LineFinding): string =>
    `  ${tell('line', { line: String(line) })}: ${text}\n      ${say(ruleFindings, language, said)}`
  section('missingHead', missing.map(opening))
  section('comingHead', comingUp.map(opening))
  section(
    'unprovenHead',
    unproven.map(({ openingId, title, said, lines: at }) => {
      const where = at.length === 0 ? '' : ` (${tell('line', { line: at.join(', ') })})`
      return `  ${openingId}: ${title}${where}\n      ${say(ruleFindings, language, said)}`
    }),
  )
  section('unclearHead', notUnderstood.map(found))
  section('openHead', tooOpen.map(found))
  section('supersededHead', superseded.map(found))
  section('unusedHead', unused.map(found))
  section('notesHead', notes.map(found))
  return `${lines.join('\n')}\n`
}

function partText(
  { from, to, protocol, ports }: RulePart,
  tell: (key: 'from', values: Readonly<Record<string, string>>) => string,
): string {
  return `${protocol}${ports === '' ? '' : ` ${ports}`}, ${tell('from', { from, to })}`
}

/** As monitoring programs use it: 0 complete, 1 too open only, 2 missing, 3 not understood. */
export const comparisonExitCodes = { complete: 0, tooOpen: 1, missing: 2, notUnderstood: 3 } as const
