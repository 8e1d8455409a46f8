import { type Clock, isRefusal, type LegId, makeId, type Termination } from '@vaxel/base'
import {
  type Company,
  composeSpeech,
  type KeysRead,
  type KeysWanted,
  type Language,
  languageOf,
  LineGone,
  type MediaLegId,
  type MixId,
  type MixManner,
  type Recorded,
  type RecordingId,
  type RecordWanted,
  type SendOptions,
  type SentBack,
  type ServiceLine,
  type Source,
  type SpeechPart,
  type Spoken,
  timeZoneOf,
  type User,
} from '@vaxel/core'
import type { LineParts } from './line-parts.ts'

/** What a disk says that is full, broken or read only. */
const refusedByDisk = /ENOSPC|EDQUOT|EIO|EROFS|no space|takes no more/

const mostKeys = 64
const firstKeyMs = 5000
const nextKeyMs = 3000
const recalledBack: SentBack = { kind: 'noAnswer', status: 487, text: 'Recalled' }
/** A recording's end is told by the engine; one that is not told by then is taken as it is. */
const recordingEndMs = 5000
/** A sentence is made within a tenth of a second, by a machine that has time for it. */
const longestMakingMs = 5000

/**
 * The line of one caller to one service. Waits for keys, sounds and time are one kind of wait, that ends by what is waited for or
 * with the line. Nothing of a line outlives its end: no timer, no sound, no recording, no place in a conference.
 */
export class VoiceLine implements ServiceLine {
  readonly callId: ServiceLine['callId']
  readonly companyId: ServiceLine['companyId']
  readonly company: Company
  readonly number: string
  readonly user: User | undefined
  language: Language
  readonly #parts: LineParts
  readonly #gone = new AbortController()
  readonly #waits = new Set<() => void>()
  readonly #keys: string[] = []
  readonly #keyWaits = new Set<() => void>()
  /** Ends of what may be cut. */
  readonly #cutWaits = new Set<() => void>()
  #cuts = 0
  readonly #keyListeners = new Set<(key: string) => void>()
  /** Recordings that the disk refuses, by what ends them. */
  readonly #refused = new Map<RecordingId, () => void>()
  readonly #recordings = new Map<RecordingId, (how: { durationMs: number; end: Recorded['end'] }) => void>()
  #legId: LegId
  #media: MediaLegId
  #sound: { readonly source: Source; readonly isLooped: boolean } | undefined
  #whenPlayed: (() => void) | undefined
  #mix: { readonly name: string; readonly manner: MixManner } | undefined
  #sending: { readonly to: string; readonly options: SendOptions } | undefined
  #whenBack: ((back: SentBack) => void) | undefined
  /** Keys are not the service's while its caller is sent on. */
  #hearsKeys = true

  constructor(parts: LineParts) {
    this.#parts = parts
    this.callId = parts.call.id
    this.companyId = parts.call.state.call.companyId
    this.company = parts.company
    this.number = parts.number
    this.user = parts.user
    this.language = parts.user?.language ?? languageOf(parts.company)
    this.#legId = parts.legId
    this.#media = parts.media
  }

  get legId(): LegId {
    return this.#legId
  }

  get media(): MediaLegId {
    return this.#media
  }

  get caller(): ServiceLine['caller'] {
    const { legs, caller } = this.#parts.call.state.call
    // After a transfer, who talks with the service is not always who called, and has no more rights than they have themselves.
    return legs.get(this.#legId)?.party ?? caller
  }

  get called(): ServiceLine['called'] {
    return this.#parts.call.state.call.called
  }

  get diversions(): ServiceLine['diversions'] {
    return this.#parts.call.state.call.diversions ?? []
  }

  get signal(): AbortSignal {
    return this.#gone.signal
  }

  async say(spoken: readonly Spoken[], options: { readonly isUninterruptible?: boolean } = {}): Promise<void> {
    await this.#unlessGone(this.#parts.ready)
    const { clock } = this.#parts
    const cuts = this.#cuts
    const isCut = (): boolean => cuts !== this.#cuts || (!options.isUninterruptible && this.#keys.length > 0)
    const timeZone = timeZoneOf(this.company)
    for (const part of composeSpeech(spoken, this.language, { nowMs: clock.now(), timeZone })) {
      if (isCut()) break
      await this.#sayPart(part, options.isUninterruptible ?? false)
    }
  }

  async readKeys({ say = [], most, endOn, firstMs = firstKeyMs, nextMs = nextKeyMs }: KeysWanted): Promise<KeysRead> {
    const cuts = this.#cuts
    await this.say(say)
    let keys = ''
    for (;;) {
      if (cuts !== this.#cuts) return { keys, end: 'silence' }
      const key = await this.#nextKey(keys === '' ? firstMs : nextMs)
      if (key === undefined) return { keys, end: 'silence' }
      if (endOn?.includes(key)) return { keys, end: 'ended' }
      keys += key
      if (keys.length >= most) return { keys, end: 'enough' }
    }
  }

  async record({ path, endOn, mostMs, silenceMs, seal }: RecordWanted): Promise<Recorded> {
    this.#mustBeThere()
    this.stopSound()
    this.#keys.length = 0
    const { engine, clock } = this.#parts
    const recording = makeId<RecordingId>(clock.now())
    const startedMs = clock.monotonicMs()
    let endedBy: 'key' | 'failed' | undefined
    let overdue: ReturnType<Clock['startTimer']> | undefined
    const ended = new Promise<Recorded>((resolve) => {
      this.#recordings.set(recording, ({ durationMs, end }) => {
        this.#recordings.delete(recording)
        overdue?.stop()
        resolve({ recording, path, durationMs, end: endedBy ?? (this.signal.aborted ? 'gone' : end) })
      })
    })
    const refused = await engine.startRecording(recording, this.#media, path, {
      of: 'said',
      mostMs,
      ...(silenceMs === undefined ? {} : { silenceMs }),
      ...(seal ? { seal } : {}),
    })
    if (isRefusal(refused)) {
      this.#recordings.delete(recording)
      return { recording, path, durationMs: 0, end: 'failed' }
    }
    const stop = (): void => {
      engine.stopRecording(recording)
      overdue ??= clock.startTimer(recordingEndMs, () =>
        this.#recordings.get(recording)?.({ durationMs: clock.monotonicMs() - startedMs, end: 'failed' }),
      )
    }
    const removeKeys = this.onKey((key) => {
      if (endOn !== undefined && !endOn.includes(key)) return
      endedBy = 'key'
      this.#keys.length = 0
      stop()
    })
    this.#waits.add(stop)
    this.#refused.set(recording, () => {
      endedBy = 'failed'
      stop()
    })
    if (this.signal.aborted) stop()
    try {
      return await ended
    } finally {
      this.#refused.delete(recording)
      removeKeys()
      this.#waits.delete(stop)
    }
  }

  cut(): void {
    this.#cuts++
    for (const end of [...this.#cutWaits]) end()
  }

  playOn(source: Source): void {
    this.#mustBeThere()
    this.#play(source, true)
  }

  stopSound(): void {
    if (!this.#sound) return
    this.#sound = undefined
    this.#parts.engine.stopPlay(this.#media)
  }

  async wait(ms: number, { endsOnKey = false }: { readonly endsOnKey?: boolean } = {}): Promise<void> {
    if (endsOnKey && this.#keys.length > 0) return
    await this.#until((done) => {
      const timer = this.#parts.clock.startTimer(ms, () => done(undefined))
      const wake = (): void => done(undefined)
      if (endsOnKey) this.#keyWaits.add(wake)
      this.#cutWaits.add(wake)
      return () => {
        timer.stop()
        this.#keyWaits.delete(wake)
        this.#cutWaits.delete(wake)
      }
    })
  }

  onKey(listener: (key: string) => void): () => void {
    this.#keyListeners.add(listener)
    return () => this.#keyListeners.delete(listener)
  }

  joinMix(mix: string, manner: MixManner = {}): void {
    this.#mustBeThere()
    this.stopSound()
    this.#mix = { name: mix, manner }
    this.#parts.joinMix(mix, this.#media, manner)
  }

  leaveMix(): void {
    if (!this.#mix) return
    this.#mix = undefined
    this.#parts.leaveMix()
    this.#parts.engine.disconnect(this.#media)
  }

  muteInMix(isMuted: boolean): void {
    if (!this.#mix || (this.#mix.manner.isMuted ?? false) === isMuted) return
    this.#mix = { name: this.#mix.name, manner: { ...this.#mix.manner, isMuted } }
    this.#parts.engine.muteInMix(this.#mix.name as MixId, this.#media, isMuted)
  }

  heardInMix(heardBy: string | undefined): void {
    if (!this.#mix || this.#mix.manner.heardBy === heardBy) return
    const { heardBy: _, ...manner } = this.#mix.manner
    this.#mix = { name: this.#mix.name, manner: { ...manner, ...(heardBy === undefined ? {} : { heardBy }) } }
    this.#parts.engine.heardInMix(this.#mix.name as MixId, this.#media, heardBy)
  }

  async sendOn(to: string, options: SendOptions = {}): Promise<SentBack> {
    this.#mustBeThere()
    this.leaveMix()
    const { ringMs, keepsSound, takesKeys, takesBack, devicesOf, again, signal } = options
    if (!keepsSound) this.stopSound()
    if (!takesKeys) this.#keys.length = 0
    if (signal?.aborted) return recalledBack
    this.#sending = { to, options }
    this.#hearsKeys = takesKeys ?? false
    const back = this.#until<SentBack>((done) => {
      this.#whenBack = done
      const recall = (): void => this.#parts.call.dispatch({ kind: 'serviceRecalls' })
      signal?.addEventListener('abort', recall, { once: true })
      return () => signal?.removeEventListener('abort', recall)
    })
    this.#parts.call.dispatch({
      kind: 'serviceSends',
      ...(ringMs === undefined ? {} : { ringMs }),
      ...(keepsSound ? { keepsSound } : {}),
      ...(takesBack ? { takesBack } : {}),
      ...(devicesOf === undefined && again === undefined ? {} : { isForOne: true }),
    })
    return await back
  }

  nameCaller(name: string): void {
    if (!this.signal.aborted) this.#parts.call.dispatch({ kind: 'callerNamed', name })
  }

  async hangUp(termination: Termination = { blame: 'nobody', reason: 'service-ended' }): Promise<never> {
    this.#mustBeThere()
    this.#parts.call.clear(termination)
    return await this.#until<never>(() => {})
  }

  note(code: string, text: string, data: Readonly<Record<string, unknown>> = {}): void {
    if (!this.signal.aborted) this.#parts.call.dispatch({ kind: 'serviceNoted', leg: this.#legId, code, text, data })
  }

  // What the surroundings of the line tell it.

  /** Where the caller is to be sent, once asked for. */
  takeSending(): { readonly to: string; readonly options: SendOptions } | undefined {
    const sending = this.#sending
    this.#sending = undefined
    return sending
  }

  sentBack(back: SentBack): void {
    this.#hearsKeys = true
    // The ringing tone was the call's, not the line's.
    if (!this.#sound) this.#parts.engine.stopPlay(this.#media)
    const whenBack = this.#whenBack
    this.#whenBack = undefined
    whenBack?.(back)
  }

  /** The caller goes on on another leg, or has retrieved the call: it hears again what it was to hear. */
  seat(legId: LegId, media: MediaLegId): void {
    this.#legId = legId
    this.#media = media
    if (this.#mix) this.#parts.joinMix(this.#mix.name, media, this.#mix.manner)
    if (this.#sound) this.#parts.engine.play(media, this.#sound.source, { loop: this.#sound.isLooped })
  }

  keyPressed(key: string): void {
    if (!this.#hearsKeys) return
    if (this.#keys.length < mostKeys) this.#keys.push(key)
    for (const listener of this.#keyListeners) listener(key)
    for (const wake of this.#keyWaits) wake()
  }

  playEnded(): void {
    if (this.#sound?.isLooped) return
    this.#sound = undefined
    const done = this.#whenPlayed
    this.#whenPlayed = undefined
    done?.()
  }

  recordingEnded(recording: RecordingId, durationMs: number, reason: string): boolean {
    const end = this.#recordings.get(recording)
    if (!end) return false
    const told: Recorded['end'] = reason === 'silence' || reason === 'limit' || reason === 'failed' ? reason : 'gone'
    end({ durationMs, end: told })
    return true
  }

  /** The disk takes no more: nobody goes on speaking to nothing. A disk that is only slow does not end it. */
  recordingTroubled(recording: RecordingId, reason: string): boolean {
    const end = this.#refused.get(recording)
    if (end && refusedByDisk.test(reason)) end()
    return end !== undefined
  }

  /** Ends the line: every wait is over, and what it used is given back. */
  end(why: string): void {
    if (this.signal.aborted) return
    this.stopSound()
    if (this.#mix) {
      this.#mix = undefined
      this.#parts.leaveMix()
    }
    this.#gone.abort(new LineGone(why))
    for (const wait of [...this.#waits]) wait()
    this.#keyListeners.clear()
  }

  #mustBeThere(): void {
    if (this.signal.aborted) throw this.signal.reason
  }

  #play(source: Source, isLooped: boolean): void {
    this.#sound = { source, isLooped }
    this.#parts.engine.play(this.#media, source, { loop: isLooped })
  }

  async #sayPart(part: SpeechPart, isUninterruptible: boolean): Promise<void> {
    if (part.kind === 'pause') return await this.wait(part.ms, { endsOnKey: !isUninterruptible })
    if (part.kind === 'source') return await this.#playToEnd(part.source, isUninterruptible, part.forMs)
    const path = await this.#unlessGone(this.#soundInTime(part.name))
    if (path !== undefined) await this.#playToEnd({ kind: 'file', path }, isUninterruptible)
  }

  /** A sentence that must be made first is not waited for without end, nor when something else is to be done: it is left out. */
  async #soundInTime(name: string): Promise<string | undefined> {
    const made = this.#parts.soundOf(name, this.language)
    let stop = (): void => {}
    const late = this.#until<undefined>((done) => {
      stop = () => done(undefined)
      const timer = this.#parts.clock.startTimer(longestMakingMs, stop)
      this.#cutWaits.add(stop)
      return () => {
        timer.stop()
        this.#cutWaits.delete(stop)
      }
    })
    try {
      return await Promise.race([made, late])
    } finally {
      stop()
    }
  }

  async #playToEnd(source: Source, isUninterruptible: boolean, forMs?: number): Promise<void> {
    await this.#until<void>((done) => {
      const end = (): void => {
        this.stopSound()
        done()
      }
      const timer = forMs === undefined ? undefined : this.#parts.clock.startTimer(forMs, end)
      this.#whenPlayed = done
      if (!isUninterruptible) this.#keyWaits.add(end)
      this.#cutWaits.add(end)
      this.#play(source, false)
      return () => {
        timer?.stop()
        this.#keyWaits.delete(end)
        this.#cutWaits.delete(end)
        this.#whenPlayed = undefined
      }
    })
  }

  async #nextKey(patienceMs: number): Promise<string | undefined> {
    if (this.#keys.length === 0) await this.wait(patienceMs, { endsOnKey: true })
    return this.#keys.shift()
  }

  async #unlessGone<T>(result: Promise<T>): Promise<T> {
    const value = await result
    this.#mustBeThere()
    return value
  }

  /** Waits until `done` is called; ends with `LineGone` when the line ends first. `begin` returns what is to be cleaned up then. */
  async #until<T>(begin: (done: (value: T) => void) => void | (() => void)): Promise<T> {
    this.#mustBeThere()
    return await new Promise<T>((resolve, reject) => {
      let isOver = false
      let cleanUp: void | (() => void)
      const finish = (act: () => void): void => {
        if (isOver) return
        isOver = true
        this.#waits.delete(gone)
        cleanUp?.()
        act()
      }
      const gone = (): void => finish(() => reject(this.signal.reason as LineGone))
      this.#waits.add(gone)
      cleanUp = begin((value) => finish(() => resolve(value)))
      if (isOver) cleanUp?.()
    })
  }
}
