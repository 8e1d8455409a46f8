import type { Centre } from './centre.ts'

/** Lists of a centre, in the order in which screens show them. */
export const centreSections = [
  'queues',
  'agents',
  'skills',
  'schedules',
  'reasons',
  'wrapUpCodes',
  'templates',
  'alarms',
  'mailboxes',
  'websites',
] as const

/** A list of a centre. */
export type CentreSection = (typeof centreSections)[number]

/** One thing of a list. */
export type CentreThing<Section extends CentreSection = CentreSection> = Centre[Section][number]

/** What a thing is called by others: agents by their user. */
export const idOfThing = (thing: CentreThing): string => ('userId' in thing ? thing.userId : thing.id)

/** What people call it; agents have the name of their user. */
export const nameOfThing = (thing: CentreThing): string | undefined => ('userId' in thing ? undefined : thing.name)

export const thingOf = <Section extends CentreSection>(
  centre: Centre,
  section: Section,
  id: string,
): CentreThing<Section> | undefined =>
  (centre[section] as readonly CentreThing<Section>[]).find((thing) => idOfThing(thing) === id)

/** The centre without a mailbox; queues that answered from it answer from none. */
export const withoutMailbox = (centre: Centre, id: string): Centre => ({
  ...centre,
  mailboxes: centre.mailboxes.filter((mailbox) => mailbox.id !== id),
  queues: centre.queues.map(({ mailboxId, ...queue }) =>
    mailboxId === undefined || mailboxId === id ? queue : { ...queue, mailboxId },
  ),
})

/** The centre with a thing in its place, or at the end where there was none. */
export function withThing<Section extends CentreSection>(
  centre: Centre,
  section: Section,
  thing: CentreThing<Section>,
): Centre {
  const things = centre[section] as readonly CentreThing<Section>[]
  const id = idOfThing(thing)
  const at = things.findIndex((one) => idOfThing(one) === id)
  return { ...centre, [section]: at < 0 ? [...things, thing] : things.with(at, thing) }
}
