import type { VoiceMessageId } from '../ports/voicemail-store.ts'

/** A message as the menu goes through it. */
export interface HeardMessage {
  readonly id: VoiceMessageId
  readonly durationMs: number
  readonly isNew: boolean
  readonly isDeleted: boolean
}

/**
 * Somebody at a telephone goes through a list of messages.
 * - `playing`: at a message, from `fromMs` of it. A key, or its end, goes on from here.
 * - `asking`: the message has ended, or was deleted; the keys are said.
 * - `done`: back to the main menu, the list is through or was left. No way out.
 */
export type MessageMenu =
  | {
      readonly name: 'playing'
      readonly at: number
      readonly fromMs: number
      readonly messages: readonly HeardMessage[]
    }
  | { readonly name: 'asking'; readonly at: number; readonly messages: readonly HeardMessage[] }
  | { readonly name: 'done' }

export type MenuEffect =
  /** Says what the message is, if the person wants that said, then plays it. */
  | { readonly do: 'play'; readonly id: VoiceMessageId; readonly fromMs: number; readonly isBegun: boolean }
  | { readonly do: 'say'; readonly prompt: string }
  | {
      readonly do: 'sayDetails' | 'markHeard' | 'delete' | 'restore' | 'callSender' | 'forward'
      readonly id: VoiceMessageId
    }

export interface MenuStep {
  readonly menu: MessageMenu
  readonly effects: readonly MenuEffect[]
}

/** One press back or forward. */
const seekMs = 5000

/** Begins at the first message; there must be one. */
export function beginMessages(messages: readonly HeardMessage[]): MenuStep {
  return playAt(messages, 0)
}

/**
 * A key was pressed, or nothing was for as long as one waits.
 * @param key undefined: the message has ended, or the keys were said and nobody pressed one
 * @param positionMs how far the message was played when the key came
 */
export function pressed(menu: MessageMenu, key: string | undefined, positionMs: number): MenuStep {
  if (menu.name === 'done') return { menu, effects: [] }
  const { messages, at } = menu
  const message = messages[at]!
  const { id, durationMs, isDeleted } = message
  const asking: MessageMenu = { name: 'asking', at, messages }
  switch (key) {
    case undefined:
      return menu.name === 'playing'
        ? { menu: { name: 'asking', at, messages: heard(messages, at) }, effects: heardEffect(message) }
        : go(messages, at, 1)
    case '1':
      return playAgain(messages, at, 0)
    case '2': {
      const next = go(heard(messages, at), at, 1)
      return {
        menu: next.menu,
        effects: [...heardEffect(message), { do: 'say', prompt: 'voicemail-saved' }, ...next.effects],
      }
    }
    case '3':
      return {
        menu: { name: 'asking', at, messages: put(messages, at, { isDeleted: !isDeleted }) },
        effects: isDeleted
          ? [
              { do: 'restore', id },
              { do: 'say', prompt: 'voicemail-restored' },
            ]
          : [
              { do: 'delete', id },
              { do: 'say', prompt: 'voicemail-deleted' },
            ],
      }
    case '4':
      return at === 0 ? { menu: asking, effects: [{ do: 'say', prompt: 'voicemail-first' }] } : go(messages, at, -1)
    case '5':
      return { menu: asking, effects: [{ do: 'sayDetails', id }] }
    case '6':
    case '#':
      return go(messages, at, 1)
    case '7':
      return playAgain(messages, at, Math.max(0, (menu.name === 'playing' ? positionMs : durationMs) - seekMs))
    case '9':
      return menu.name === 'playing' && positionMs + seekMs < durationMs
        ? playAgain(messages, at, positionMs + seekMs)
        : pressed({ name: 'playing', at, fromMs: durationMs, messages }, undefined, durationMs)
    case '8':
      return { menu: asking, effects: [{ do: 'callSender', id }] }
    case '0':
      return { menu: asking, effects: [{ do: 'forward', id }] }
    case '*':
      return { menu: { name: 'done' }, effects: [] }
    default:
      return { menu: asking, effects: [] }
  }
}

function go(messages: readonly HeardMessage[], at: number, by: 1 | -1): MenuStep {
  if (at + by < messages.length) return playAt(messages, at + by)
  return { menu: { name: 'done' }, effects: [{ do: 'say', prompt: 'voicemail-no-more' }] }
}

function playAt(messages: readonly HeardMessage[], at: number): MenuStep {
  const { id } = messages[at]!
  return {
    menu: { name: 'playing', at, fromMs: 0, messages },
    effects: [{ do: 'play', id, fromMs: 0, isBegun: false }],
  }
}

/** Who left it and when is not said again: there is a key for that. */
function playAgain(messages: readonly HeardMessage[], at: number, fromMs: number): MenuStep {
  const { id } = messages[at]!
  return { menu: { name: 'playing', at, fromMs, messages }, effects: [{ do: 'play', id, fromMs, isBegun: true }] }
}

const heardEffect = ({ id, isNew, isDeleted }: HeardMessage): readonly MenuEffect[] =>
  isNew && !isDeleted ? [{ do: 'markHeard', id }] : []

const heard = (messages: readonly HeardMessage[], at: number) => put(messages, at, { isNew: false })

function put(messages: readonly HeardMessage[], at: number, more: Partial<HeardMessage>): readonly HeardMessage[] {
  return messages.map((message, i) => (i === at ? { ...message, ...more } : message))
}
