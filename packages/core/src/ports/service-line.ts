import type { CallId, CompanyId, LegId, Termination, UserId } from '@vaxel/base'
import type { Diversion } from '../routing/diversion.ts'
import type { Company, Language, User } from './directory.ts'
import type { MediaLegId, RecordingId, Source } from './media-engine.ts'
import type { Party } from './call-ledger.ts'

/** Something to say to a caller. Prompts are named in `packages/media/src/play/sentences`. */
export type Spoken =
  | { readonly kind: 'prompt'; readonly name: string }
  /** A sound file of somebody's own (a greeting); `source` says how it is read. */
  | { readonly kind: 'sound'; readonly source: Source }
  /** A cardinal number, 0 to 999. */
  | { readonly kind: 'number'; readonly value: number }
  /** Digits, one after another. */
  | { readonly kind: 'digits'; readonly digits: string }
  /** A day and a time of day, as the company's country has them. */
  | { readonly kind: 'time'; readonly atMs: number }
  /** 800 Hz for a third of a second. */
  | { readonly kind: 'beep' }
  | { readonly kind: 'pause'; readonly ms: number }

/** What a caller pressed, and why reading ended. */
export interface KeysRead {
  /** Without the key that ended it. */
  readonly keys: string
  readonly end: 'enough' | 'ended' | 'silence'
}

export interface KeysWanted {
  /** Said first; the first key ends it. */
  readonly say?: readonly Spoken[]
  /** Reading ends after so many. */
  readonly most: number
  /** A key that ends the input; none if absent. */
  readonly endOn?: string
  /** How long the first key is waited for, once all is said; 5 s if absent. */
  readonly firstMs?: number
  /** How long each further one is waited for; 3 s if absent. */
  readonly nextMs?: number
}

/** Somebody's words, recorded. */
export interface Recorded {
  readonly recording: RecordingId
  readonly path: string
  readonly durationMs: number
  /** `key`: the caller pressed a key that ends it. `gone`: the caller left; what was said is kept. */
  readonly end: 'key' | 'silence' | 'limit' | 'gone' | 'failed'
}

export interface RecordWanted {
  /** Absolute; the folder is there. */
  readonly path: string
  /** Keys that end it; any if absent. */
  readonly endOn?: string
  readonly mostMs: number
  /** Ends after so long without a voice; never if absent. */
  readonly silenceMs?: number
  /** Seals the file as it grows; plain if absent. */
  readonly seal?: SoundSeal
}

/** How a sound file is sealed: an own key for each file, itself sealed by a key of the company (docs/decisions/0100). */
export interface SoundSeal {
  /** 32 bytes, AES-256-GCM. */
  readonly key: Uint8Array
}

/** How a call fared that a service sent on and that came back. */
export interface SentBack {
  readonly kind: 'busy' | 'noAnswer' | 'unreachable' | 'refused'
  readonly status: number
  readonly text?: string
}

export interface SendOptions {
  /** It comes back after so long; that person's own rules for no answer are then not followed. */
  readonly ringMs?: number
  /** The caller goes on hearing what was played last (music), instead of a ringing tone. */
  readonly keepsSound?: boolean
  /** In whose rights it goes on: the caller's own (default: a caller from outside reaches only own numbers), a person's, or the company's. */
  readonly as?: { readonly kind: 'user'; readonly user: User } | { readonly kind: 'company' }
  /** From whom it counts as diverted: a mailbox that it reaches is this person's. */
  readonly divertedFrom?: User
  /** The same for a number of several people: a mailbox that it reaches is that number's. */
  readonly divertedFromNumber?: string
  /**
   * The devices of this person ring and nothing else: no rule, forwarding, mailbox or do-not-disturb of theirs is followed, and they are not
   * rung while they talk. `to` is what they are shown as.
   */
  readonly devicesOf?: UserId
  /** Who is behind this leg of the same call, whom it had reached over a trunk, is called again the same way. */
  readonly again?: LegId
  /** Shown before the caller's name: for whom the call is. With `devicesOf`. */
  readonly label?: string
  /** It comes back at once when this is aborted, unless somebody has answered. */
  readonly signal?: AbortSignal
  /** Keys that the caller presses while it rings are the service's; else nobody has them. */
  readonly takesKeys?: boolean
  /** When the line of whoever answers is lost, the service begins anew with the caller, instead of the call's end. */
  readonly takesBack?: boolean
}

/** How somebody is in a conference. */
export interface MixManner {
  readonly isMuted?: boolean
  /** What others name them by in `heardBy`. */
  readonly as?: string
  /** Those who are `as` this hear them; everybody if absent. They hear everybody themselves. */
  readonly heardBy?: string
}

/**
 * A caller's ear, voice and keys, as a voice service has them. Every method ends with `LineGone` once the caller
 * has left or the call has gone on to somebody else, so that a service is an ordinary function that unwinds; what it has
 * to clean up, it does in `finally`. While the caller holds, time goes on.
 */
export interface ServiceLine {
  readonly callId: CallId
  readonly companyId: CompanyId
  readonly company: Company
  /** The caller's leg now; another one after a browser came back on a new page. */
  readonly legId: LegId
  readonly media: MediaLegId
  /** The service's own number, as it was reached. */
  readonly number: string
  /** Who calls. `user` when it is somebody of the company. */
  readonly caller: Party
  readonly user: User | undefined
  /** Whom the caller wanted first, and at whom the call was since. */
  readonly called: Party
  readonly diversions: readonly Diversion[]
  /** In which prompts are said; may be set. */
  language: Language
  /** Aborted with the reason when the line is gone. */
  readonly signal: AbortSignal
  /** Says it all, one after another. A key ends it, and is the first one that is read next. */
  say(spoken: readonly Spoken[], options?: { readonly isUninterruptible?: boolean }): Promise<void>
  readKeys(wanted: KeysWanted): Promise<KeysRead>
  /** Resolves also when the caller leaves meanwhile (`gone`); the next method then throws. */
  record(wanted: RecordWanted): Promise<Recorded>
  /** Ends what is being said, waited for or read now, as silence would: the service has something else to do. */
  cut(): void
  /** Plays in a loop until something else is said; returns at once. */
  playOn(source: Source): void
  /** Silence again. */
  stopSound(): void
  /** Waits, with the line as it is. A key ends it and is read next when `endsOnKey`. */
  wait(ms: number, options?: { readonly endsOnKey?: boolean }): Promise<void>
  /** Each key, as it is pressed, also in a conference. @returns a function that ends it */
  onKey(listener: (key: string) => void): () => void
  /** Joins a conference of the media engine; leaves it with the line, or by `leaveMix`. */
  joinMix(mix: string, options?: MixManner): void
  leaveMix(): void
  /** Whether the others in the conference hear the caller; what the caller hears, and what is said to them, goes on. */
  muteInMix(isMuted: boolean): void
  /** Who of the conference hears the caller from now on: everybody, or those who are `as` this. */
  heardInMix(heardBy: string | undefined): void
  /**
   * Sends the caller on to a number (a person, a group, a service, the outside). Never resolves when somebody answers there (the line is
   * gone then, `LineGone`). Resolves when it comes back because nobody took it.
   */
  sendOn(to: string, options?: SendOptions): Promise<SentBack>
  /** Names the caller for whom the call rings from now on, before their own contacts do. */
  nameCaller(name: string): void
  /** Ends the call. */
  hangUp(termination?: Termination): Promise<never>
  /** Tells the call's timeline in words what the service decided. */
  note(code: string, text: string, data?: Readonly<Record<string, unknown>>): void
}

/** The line is gone: an end of a service like any other, caught by whoever started it. */
export class LineGone extends Error {
  override readonly name = 'LineGone'
}

/** What answers a call to a service number. When it returns, the call ends. */
export type VoiceService = (line: ServiceLine) => Promise<void>
