import type { Words } from '../../words/words.ts'
import { numbersText, type Rule } from './rule-draft.ts'

/** A rule in a few words: for whom, when, what happens. */
export function ruleText(
  { from, presence, times, moment, action, afterSeconds }: Rule,
  { handling, presence: presenceWords }: Pick<Words, 'handling' | 'presence'>,
  names: Readonly<Record<string, string>>,
): string {
  const { rule, callers, times: timeWords } = handling
  const whom = from
    ? [...(from.kinds ?? []).map((kind) => callers.kinds[kind]), numbersText(from)].filter((part) => part !== '')
    : [rule.everybody]
  const parts = [
    whom.join(', '),
    ...(presence ? [presence.map((state) => presenceWords.states[state]).join(', ')] : []),
    ...(times
      ? times.periods.map(
          ({ days, from: start, to }) => `${days.map((day) => timeWords.short[day - 1]).join(' ')} ${start}–${to}`,
        )
      : []),
  ]
  const to = action.kind === 'forward' ? action.to : ''
  const then =
    action.kind === 'forward'
      ? rule.goesTo[moment](names[to] && names[to] !== to ? `${to} (${names[to]})` : to, afterSeconds ?? 0)
      : rule.does[action.kind]
  return `${parts.join(' · ')} → ${then}`
}
