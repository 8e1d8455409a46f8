import type { Brand } from '@vaxel/base'

/** Payload types by number, with their meaning as `encoding/rate` in lower case. */
export type PayloadNames = Readonly<Record<number, string>>

/** {@link PayloadNames} as they are kept with a call: an object with such numbers as its keys takes ten times as much. */
export type KeptPayloadNames = Brand<'KeptPayloadNames'>

export const noPayloadNames = '' as KeptPayloadNames

/** @example keepPayloadNames({ 8: 'pcma/8000', 101: 'telephone-event/8000' }) // '8=pcma/8000 101=telephone-event/8000' */
export const keepPayloadNames = (names: PayloadNames): KeptPayloadNames =>
  Object.entries(names)
    .map(([number, name]) => `${number}=${name}`)
    .join(' ') as KeptPayloadNames

/** A copy that may be changed. */
export function readPayloadNames(kept: KeptPayloadNames): Record<number, string> {
  const names: Record<number, string> = {}
  if (kept === noPayloadNames) return names
  for (const entry of kept.split(' ')) {
    const at = entry.indexOf('=')
    names[Number(entry.slice(0, at))] = entry.slice(at + 1)
  }
  return names
}

/**
 * The number that a format has, or gets: the one it had before, else the usual one if that is free, else the first free dynamic one.
 * @returns undefined only when all 32 dynamic numbers are taken
 */
export function payloadNumberFor(names: PayloadNames, name: string, usual: number): number | undefined {
  for (const number in names) if (names[number] === name) return Number(number)
  if (names[usual] === undefined) return usual
  for (let number = 96; number <= 127; number++) if (names[number] === undefined) return number
  return undefined
}

/** @example payloadName('PCMA', 8000) // 'pcma/8000' */
export function payloadName(encoding: string, rateHz: number): string {
  return `${encoding.toLowerCase()}/${rateHz}`
}
