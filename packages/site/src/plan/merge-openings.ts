import { mergePorts } from './merge-ports.ts'
import type { Opening } from './opening.ts'

const levels = ['optional', 'conditional', 'required'] as const

/**
 * Openings of the same ends, protocol and time become one when their ports are the same, or when they carry the same and are
 * needed alike. The first one gives id and place in the order. What is only partly the same stays apart, so that a rule says
 * what is lost without it and nothing else.
 */
export function mergeOpenings(openings: readonly Opening[]): readonly Opening[] {
  const once = joinBy(openings, ({ ports }) => ports)
  const merged = joinBy(once, ({ carries, level }) => [carries, level])
  const taken = new Set<string>()
  return merged.map((opening) => {
    let { id } = opening
    for (let count = 2; taken.has(id); count += 1) id = `${opening.id}.${count}`
    taken.add(id)
    return id === opening.id ? opening : { ...opening, id }
  })
}

function joinBy(openings: readonly Opening[], alike: (opening: Opening) => unknown): readonly Opening[] {
  const groups = new Map<string, Opening>()
  for (const opening of openings) {
    const { direction, from, to, protocol, openBy, closeAfter, dscp } = opening
    const key = JSON.stringify([
      direction,
      endKey(from),
      endKey(to),
      protocol,
      openBy,
      closeAfter,
      dscp,
      alike(opening),
    ])
    const known = groups.get(key)
    groups.set(key, known ? join(known, opening) : opening)
  }
  return [...groups.values()]
}

const endKey = ({ place, any, networks, names }: Opening['from']): unknown => [
  place,
  any,
  networks.toSorted(),
  names.toSorted(),
]

function join(a: Opening, b: Opening): Opening {
  const idle = Math.max(a.idleTimeoutSeconds ?? 0, b.idleTimeoutSeconds ?? 0)
  const proxy = strictest(a.proxy, b.proxy)
  const tlsInspection = strictest(a.tlsInspection, b.tlsInspection)
  return {
    ...a,
    requirementIds: [...new Set([...a.requirementIds, ...b.requirementIds])],
    title: bothTexts(a.title, b.title, '; '),
    lostIfMissing: bothTexts(a.lostIfMissing, b.lostIfMissing, ' '),
    ports: mergePorts([...a.ports, ...b.ports]),
    carries: bothTexts(a.carries, b.carries, ', '),
    level: levels[Math.max(levels.indexOf(a.level), levels.indexOf(b.level))]!,
    ...(idle > 0 && { idleTimeoutSeconds: idle }),
    ...(proxy && { proxy }),
    ...(tlsInspection && { tlsInspection }),
  }
}

const bothTexts = (a: string, b: string, between: string): string =>
  a.split(between).includes(b) || a === b ? a : `${a}${between}${b}`

const strictest = (a: Opening['proxy'], b: Opening['proxy']): Opening['proxy'] =>
  a === 'forbidden' || b === 'forbidden' ? 'forbidden' : (a ?? b)
