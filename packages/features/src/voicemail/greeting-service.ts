import type { Clock, Refusal } from '@vaxel/base'
import { GreetingUnsound } from '@vaxel/contract'
import {
  type Greeting,
  type GreetingKind,
  type KeptSound,
  type Mailbox,
  readWavSound,
  type VoiceFiles,
} from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'

/** A caller who has to listen longer hangs up. */
export const mostGreetingMs = 90_000
export const mostNameMs = 8000
const shortestMs = 500

/** Greetings of mailboxes: one sound for each state, recorded at a telephone or uploaded. */
export class GreetingService {
  readonly #files: VoiceFiles
  readonly #boxes: Mailboxes
  readonly #clock: Clock

  constructor(options: { files: VoiceFiles; boxes: Mailboxes; clock: Clock }) {
    this.#files = options.files
    this.#boxes = options.boxes
    this.#clock = options.clock
  }

  /** @param wav as somebody sent it; says all that is wrong with it */
  async upload(box: Mailbox, kind: GreetingKind, wav: Uint8Array, by: string): Promise<Refusal | undefined> {
    const read = readWavSound(wav)
    if (!read.ok) return GreetingUnsound(read.reason)
    const { durationMs, coding } = read.sound
    const mostMs = kind === 'name' ? mostNameMs : mostGreetingMs
    const mistakes = [
      ...(coding === 'mulaw' ? ['It is mu-law; send PCM of 16 bits or A-law.'] : []),
      ...(durationMs < shortestMs ? ['It is shorter than half a second.'] : []),
      ...(durationMs > mostMs ? [`It is longer than ${mostMs / 1000} seconds.`] : []),
    ]
    if (mistakes.length > 0) return GreetingUnsound(mistakes.join(' '))
    const kept = await this.#files.write(box.companyId, wav)
    await this.put(box, kind, { ...kept, durationMs }, 'upload', by)
    return undefined
  }

  /** Takes the place of what was. */
  async put(box: Mailbox, kind: GreetingKind, sound: KeptSound, from: Greeting['by'], by: string): Promise<void> {
    await this.#change(box, kind, { ...sound, kind, by: from, atMs: this.#clock.now() }, by)
  }

  /** Callers hear the platform's own again. */
  async remove(box: Mailbox, kind: GreetingKind, by: string): Promise<void> {
    await this.#change(box, kind, undefined, by)
  }

  async #change(
    { companyId, id }: Mailbox,
    kind: GreetingKind,
    greeting: Greeting | undefined,
    by: string,
  ): Promise<void> {
    const box = this.#boxes.find(companyId, id)
    if (!box) return
    const before = box.greetings.find((one) => one.kind === kind)
    const greetings = [...box.greetings.filter((one) => one.kind !== kind), ...(greeting ? [greeting] : [])]
    const data = { box: id, greeting: kind, by, isSet: greeting !== undefined }
    await this.#boxes.put({ ...box, greetings }, { kind: 'voicemail.greetingChanged', data })
    if (before) await this.#files.remove(before)
  }
}
