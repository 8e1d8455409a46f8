/** What a member's keys mean in a conference. `*` begins each; a digit names it. */
export type RoomKey =
  | 'help'
  | 'count'
  | 'hand'
  | 'muteAll'
  | 'lock'
  | 'muteSelf'
  | 'lecture'
  | 'record'
  | 'end'
  | 'moderator'
  | 'invite'

const meanings: Readonly<Record<string, RoomKey>> = {
  '1': 'help',
  '2': 'count',
  '3': 'hand',
  '4': 'muteAll',
  '5': 'lock',
  '6': 'muteSelf',
  '7': 'lecture',
  '8': 'record',
  '9': 'end',
  '0': 'moderator',
  '#': 'invite',
}

/** A star that nothing follows for so long means nothing. */
const mostBetweenMs = 4_000

/**
 * Reads the keys of one member. Digits without a star mean nothing, so that nobody who dials on by mistake disturbs the others.
 */
export class RoomKeys {
  #starAtMs: number | undefined

  /** @returns what was meant, once it is whole */
  press(key: string, nowMs: number): RoomKey | undefined {
    if (key === '*') {
      this.#starAtMs = nowMs
      return undefined
    }
    const starAtMs = this.#starAtMs
    this.#starAtMs = undefined
    return starAtMs !== undefined && nowMs - starAtMs <= mostBetweenMs ? meanings[key] : undefined
  }
}
