import type { VoiceMessage } from '@vaxel/core'

/** Who left a message, as people read it. @example 'Zoé (+46701740605)' */
export function whoOf({ from: { number, name } }: VoiceMessage, { withheld }: { readonly withheld: string }): string {
  if (!/\d/.test(number)) return withheld
  return name === undefined || name === number ? number : `${name} (${number})`
}

/** @example lengthOf(65_000) // '1:05' */
export function lengthOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
