import type { MediaDescription, SessionDescription } from './session-description.ts'

/** Direction of a stream (RFC 8866 §6.7), seen from whoever wrote the description. */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

const names: ReadonlySet<string> = new Set<Direction>(['sendrecv', 'sendonly', 'recvonly', 'inactive'])

/** The direction that holds for a media description: its own, else the session's, else `sendrecv`. */
export function directionOf(session: SessionDescription, media: MediaDescription): Direction {
  for (const where of [media, session])
    for (const { name } of where.attributes) if (names.has(name)) return name as Direction
  return 'sendrecv'
}

/** The same stream seen from the other side. */
export function reverseDirection(direction: Direction): Direction {
  return direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction
}

export function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly'
}

export function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly'
}

/**
 * What both allow, from the point of view of the first.
 * @example meetDirections('sendrecv', 'recvonly') // 'recvonly'
 */
export function meetDirections(mine: Direction, alsoMine: Direction): Direction {
  const send = sends(mine) && sends(alsoMine)
  const receive = receives(mine) && receives(alsoMine)
  return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive'
}
