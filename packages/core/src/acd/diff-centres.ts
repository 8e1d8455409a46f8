import type { Language } from '../ports/directory.ts'
import type { Centre } from './centre.ts'
import { type CentreSection, type CentreThing, centreSections, idOfThing, nameOfThing } from './centre-things.ts'
import type { CentreSurroundings } from './check/centre-finding.ts'
import { describeScreenPop, describeThing, namesIn } from './describe-thing.ts'
import type { ThingFacts } from './thing-facts.ts'
import { isSame } from './rebase-centre.ts'
import { centreWords } from './words/say-centre.ts'

/** What is different in one thing of two centres, in words of a language. */
export interface CentreDifference {
  readonly section: CentreSection | 'screenPop'
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed'
  /** `Changed queue “Support”`. */
  readonly text: string
  /** Empty when a thing was removed. */
  readonly fields: readonly { readonly label: string; readonly before?: string; readonly after?: string }[]
}

/**
 * What is different between two centres, thing by thing, in the order of screens. The order of a list counts for nothing.
 * @param language in which it is said
 */
export function diffCentres(
  before: Centre,
  after: Centre,
  around: Pick<CentreSurroundings, 'userName' | 'soundName'>,
  language: Language,
): readonly CentreDifference[] {
  const words = centreWords[language]
  const old = namesIn([before, after], around)
  const now = namesIn([after, before], around)
  const differences: CentreDifference[] = []
  const tell = (
    at: Pick<CentreDifference, 'section' | 'id'>,
    name: string | undefined,
    [was, is]: readonly [ThingFacts | undefined, ThingFacts | undefined],
  ) => {
    const change = was ? (is ? 'changed' : 'removed') : 'added'
    const fields = is ? fieldsOf(was ?? new Map(), is) : []
    if (change === 'changed' && fields.length === 0) return
    const thing = words.things[at.section]
    const text = words[change]({ thing, name: name === undefined ? '' : ` ${quoted(name, language)}` })
    differences.push({ ...at, change, text, fields })
  }
  for (const section of centreSections) {
    const [was, is] = [byId(before[section]), byId(after[section])]
    for (const id of new Set([...is.keys(), ...was.keys()])) {
      const [left, right] = [was.get(id), is.get(id)]
      if (isSame(left, right)) continue
      tell({ section, id }, nameOfThing(right ?? left!) ?? now.user(id), [
        left && describeThing(section, left, old, words),
        right && describeThing(section, right, now, words),
      ])
    }
  }
  if (!isSame(before.screenPop, after.screenPop))
    tell({ section: 'screenPop', id: 'screenPop' }, undefined, [
      before.screenPop && describeScreenPop(before.screenPop, words),
      after.screenPop && describeScreenPop(after.screenPop, words),
    ])
  return differences
}

/** One change in a sentence, as the list of versions tells it: `New mailbox “Info”`. */
export const sayChange = (
  section: CentreSection,
  change: CentreDifference['change'],
  name: string,
  language: Language,
): string => {
  const words = centreWords[language]
  return words[change]({ thing: words.things[section], name: ` ${quoted(name, language)}` })
}

function fieldsOf(was: ThingFacts, is: ThingFacts): CentreDifference['fields'] {
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((label) => {
    const [before, after] = [was.get(label), is.get(label)]
    if (before === after) return []
    return [{ label, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
  })
}

const byId = (things: readonly CentreThing[]): ReadonlyMap<string, CentreThing> =>
  new Map(things.map((thing) => [idOfThing(thing), thing]))

const quotes: Readonly<Record<Language, readonly [string, string]>> = {
  en: ['“', '”'],
  sv: ['”', '”'],
  fr: ['« ', ' »'],
}
const quoted = (name: string, language: Language): string => quotes[language].join(name)
