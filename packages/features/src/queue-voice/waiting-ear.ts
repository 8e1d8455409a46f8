import type { OverflowTarget, Queue, ServiceLine, Source, Spoken, WorkItem } from '@vaxel/core'
import { askCallBackNumber } from './call-back-number.ts'
import { voicemailOf } from './mailbox.ts'
import type { QueueVoiceParts } from './parts.ts'
import { prompt, sayChoices, sayStanding, type ToldWait } from './spoken.ts'

/** What a caller wants after a while in a queue. */
export type AfterWaiting =
  | { readonly kind: 'waits' }
  | { readonly kind: 'callBack'; readonly number: string }
  | { readonly kind: 'message'; readonly box: string }
  | { readonly kind: 'elsewhere'; readonly key: string; readonly to: OverflowTarget }

const waits: AfterWaiting = { kind: 'waits' }

/** What one caller hears in one queue: a greeting, then music, and every so often where they stand and what they may choose. */
export class WaitingEar {
  readonly #parts: QueueVoiceParts
  readonly #line: ServiceLine
  readonly queue: Queue
  readonly #item: WorkItem
  readonly #how: 'new' | 'back' | 'moved'
  #isGreeted = false
  #told: ToldWait | undefined
  /** How much of the music was heard. */
  #musicMs = 0

  /** @param how `back`: the caller talked with an agent already; `moved`: waited in another queue already */
  constructor(parts: QueueVoiceParts, line: ServiceLine, queue: Queue, item: WorkItem, how: 'new' | 'back' | 'moved') {
    this.#parts = parts
    this.#line = line
    this.queue = queue
    this.#item = item
    this.#how = how
  }

  /**
   * The next words, and music until they come again or the caller presses a key.
   * @param hasNews whether something else is to be done, for which the line was cut
   */
  async hearOnce(hasNews: () => boolean): Promise<AfterWaiting> {
    const line = this.#line
    const { voice } = this.queue
    await line.say(this.#words())
    if (hasNews()) return waits
    const { clock } = this.#parts
    const startedMs = clock.monotonicMs()
    line.playOn(this.#music())
    const { keys } = await line.readKeys({ most: 1, firstMs: Math.max(15, voice.everySeconds) * 1000 })
    this.#musicMs += clock.monotonicMs() - startedMs
    return keys === '' || hasNews() ? waits : await this.#choose(keys, hasNews)
  }

  #words(): Spoken[] {
    const line = this.#line
    const { voice } = this.queue
    const { desk, clock } = this.#parts
    const before = this.#isGreeted ? this.#sound(voice.commentSoundId) : this.#greeting()
    this.#isGreeted = true
    const estimate = desk.estimate(line.companyId, this.#item.id)
    const { spoken, told } = sayStanding(voice, estimate, this.#told)
    if (estimate && spoken.length > 0) {
      const minutes = told === undefined ? {} : { minutes: told }
      line.note('queue.told', `is told place ${estimate.position}`, { position: estimate.position, ...minutes })
    }
    this.#told = told
    const waitedMs = clock.now() - this.#item.sinceMs
    const hasMailbox = voicemailOf(this.#parts, line, this.queue) !== undefined
    return [...before, ...spoken, ...sayChoices(voice, waitedMs, hasMailbox)]
  }

  #greeting(): Spoken[] {
    const { greetingSoundId } = this.queue.voice
    if (this.#how === 'back') return [prompt('queue-back')]
    return this.#sound(greetingSoundId, this.#how === 'new' ? prompt('queue-greeting') : undefined)
  }

  async #choose(key: string, hasNews: () => boolean): Promise<AfterWaiting> {
    const line = this.#line
    const { voice } = this.queue
    if (key === '1' && voice.callBackAfterSeconds !== undefined) {
      const number = await askCallBackNumber(this.#parts, line, hasNews)
      return number === undefined ? waits : { kind: 'callBack', number }
    }
    const voicemail =
      key === '2' && voice.messageAfterSeconds !== undefined && voicemailOf(this.#parts, line, this.queue)
    if (voicemail) return { kind: 'message', box: voicemail.box }
    const to = voice.keys?.[key]
    return to ? { kind: 'elsewhere', key, to } : waits
  }

  #sound(id: string | undefined, otherwise?: Spoken): Spoken[] {
    const sound = id === undefined ? undefined : this.#parts.soundOf(this.#line.companyId, id)
    if (sound) return [{ kind: 'sound', source: sound.source }]
    return otherwise ? [otherwise] : []
  }

  /** The company's own goes on where it was when something was said. */
  #music(): Source {
    const { musicSoundId } = this.queue.voice
    const own = musicSoundId === undefined ? undefined : this.#parts.soundOf(this.#line.companyId, musicSoundId)
    if (!own) return { kind: 'music' }
    const { source, durationMs } = own
    if (source.kind !== 'file' || durationMs <= 0) return source
    return { ...source, fromMs: this.#musicMs % durationMs }
  }
}
