import type { Api, ReplyOf, RequestOf } from '../api/api.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { PresenceStore } from './presence-store.ts'

export type Own = ReplyOf<'readMyPresence'>
export type Choice = RequestOf<'choosePresence'>['body']
export type ChosenState = Choice['state']

/** What a person can choose, in the order of the menu. */
export const chosenStates: readonly ChosenState[] = [
  'available',
  'busy',
  'inMeeting',
  'doNotDisturb',
  'beRightBack',
  'away',
  'offline',
]

export const endings = ['never', 'halfHour', 'hour', 'twoHours', 'today', 'tomorrow'] as const
export type EndingChoice = (typeof endings)[number]

/** When a choice ends; undefined: never. Days end at midnight where the person is. */
export function endOf(ending: EndingChoice, nowMs: number): number | undefined {
  const minutes = { halfHour: 30, hour: 60, twoHours: 120 } as const
  if (ending === 'never') return undefined
  if (ending !== 'today' && ending !== 'tomorrow') return nowMs + minutes[ending] * 60_000
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + (ending === 'today' ? 1 : 2)).getTime()
}

/** How colleagues see whoever is logged in, and what that person chose. */
export class OwnPresence {
  readonly state: Value<Own | undefined>
  readonly #state = new Cell<Own | undefined>(undefined)
  readonly #api: Api

  constructor(api: Api) {
    this.#api = api
    this.state = this.#state
  }

  /** Loads anew whenever colleagues see something else; what they saw first was asked for beside this. @returns ends it */
  follow(store: PresenceStore, userId: string): () => void {
    const seen = store.of(userId)
    let isKnown = seen.get() !== undefined
    return seen.subscribe(() => {
      if (isKnown) void this.load()
      isKnown = true
    })
  }

  async load(): Promise<void> {
    try {
      this.#state.set(await this.#api.call('readMyPresence'))
    } catch {
      // The last truth stays; the next change or connection loads it.
    }
  }

  async choose(choice: Choice): Promise<void> {
    this.#state.set(await this.#api.call('choosePresence', { body: choice }))
  }

  async clear(): Promise<void> {
    this.#state.set(await this.#api.call('clearPresence'))
  }
}
