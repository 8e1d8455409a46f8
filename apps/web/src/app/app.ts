import type { ReplyOf, Api } from '../api/api.ts'
import { ApiFault } from '../api/api.ts'
import type { EventStreamClient } from '../api/event-stream.ts'
import type { Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { Words } from '../words/words.ts'
import type { ActionRegistry } from './actions.ts'
import type { Appearance } from './appearance.ts'
import type { Router } from './router.ts'
import type { Services } from './services.ts'
import type { SpeechChoice } from './speech-choice.ts'
import type { Toasts } from './toasts.ts'

export type Me = ReplyOf<'readMe'>

/** Time, as the page has it; tests bring their own. */
export interface PageClock {
  nowMs(): number
  /** @returns stops it */
  startTimer(delayMs: number, run: () => void): () => void
}

/** What every feature is given. */
export interface App {
  readonly api: Api
  readonly events: EventStreamClient
  readonly router: Router
  readonly actions: ActionRegistry
  readonly services: Services
  readonly toasts: Toasts
  readonly speech: SpeechChoice
  readonly appearance: Appearance
  /** Kept in this browser, for everyone who uses it: no secrets. */
  readonly kept: KeptValues
  readonly clock: PageClock
  /** Who is logged in; undefined on the pages that need nobody. */
  readonly me: Value<Me | undefined>
  /** Shows what went wrong, in the person's words. */
  readonly showFault: (error: unknown) => void
  readonly logOut: () => Promise<void>
}

/** What went wrong, in words: by its code, else what the server says of it. */
export function faultText(words: Words, error: unknown): string {
  if (!(error instanceof ApiFault)) return words.errors.UNKNOWN!
  return words.errors[error.code] ?? error.detail ?? words.errors.UNKNOWN!
}
