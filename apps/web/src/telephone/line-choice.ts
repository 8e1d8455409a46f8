import type { ReplyOf } from '../api/api.ts'
import type { App } from '../app/app.ts'
import { Cell } from '../base/cell.ts'

/** A shared line whose number calls of its people may show. */
export interface OutLine {
  readonly number: string
  readonly name: string
}

/** What a person may call as. */
export interface LineOffer {
  readonly lines: readonly OutLine[]
  /** Calls show this line's number when nothing is chosen; absent: the own number. */
  readonly usual?: OutLine
}

type Membership = ReplyOf<'listMyGroups'>['items'][number]

/** The shared line that somebody's calls are made on; undefined: what is usual for them. */
export const chosenLine = new Cell<string | undefined>(undefined)

/** Of the groups and lines that somebody belongs to, those that calls can be made on. */
export function lineOffer(memberships: readonly Membership[]): LineOffer {
  const lines = memberships.flatMap(({ number, name, callsOutAs }) =>
    callsOutAs ? [{ number, name, callsOutAs }] : [],
  )
  // The server takes the first as well (features/calls, `callerLine`).
  const usual = lines.find(({ callsOutAs }) => callsOutAs === 'line')
  const plain = lines.map(({ number, name }) => ({ number, name }))
  return { lines: plain, ...(usual ? { usual: { number: usual.number, name: usual.name } } : {}) }
}

const keptName = (userId: string): string => `phone.line.${userId}`

/** Chooses the line that calls are made on from now on, and keeps that for this person in this browser. */
export function callOn({ kept, me }: Pick<App, 'kept' | 'me'>, number: string | undefined): void {
  const person = me.get()
  if (person && number === undefined) kept.remove(keptName(person.user.id))
  else if (person) kept.set(keptName(person.user.id), number)
  chosenLine.set(number)
}

/** What calls can be made on now. A choice that is no longer offered is forgotten. */
export async function askLines(app: Pick<App, 'api' | 'kept' | 'me'>): Promise<LineOffer> {
  const { items } = await app.api.call('listMyGroups')
  const offer = lineOffer(items)
  const chosen = chosenLine.get()
  if (chosen !== undefined && !offer.lines.some(({ number }) => number === chosen)) callOn(app, undefined)
  return offer
}

/** Reads the choice of who is logged in; whether it still holds is asked where there is one. */
export function startLineChoice(app: Pick<App, 'api' | 'kept' | 'me' | 'events'>): () => void {
  const person = app.me.get()
  chosenLine.set(person && app.kept.get<string>(keptName(person.user.id)))
  const check = (): void => {
    if (chosenLine.get() !== undefined) askLines(app).catch(() => {})
  }
  check()
  const stop = app.events.onEvent(({ kind }) => {
    if (kind === 'configuration.changed') check()
  })
  return () => {
    stop()
    chosenLine.set(undefined)
  }
}
