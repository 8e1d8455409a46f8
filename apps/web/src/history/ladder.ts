import type { Message } from './call-view-model.ts'

/** One arrow of the ladder: between a peer's column and the server's. */
export interface Rung {
  readonly message: Message
  /** `INVITE`, `180 Ringing`. */
  readonly name: string
  /** Which peer, from 0. */
  readonly peer: number
  readonly isIn: boolean
  readonly isError: boolean
}

export interface Ladder {
  /** Addresses of the peers, in the order in which they appeared. */
  readonly peers: readonly string[]
  readonly rungs: readonly Rung[]
}

/** Messages as a ladder with the server in the middle of it all. Pure. */
export function ladderOf(messages: readonly Message[]): Ladder {
  const peers: string[] = []
  const rungs = messages.map((message): Rung => {
    const { remote, direction, text } = message
    if (!peers.includes(remote)) peers.push(remote)
    const name = nameOf(text)
    const status = Number(/^\d{3}/.exec(name)?.[0] ?? 0)
    return { message, name, peer: peers.indexOf(remote), isIn: direction === 'in', isError: status >= 400 }
  })
  return { peers, rungs }
}

/** @example nameOf('SIP/2.0 180 Ringing\r\n…') // '180 Ringing' */
export function nameOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/))
  return line.startsWith('SIP/2.0 ') ? line.slice('SIP/2.0 '.length) : (line.split(' ', 1)[0] ?? '')
}
