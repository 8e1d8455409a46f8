import type { Opening } from '../../plan/opening.ts'
import { type Language, say } from '../../words/say.ts'
import { ruleWords } from '../rule-words.ts'

/**
 * What a rule's comment says, most needed first, so that a device's limit cuts the title and not the ids: requirement ids,
 * days, title.
 * @param fit the device's characters and length (plainAscii, plainUnicode)
 */
export function remark(opening: Opening, language: Language, fit: (text: string) => string): string {
  const days = [
    opening.openBy === undefined ? '' : say(ruleWords, language, { key: 'openBy', values: { day: opening.openBy } }),
    opening.closeAfter === undefined
      ? ''
      : say(ruleWords, language, { key: 'closeAfter', values: { day: opening.closeAfter } }),
  ].filter((text) => text !== '')
  const ids = opening.requirementIds.length === 0 ? opening.id : opening.requirementIds.join(' ')
  return fit(`${ids}${days.length > 0 ? ` (${days.join(', ')})` : ''}: ${opening.title}`)
}
