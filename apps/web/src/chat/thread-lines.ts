import type { Message } from './outbox.ts'

/** What stands below each other in a thread. */
export type ThreadLine =
  | { readonly kind: 'day'; readonly atMs: number }
  /** Before the first message that was not read when the thread was opened. */
  | { readonly kind: 'fresh' }
  | {
      readonly kind: 'message'
      readonly message: Message
      /** Of what somebody said in one go: their name stands above it. */
      readonly isFirst: boolean
    }

const oneGoMs = 5 * 60_000

/** Messages with the days between them. @param freshFrom number of the first one that is new to the person */
export function linesOf(messages: readonly Message[], freshFrom: number | undefined): ThreadLine[] {
  const lines: ThreadLine[] = []
  let before: Message | undefined
  for (const message of messages) {
    const atMs = Date.parse(message.at)
    const isNewDay = !before || new Date(before.at).toDateString() !== new Date(atMs).toDateString()
    if (isNewDay) lines.push({ kind: 'day', atMs })
    const isFresh = message.number === freshFrom
    if (isFresh) lines.push({ kind: 'fresh' })
    const goesOn =
      before !== undefined &&
      !isNewDay &&
      !isFresh &&
      before.kind === 'text' &&
      before.senderId === message.senderId &&
      atMs - Date.parse(before.at) < oneGoMs
    lines.push({ kind: 'message', message, isFirst: !goesOn })
    before = message
  }
  return lines
}
