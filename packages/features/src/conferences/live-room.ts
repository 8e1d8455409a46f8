import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import {
  type CallId,
  type Clock,
  isRefusal,
  type Logger,
  makeId,
  type Refusal,
  type Timer,
  type UserId,
} from '@vaxel/base'
import { ConferenceNotRunning } from '@vaxel/contract'
import {
  type ConferenceCalls,
  type ConferenceRoom,
  isHeard,
  type Language,
  type MediaEngine,
  membersIn,
  type MixId,
  newRoom,
  type Party,
  type RecordedRoom,
  type RoomCommandRefusal,
  type RoomEffect,
  type RoomInput,
  type RoomMember,
  type RoomState,
  roomTransition,
  type Source,
  type WrongPins,
} from '@vaxel/core'
import * as words from './room-words.ts'
import { obeyKeys } from './room-menu.ts'
import { noteOf } from './room-notes.ts'
import type { Visit } from './visit.ts'

/** Makes a folder for names that are said, and records whole rooms; both may be impossible. */
export interface RoomSounds {
  soundOf(prompt: string, language: Language): Promise<string | undefined>
  /** For names; removed when their speakers leave. */
  readonly namesFolder: string | undefined
}

export interface LiveRoomParts {
  readonly clock: Clock
  readonly log: Logger
  readonly engine: MediaEngine
  readonly calls: ConferenceCalls | undefined
  readonly sounds: RoomSounds
  readonly wrongPins: WrongPins
  /** As it is set now. */
  readonly room: ConferenceRoom
  readonly mix: MixId
  /** Told after each change. */
  changed(room: LiveRoom): void
  over(room: LiveRoom): void
}

const mostNameMs = 4_000
const nameSilenceMs = 1_200
const longestPin = 10
const mostExpected = 50
const mostNameLetters = 200
const recordAgainMs = 2000

/** A conference while somebody is in it: the owner of its machine, and what its effects do to lines and mix. */
export class LiveRoom {
  readonly parts: LiveRoomParts
  readonly visits = new Map<CallId, Visit>()
  state: RoomState
  version = 0
  /** Who was told of it last. */
  told: readonly UserId[] = []
  /** Undefined while it is not recorded. */
  #recording: RecordedRoom | 'begins' | undefined
  /** Nobody has stopped it: a second file takes over when what writes the first one breaks. */
  #isRecordingWanted = false
  /** Calls that were made for it and have not come in yet. */
  readonly expected = new Set<CallId>()
  readonly #waits = new Map<CallId, Timer>()
  readonly #inputs: RoomInput[] = []
  #isRunning = false
  #refused: RoomCommandRefusal | undefined

  constructor(parts: LiveRoomParts) {
    this.parts = parts
    this.state = newRoom(parts.room.rules)
  }

  get key(): string {
    return `${this.parts.room.companyId}/${this.parts.room.number}`
  }

  get isRecorded(): boolean {
    return this.#recording !== undefined
  }

  get canInvite(): boolean {
    return this.parts.calls !== undefined
  }

  /** Rules that may change while it goes on: PINs, moderators, names. */
  setRules(room: ConferenceRoom): void {
    this.state = { ...this.state, rules: room.rules }
  }

  enter(visit: Visit): void {
    this.visits.set(visit.id, visit)
    const { line } = visit
    const { clock, wrongPins } = this.parts
    line.onKey((key) => {
      const meant = visit.keys.press(key, clock.monotonicMs())
      if (meant) obeyKeys(this, visit, meant)
    })
    this.give({
      kind: 'arrived',
      member: visit.id,
      party: line.caller,
      isColleague: line.user !== undefined,
      isInvited: this.expected.delete(visit.id),
      isPinBlocked: wrongPins.isBlocked(this.key, clock.monotonicMs()),
    })
  }

  leave(visit: Visit): void {
    this.visits.delete(visit.id)
    this.#stopWaiting(visit.id)
    this.give({ kind: 'left', member: visit.id })
    const { namePath } = visit
    // The others may still hear it being played.
    if (namePath) this.parts.clock.startTimer(20_000, () => void rm(namePath, { force: true }).catch(() => {}))
  }

  /** Calls a number in a moderator's rights; whoever answers needs no PIN and passes the lock. */
  async invite(by: UserId, to: string): Promise<Refusal | undefined> {
    const { calls, clock, room } = this.parts
    if (!calls || this.expected.size >= mostExpected) return ConferenceNotRunning('Too many are being called already.')
    const callId = makeId<CallId>(clock.now())
    this.expected.add(callId)
    const { companyId, number, rules } = room
    const refused = await calls.invite({ callId, companyId, by, to, room: number, roomName: rules.name })
    if (refused) this.expected.delete(callId)
    return refused
  }

  /** Records what all hear, until it is stopped or the conference ends; all hear that it is so. Named after a moderator who is there. */
  async record(isOn: boolean): Promise<Refusal | undefined> {
    const { calls, mix } = this.parts
    const recording = this.#recording
    if (!isOn) {
      if (recording === undefined || recording === 'begins') return ConferenceNotRunning()
      this.#isRecordingWanted = false
      recording.stop()
      return undefined
    }
    const inside = membersIn(this.state)
    const at = (inside.find(({ isModerator }) => isModerator) ?? inside[0])?.id
    if (!calls || at === undefined || recording !== undefined) return ConferenceNotRunning()
    this.#recording = 'begins'
    const begun = await calls.record({ callId: at, mix, room: this.#asParty(at), ended: () => this.#recorded() })
    if (isRefusal(begun)) {
      this.#recording = undefined
      return begun
    }
    // It may have ended while it began.
    if (this.#recording !== 'begins') return ConferenceNotRunning()
    if (this.state.isOver) begun.stop()
    this.#recording = begun
    this.#isRecordingWanted = true
    void this.sayToAll(words.recordingBegun)
    this.#changed()
    return undefined
  }

  /** However it ended: by command, with the conference, or because the disk is full. */
  #recorded(): void {
    this.#recording = undefined
    if (this.state.isOver) return
    void this.sayToAll(words.recordingOver)
    this.#changed()
    const goesOn = this.#isRecordingWanted
    this.#isRecordingWanted = false
    if (goesOn) this.parts.clock.startTimer(recordAgainMs, () => void this.record(true).catch(() => {}))
  }

  /** Whom somebody talks with here: the room, or all the others where it has no name. */
  #asParty(but: CallId): Party {
    const { room } = this.parts
    const { name, endsWithLastPair } = this.state.rules
    if (!endsWithLastPair) return { number: room.number, ...(name === '' ? {} : { name }) }
    const others = membersIn(this.state).filter(({ id }) => id !== but)
    const names = others.map(({ party }) => party.name ?? party.number).join(', ')
    return { number: others[0]?.party.number ?? room.number, name: names.slice(0, mostNameLetters) }
  }

  #changed(): void {
    this.version++
    this.parts.changed(this)
  }

  /** @returns why a command was not done */
  give(input: RoomInput): RoomCommandRefusal | undefined {
    this.#inputs.push(input)
    this.#refused = undefined
    if (this.#isRunning) return undefined
    this.#isRunning = true
    try {
      for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) this.#step(next)
    } finally {
      this.#isRunning = false
    }
    return this.#refused
  }

  /** People of the company who are in it, and its moderators. */
  watchers(): UserId[] {
    const { rules } = this.state
    const ids = new Set(rules.moderatorIds)
    for (const { party, phase } of this.state.members.values())
      if (party.userId && phase !== 'knocking') ids.add(party.userId)
    return [...ids]
  }

  #step(input: RoomInput): void {
    const next = roomTransition(this.state, input, this.parts.clock.now())
    this.state = next.state
    this.#refused = next.refused
    for (const effect of next.effects) this.#perform(effect)
    this.version++
    this.parts.changed(this)
  }

  #perform(effect: RoomEffect): void {
    const visit = 'member' in effect && typeof effect.member === 'string' ? this.visits.get(effect.member) : undefined
    switch (effect.kind) {
      case 'askPin':
        return visit?.next((line) => this.#askPin(line, effect))
      case 'wait':
        this.#waitFor(effect.member, effect.mostMs)
        return visit?.next(async (line) => {
          await line.say(words.waitsForModerator, { isUninterruptible: true })
          if (this.state.members.get(effect.member)?.phase === 'waiting') line.playOn({ kind: 'music' })
        })
      case 'join':
        this.#stopWaiting(effect.member)
        return visit?.next(() => this.#join(visit, effect.others))
      case 'setMuted':
        return visit?.line.muteInMix(effect.isMuted)
      case 'say':
        return visit?.next((line) => line.say(words.spokenWord(effect.word), { isUninterruptible: true }))
      case 'dismiss':
        this.#stopWaiting(effect.member)
        if (!visit) return
        if (visit.isInMix) visit.line.leaveMix()
        visit.isInMix = false
        return visit.last(async (line) => {
          line.stopSound()
          await line.say(words.spokenDismissal(effect.reason), { isUninterruptible: true })
          await line.hangUp({ blame: 'nobody', reason: `conference-${effect.reason}` })
        })
      case 'announce':
        return this.#announce(effect.member, effect.who)
      case 'notePin':
        return this.parts.wrongPins.note(this.key, this.parts.clock.monotonicMs())
      case 'tell':
        return this.#note(effect.event, effect.data)
      case 'over':
        return this.parts.over(this)
      case 'ignore':
        return this.parts.log.debug('ignored by the conference', { reason: effect.reason })
    }
  }

  #note(event: string, data: Readonly<Record<string, unknown>>): void {
    const visit = this.visits.get(data['member'] as CallId)
    const text = noteOf(event, data)
    if (visit && text) visit.line.note(event, text, { room: this.parts.room.number, ...data })
  }

  async #askPin(line: Visit['line'], effect: Extract<RoomEffect, { kind: 'askPin' }>): Promise<void> {
    const { keys } = await line.readKeys({
      say: words.askedPin(effect.isAgain),
      most: longestPin,
      endOn: '#',
      firstMs: 10_000,
      nextMs: 5_000,
    })
    this.enterPin(effect.member, keys)
  }

  enterPin(member: CallId, pin: string): void {
    const { clock, wrongPins } = this.parts
    const isPinBlocked = wrongPins.isBlocked(this.key, clock.monotonicMs())
    this.give({ kind: 'pinEntered', member, pin, isPinBlocked })
  }

  /** What was meant to come before the mix is done; how somebody is heard is looked at only now. */
  async #join(visit: Visit, others: number): Promise<void> {
    const { line } = visit
    const { announces } = this.state.rules
    line.stopSound()
    if (announces === 'names') await this.#hearName(visit)
    if (announces === 'names' || announces === 'count')
      await line.say(words.spokenCount(others), { isUninterruptible: true })
    if (this.isRecorded) await line.say(words.isRecorded, { isUninterruptible: true })
    const member = this.state.members.get(visit.id)
    if (member?.phase !== 'in') return
    line.joinMix(this.parts.mix, { isMuted: !isHeard(this.state, member) })
    visit.isInMix = true
    // Levels are told only while a screen may show them.
    this.parts.engine.watchMix(this.parts.mix, this.watchers().length > 0)
  }

  async #hearName(visit: Visit): Promise<void> {
    const { namesFolder } = this.parts.sounds
    if (namesFolder === undefined) return
    await visit.line.say(words.sayName, { isUninterruptible: true })
    const path = join(namesFolder, `${visit.id}.wav`)
    const { durationMs, end } = await visit.line.record({ path, mostMs: mostNameMs, silenceMs: nameSilenceMs })
    if (end !== 'failed' && durationMs > 300) visit.namePath = path
  }

  #announce(member: RoomMember, who: 'came' | 'went'): void {
    const { announces } = this.state.rules
    if (announces === 'silent') return
    const visit = this.visits.get(member.id)
    const play = (): void => this.#playChange(announces === 'names' ? visit?.namePath : undefined, who)
    // A name is there only once it has been said.
    if (who === 'came' && visit) visit.next(play)
    else play()
  }

  #playChange(namePath: string | undefined, who: 'came' | 'went'): void {
    if (membersIn(this.state).length === 0) return
    this.playToAll({ kind: 'tone', tone: who === 'came' ? 'joined' : 'left', country: 'se' })
    if (namePath === undefined) return
    this.playToAll({ kind: 'file', path: namePath })
    void this.sayToAll(who === 'came' ? words.hasJoined : words.hasLeft)
  }

  playToAll(source: Source): void {
    this.parts.engine.playInMix(this.parts.mix, source)
  }

  /** In the language of whoever came first. */
  async sayToAll(prompt: string): Promise<void> {
    const language = [...this.visits.values()][0]?.line.language ?? 'en'
    const path = await this.parts.sounds.soundOf(prompt, language).catch(() => undefined)
    if (path !== undefined) this.playToAll({ kind: 'file', path })
  }

  #waitFor(member: CallId, mostMs: number): void {
    this.#stopWaiting(member)
    this.#waits.set(
      member,
      this.parts.clock.startTimer(mostMs, () => void this.give({ kind: 'waitTimeout', member })),
    )
  }

  #stopWaiting(member: CallId): void {
    this.#waits.get(member)?.stop()
    this.#waits.delete(member)
  }
}
