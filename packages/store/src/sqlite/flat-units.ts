import type { Parameter, Unit } from './messages.ts'

/** A unit whose events have their data as JSON already. */
export interface ReadUnit {
  readonly writes: readonly { readonly statement: number; readonly parameters: readonly Parameter[] }[]
  readonly events: readonly (readonly [
    atMs: number,
    companyId: string,
    callId: string | null,
    kind: string,
    data: string,
  ])[]
}

const eventFields = 5

/**
 * Units as one list of nothing but texts, numbers and null, which a thread hands over at half of what JSON or nested lists cost: the
 * long texts among them, the messages of a call, are copied and not read. Throws where an event's data cannot be JSON.
 * @returns of each unit how many writes and events it has, the writes (how many values, the number of the statement, its parameters), the events
 */
export function flattenUnits(units: readonly Unit[]): Parameter[] {
  const flat = new Array<Parameter>(lengthOf(units))
  let at = 0
  for (const [writes, events] of units) {
    flat[at++] = writes.length
    flat[at++] = events.length
    for (const write of writes) {
      flat[at++] = write.length
      for (let i = 0; i < write.length; i++) flat[at++] = write[i]!
    }
    for (const event of events) {
      for (let i = 0; i < eventFields - 1; i++) flat[at++] = event[i] as Parameter
      flat[at++] = JSON.stringify(event[eventFields - 1])
    }
  }
  return flat
}

/** A list that grows by and by is copied again and again. */
function lengthOf(units: readonly Unit[]): number {
  let length = 0
  for (const [writes, events] of units) {
    length += 2 + events.length * eventFields
    for (const write of writes) length += 1 + write.length
  }
  return length
}

/** What {@link flattenUnits} made. */
export function readUnits(flat: readonly Parameter[]): ReadUnit[] {
  const units: ReadUnit[] = []
  let at = 0
  const take = (count: number) => flat.slice(at, (at += count))
  while (at < flat.length) {
    const [writeCount, eventCount] = take(2) as [number, number]
    const writes = Array.from({ length: writeCount }, () => {
      const [statement, ...parameters] = take(flat[at++] as number) as [number, ...Parameter[]]
      return { statement, parameters }
    })
    const events = Array.from({ length: eventCount }, () => take(eventFields) as unknown as ReadUnit['events'][number])
    units.push({ writes, events })
  }
  return units
}
