import {
  type CallId,
  type Clock,
  type CompanyId,
  isRefusal,
  type LegId,
  type Logger,
  type Refusal,
  TransientMap,
} from '@vaxel/base'
import type {
  CallLeg,
  CallState,
  MediaEngine,
  MediaLegId,
  RecordingDesk,
  RecordingId,
  RecordingRule,
} from '@vaxel/core'
import type { CallOwner } from './call-owner.ts'
import { RecordingNotAllowed, RecordingNotSetUp, WrongState } from './errors.ts'
import type { SipLeg } from './sip-leg.ts'
import type { RecordedCalls } from './recorded-calls.ts'
import { recordable } from './recordable-leg.ts'
import { RecordingNotice } from './recording-notice.ts'
import { RoomRecordings } from './room-recordings.ts'

/** A recording that could not begin is tried again after this, while its call goes on. */
const tryAgainMs = 30_000
/** One that broke while its call goes on is gone on with in a second file after this. */
const goOnMs = 2000

interface Running {
  readonly id: RecordingId
  readonly media: MediaLegId
  readonly companyId: CompanyId
  /** Where the leg is now; attended transfer takes it to another call. */
  readonly rule: RecordingRule
  readonly trigger: 'rule' | 'demand'
  readonly notice: RecordingNotice
  isPaused: boolean
  /** By command. */
  isStopped?: true
}

/**
 * Recordings of legs, by rule and on demand: one file for each, that goes on through hold and transfer until it is stopped or the
 * leg ends. Of two who talk one is recorded, as both are heard in it. What files, keys and rules are is the desk's business.
 */
export class Recordings {
  /** Of whole conferences. */
  readonly rooms: RoomRecordings
  readonly #clock: Clock
  readonly #log: Logger
  readonly #engine: MediaEngine
  readonly #desk: RecordingDesk | undefined
  readonly #calls: RecordedCalls
  readonly #running = new TransientMap<RecordingId, Running>()
  /** Legs whose recording is being begun. */
  readonly #beginning = new Set<MediaLegId>()
  /** The legs that talked in a call when it was looked at last. */
  readonly #seen = new Map<CallId, string>()
  /** Recordings of legs that others have taken the place of, by the new leg. */
  readonly #heirs = new TransientMap<MediaLegId, Running>()

  constructor(options: {
    clock: Clock
    log: Logger
    engine: MediaEngine
    desk: RecordingDesk | undefined
    calls: RecordedCalls
  }) {
    this.#clock = options.clock
    this.#log = options.log
    this.#engine = options.engine
    this.#desk = options.desk
    this.#calls = options.calls
    this.rooms = new RoomRecordings(options)
    options.engine.onEvent((event) => {
      if (event.kind === 'recordingEnded') this.#ended(event.recording, event.reason === 'failed')
      if (event.kind === 'recordingTroubled') this.#troubled(event.recording, event.reason)
    })
  }

  /** How many are being written for a company. */
  countOf(companyId: CompanyId): number {
    let count = this.rooms.countOf(companyId)
    for (const running of this.#running.values()) if (running.companyId === companyId) count++
    return count
  }

  /** Why no call of a company may take place now. */
  whyNoCall(companyId: CompanyId): Refusal | undefined {
    return this.#desk?.whyNoCall(companyId)
  }

  /** After each step of a call: begins what a rule wants, and tells who has not been told. */
  follow(state: CallState): void {
    if (!this.#desk) return
    const { id } = state.call
    const talking = talkingLegs(state)
    const key = talking.map((leg) => `${leg.id} ${leg.connection}`).join(' ')
    if (state.name === 'ended') this.#seen.delete(id)
    else if (this.#seen.get(id) === key) return
    else this.#seen.set(id, key)
    const owner = this.#calls.owner(id)
    if (!owner || talking.length === 0) return
    const recorded = talking.flatMap((leg) => this.#of(owner, leg.id) ?? [])
    for (const { notice } of recorded) notice.follow(owner, talking)
    if (recorded.length > 0 || talking.some((leg) => this.#isBeginning(owner, leg.id))) return
    for (const leg of talking) {
      const rule = this.#desk.ruleFor(recordable(state, leg))
      const sipLeg = owner.legs.get(leg.id)
      if (!sipLeg || (rule.mode !== 'always' && rule.mode !== 'pausable')) continue
      void this.#begin(owner, sipLeg, rule, 'rule').then((refused) => {
        if (refused && rule.ifImpossible === 'refuse') this.#giveUp(owner, refused)
        else if (refused) this.#clock.startTimer(tryAgainMs, () => this.#tryAgain(owner))
      })
      return
    }
  }

  /** There may be room on the disk again. */
  #tryAgain(owner: CallOwner): void {
    if (owner.state.name === 'ended' || this.#seen.get(owner.id) === undefined) return
    this.#seen.delete(owner.id)
    this.follow(owner.state)
  }

  async start(owner: CallOwner, leg: SipLeg): Promise<Refusal | undefined> {
    if (!this.#desk) return RecordingNotSetUp()
    if (this.#of(owner, leg.id) || this.#beginning.has(leg.media))
      return WrongState('This connection is being recorded already.')
    const ofCall = owner.state.call.legs.get(leg.id)
    const rule = ofCall && this.#desk.ruleFor(recordable(owner.state, ofCall))
    if (!rule || rule.mode === 'off') return RecordingNotAllowed()
    return this.#begin(owner, leg, rule, 'demand')
  }

  /** A leg will take the place of another one. */
  willReplace(old: SipLeg, leg: SipLeg): void {
    const before = [...this.#running.values()].find(({ media }) => media === old.media)
    if (before) this.#heirs.set(leg.media, before)
  }

  /** It has: its recording goes on in a second file. */
  goOn(owner: CallOwner, leg: SipLeg): void {
    const before = this.#heirs.get(leg.media)
    if (before && !this.#beginning.has(leg.media)) void this.#begin(owner, leg, before.rule, before.trigger)
  }

  /** It has not; or its own recording has begun, if it could. */
  staysOut({ media }: SipLeg): void {
    const before = this.#heirs.get(media)
    this.#heirs.delete(media)
    if (before) this.#closeUnused(before.notice)
  }

  /** @param isForced whoever stops it stands above the rule */
  stop(owner: CallOwner, leg: LegId, isForced: boolean): Refusal | undefined {
    const recording = this.#of(owner, leg)
    if (!recording) return WrongState('This connection is not being recorded.')
    if (recording.trigger === 'rule' && !isForced)
      return RecordingNotAllowed('Your company records all calls of this connection; it cannot be stopped.')
    recording.isStopped = true
    this.#engine.stopRecording(recording.id)
    return undefined
  }

  async pause(owner: CallOwner, leg: LegId, isPaused: boolean, isForced: boolean): Promise<Refusal | undefined> {
    const recording = this.#of(owner, leg)
    if (!recording) return WrongState('This connection is not being recorded.')
    if (recording.isPaused === isPaused)
      return WrongState(isPaused ? 'The recording is paused already.' : 'The recording is not paused.')
    if (isPaused && !isForced && recording.rule.mode === 'always')
      return RecordingNotAllowed('Your company records these calls whole; the recording cannot be paused.')
    recording.isPaused = isPaused
    const atMs = await this.#engine.pauseRecording(recording.id, isPaused)
    if (atMs === undefined) return WrongState('The recording has just ended.')
    recording.notice.isQuiet = isPaused
    await this.#desk?.paused(recording.id, isPaused, atMs)
    return undefined
  }

  /** What the party of a leg sees of its recording; `available`: it may be asked for. */
  shownOf(id: CallId, leg: LegId): 'available' | 'recording' | 'paused' | undefined {
    const state = this.stateOf(id, leg)
    const owner = this.#calls.owner(id)
    const ofCall = owner?.state.call.legs.get(leg)
    if (state !== undefined || !this.#desk || !owner || ofCall?.answeredAtMs === undefined) return state
    return this.#desk.ruleFor(recordable(owner.state, ofCall)).mode === 'off' ? undefined : 'available'
  }

  /** Undefined: it is not recorded. */
  stateOf(id: CallId, leg: LegId): 'recording' | 'paused' | undefined {
    const owner = this.#calls.owner(id)
    const recording = owner && this.#of(owner, leg)
    return recording && (recording.isPaused ? 'paused' : 'recording')
  }

  async #begin(
    owner: CallOwner,
    leg: SipLeg,
    rule: RecordingRule,
    trigger: 'rule' | 'demand',
  ): Promise<Refusal | undefined> {
    const before = this.#heirs.get(leg.media)
    this.#beginning.add(leg.media)
    try {
      const ofCall = owner.state.call.legs.get(leg.id)
      if (!this.#desk || !ofCall) return WrongState('The connection is gone.')
      const begun = await this.#desk.begin(recordable(owner.state, ofCall), trigger)
      if (isRefusal(begun)) return begun
      const { id, path, options } = begun
      const notice =
        before?.notice ?? new RecordingNotice({ clock: this.#clock, engine: this.#engine, calls: this.#calls, rule })
      const running: Running = {
        id,
        media: leg.media,
        companyId: owner.state.call.companyId,
        rule,
        trigger,
        notice,
        isPaused: false,
      }
      this.#running.set(id, running)
      const refused = await this.#engine.startRecording(id, leg.media, path, options)
      if (isRefusal(refused)) {
        this.#running.delete(id)
        this.#desk.failed(id, refused.text)
        return refused
      }
      if (before?.isPaused) await this.pause(owner, leg.id, true, true)
      notice.follow(owner, talkingLegs(owner.state))
      return undefined
    } catch (error) {
      this.#log.error('a recording did not begin', { callId: owner.id, error: String(error) })
      return RecordingNotSetUp('The recording could not begin; the server’s log says why.')
    } finally {
      this.#beginning.delete(leg.media)
      this.staysOut(leg)
    }
  }

  #of(owner: CallOwner, leg: LegId): Running | undefined {
    const media = owner.legs.get(leg)?.media
    return media && [...this.#running.values()].find((recording) => recording.media === media)
  }

  #isBeginning(owner: CallOwner, leg: LegId): boolean {
    const media = owner.legs.get(leg)?.media
    return media !== undefined && this.#beginning.has(media)
  }

  #ended(id: RecordingId, hasFailed: boolean): void {
    const ended = this.#running.get(id)
    const notice = ended?.notice
    this.#running.delete(id)
    const isBroken = hasFailed && ended?.trigger === 'rule' && !ended.isStopped
    const owner = isBroken ? this.#ownerOf(ended.media) : undefined
    if (owner) this.#clock.startTimer(goOnMs, () => this.#tryAgain(owner))
    if (notice) this.#closeUnused(notice)
  }

  /** Whoever took the leg's place goes on with it, also while the second file is still being begun. */
  #closeUnused(notice: RecordingNotice): void {
    if ([...this.#running.values(), ...this.#heirs.values()].every((other) => other.notice !== notice)) notice.close()
  }

  /** The disk takes no more: the call ends where its company wants none without a recording. */
  #troubled(id: RecordingId, reason: string): void {
    const recording = this.#running.get(id)
    if (!recording || recording.trigger !== 'rule' || recording.rule.ifImpossible !== 'refuse') return
    const owner = this.#ownerOf(recording.media)
    if (owner) this.#giveUp(owner, RecordingNotSetUp(reason))
  }

  /** The call in which a leg talks. */
  #ownerOf(leg: MediaLegId): CallOwner | undefined {
    for (const callId of this.#seen.keys()) {
      const owner = this.#calls.owner(callId)
      if (owner && [...owner.legs.values()].some(({ media }) => media === leg)) return owner
    }
    return undefined
  }

  #giveUp(owner: CallOwner, refusal: Refusal): void {
    if (owner.state.call.isEmergency || owner.state.name === 'ended') return
    owner.clear({ blame: 'us', reason: 'recording-impossible', sip: 503, text: refusal.text })
  }
}

/** Who talks in a call now: both of a conversation, or who is in a conference. */
function talkingLegs(state: CallState): CallLeg[] {
  const ids =
    state.name === 'connected'
      ? [state.a, state.b]
      : state.name === 'inService' && state.service === 'conference'
        ? [state.origin]
        : []
  return ids.flatMap((id) => state.call.legs.get(id) ?? []).filter(({ endedAtMs }) => endedAtMs === undefined)
}
