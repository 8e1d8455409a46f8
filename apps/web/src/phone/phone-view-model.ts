import { type Api, ApiFault } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { AudioPort } from './audio-port.ts'
import { KeptCalls, type KeptCall, replacesOf } from './kept-calls.ts'
import { judgeLine, type ServerFigures } from './line-quality.ts'
import { NetworkWatch } from './network-watch.ts'
import { ownConnections } from './own-connections.ts'
import {
  initialState,
  isOnHold,
  isTalking,
  type MirroredCall,
  type PhoneCall,
  type PhoneProblem,
  type PhoneState,
  whyOf,
} from './phone-state.ts'
import type { SipAccount, SipCall, SipCallState, SipPhone } from './sip-phone.ts'
import type { TabLock } from './tab-lock.ts'

export interface PhoneDependencies {
  readonly phone: SipPhone
  readonly api: Api
  readonly lock: TabLock
  readonly audio: AudioPort
  readonly kept: KeptValues
  readonly clock: PageClock
  /** Of this browser profile. */
  readonly instanceId: string
  readonly clientVersion: string
  /** Messages to and from the other tabs of this browser. */
  readonly channel: { post(message: unknown): void; onMessage(listener: (message: unknown) => void): () => void }
}

/** One call with what is known of it besides its signalling. */
interface Held {
  readonly call: SipCall
  readonly stops: (() => void)[]
  more: Pick<PhoneCall, 'consultsFor' | 'returningSinceMs' | 'returnedAfterMs' | 'quality' | 'figures' | 'name'> & {
    readonly number?: string
    readonly direction?: 'in' | 'out'
  }
  /** As it was last, for a page that comes back. */
  replaces?: string
  isHeld?: boolean
  server?: ServerFigures
}

const askAgainMs = 5000
const renewBeforeMs = 15 * 60_000
const takeBackAgainMs = 1000
const lookMs = 2000
const brokenPathMs = 1000
const keepAgainMs = 60_000
const retrieveMs = 5000
const notThere = 481
const lastDialledKey = 'phone.lastDialled'

/** The browser's telephone: which calls there are, which one is spoken on, and how each survives what happens to the page. */
export class PhoneViewModel {
  readonly state: Value<PhoneState>
  readonly #state = new Cell<PhoneState>(initialState)
  readonly #around: PhoneDependencies
  readonly #keptCalls: KeptCalls
  readonly #calls = new Map<string, Held>()
  readonly #watch: NetworkWatch
  #account: SipAccount | undefined
  #stops: (() => void)[] = []
  #stopRenewal = () => {}
  #isEnded = true

  constructor(dependencies: PhoneDependencies) {
    this.#around = dependencies
    this.#keptCalls = new KeptCalls(dependencies.kept, () => dependencies.clock.nowMs())
    this.state = this.#state
    this.#watch = new NetworkWatch(
      {
        packetsReceived: () => this.#packetsReceived(),
        isAnswering: () => dependencies.phone.isAnswering(),
        moveOver: () => this.#moveOver(),
      },
      dependencies.clock,
    )
  }

  begin(): void {
    const { lock, phone, kept, channel } = this.#around
    this.#isEnded = false
    this.#state.set({ ...initialState, place: 'elsewhere', lastDialled: kept.get<string>(lastDialledKey) })
    this.#stops = [
      phone.registration.subscribe(() => this.#registrationChanged()),
      phone.onIncoming((call) => this.#incoming(call)),
      channel.onMessage((message) => this.#heardFromTab(message)),
      lock.isHolder.subscribe(() => void this.#holderChanged()),
    ]
    lock.begin()
    this.#watch.begin()
    this.#repeat(lookMs, () => void this.#look())
    this.#repeat(keepAgainMs, () => this.#keep())
    channel.post({ kind: 'phone.ask' })
    if (lock.isHolder.get()) void this.#holderChanged()
  }

  /** At log-out: calls end, the registration goes. */
  end(): void {
    this.#isEnded = true
    this.#watch.end()
    this.#stopRenewal()
    for (const stop of this.#stops.splice(0)) stop()
    for (const { call } of this.#calls.values()) call.hangUp()
    this.#around.phone.stop()
    this.#around.lock.end()
    this.#calls.clear()
    this.#around.audio.ring('none')
    this.#around.audio.releaseMicrophone()
    this.#state.set(initialState)
  }

  /** The page goes, its calls stay. */
  leave(): void {
    if (this.#calls.size > 0) this.#keep()
  }

  /** The phone of another tab comes to this one, with its calls. */
  takeOverTab(): void {
    this.#around.lock.takeOver()
  }

  /** The other softphone of the user is signed off. */
  async takeOverClient(): Promise<void> {
    await this.#open({ takeOver: true })
  }

  /** @param to extension, number or address */
  async call(to: string, name?: string, consultsFor?: string): Promise<void> {
    const target = to.replace(/^(tel|callto|sip|sips):/i, '').replace(/[\s()/-]/g, '')
    if (target === '' || this.#state.get().place !== 'here') return
    const microphone = await this.#microphone()
    if (microphone === undefined) return
    this.#holdOthers(undefined)
    this.#around.kept.set(lastDialledKey, target)
    this.#state.update((state) => ({ ...state, lastDialled: target, failed: undefined }))
    this.#add(this.#around.phone.call(target, microphone), {
      ...(name === undefined ? {} : { name }),
      ...(consultsFor === undefined ? {} : { consultsFor }),
    })
  }

  async redial(): Promise<void> {
    const { lastDialled } = this.#state.get()
    if (lastDialled !== undefined) await this.call(lastDialled)
  }

  async answer(id: string): Promise<void> {
    const held = this.#calls.get(id)
    if (held?.call.state.get().name !== 'incoming') return
    const microphone = await this.#microphone()
    if (microphone === undefined || held.call.state.get().name !== 'incoming') return
    this.#holdOthers(id)
    held.call.answer(microphone)
    this.#activate(id)
  }

  /** @param text sent to the caller as a message */
  reject(id: string, text?: string): void {
    const held = this.#calls.get(id)
    if (!held) return
    held.call.reject(text === undefined ? 603 : 486)
    if (text !== undefined) this.#around.phone.message(held.call.remote.number, text)
  }

  hangUp(id: string): void {
    this.#calls.get(id)?.call.hangUp()
  }

  hold(id: string): void {
    this.#calls.get(id)?.call.hold()
  }

  /** The others go on hold. */
  retrieve(id: string): void {
    this.#holdOthers(id)
    this.#calls.get(id)?.call.retrieve()
    this.#activate(id)
  }

  /** The held call is spoken on, the other one is held. */
  swap(): void {
    const { calls } = this.#state.get()
    const held = calls.find(isOnHold)
    if (held) this.retrieve(held.id)
  }

  toggleMute(): void {
    const { calls, activeId } = this.#state.get()
    const active = calls.find(({ id }) => id === activeId)
    if (active) this.setMuted(!active.isMuted)
  }

  /** @param isMuted as a headset says it */
  setMuted(isMuted: boolean): void {
    this.#active()?.call.mute(isMuted)
  }

  /** Call-ID of a call's SIP dialog, by which the server names its connection. */
  sipCallIdOf(id: string): string | undefined {
    return this.#calls.get(id)?.call.dialog()?.callId
  }

  sendDigits(digits: string): void {
    this.#active()?.call.sendDigits(digits)
  }

  /** Gives a call to somebody without asking. Rejects when they cannot have it; the call stays then. */
  async transfer(id: string, to: string): Promise<void> {
    await this.#calls.get(id)?.call.transfer(to)
    this.#calls.get(id)?.call.hangUp()
  }

  /** Calls somebody to ask whether they take this call. */
  async consult(id: string, to: string, name?: string): Promise<void> {
    this.hold(id)
    await this.call(to, name, id)
  }

  /** Both far ends talk with each other from now on. */
  async join(id: string, otherId: string): Promise<void> {
    const [call, other] = [this.#calls.get(id)?.call, this.#calls.get(otherId)?.call]
    if (call && other) await call.join(other)
  }

  /**
   * Everybody hears everybody, mixed by the server: it goes on while this page is loaded anew, and when this person leaves. One call
   * stays; those with the others end here. Rejects with what the server says.
   */
  async conference(): Promise<void> {
    const members = [...this.#calls.values()].filter(({ call }) => call.state.get().name === 'connected')
    const active = this.#active()
    const kept = active && members.includes(active) ? active : members[0]
    if (!kept || members.length < 2) return
    const state = kept.call.state.get()
    if (state.name === 'connected' && state.isHeld) {
      this.retrieve(kept.call.id)
      await this.#untilTalking(kept.call)
    }
    const { items } = await this.#around.api.call('listLiveCalls')
    const own = ownConnections(items)
    const at = own.get(kept.call.dialog()?.callId ?? '')
    for (const { call } of members) {
      const other = call === kept.call ? undefined : own.get(call.dialog()?.callId ?? '')
      if (at === undefined || other === undefined) continue
      const { callId, legId } = at
      const body = { legId, otherCallId: other.callId }
      await this.#around.api.call('commandCall', { params: { callId, verb: 'conference' }, body })
    }
  }

  /** The microphone is another one: every call that speaks is given it. */
  async microphoneChanged(): Promise<void> {
    if (this.#calls.size === 0) return
    const microphone = await this.#microphone()
    if (microphone === undefined) return
    for (const { call } of this.#calls.values())
      if (call.state.get().name === 'connected') await call.sendAudio(microphone)
  }

  /** The machine is in another network, or back in one: everything finds its way anew. */
  networkChanged(): void {
    if (this.#state.get().place === 'here' && this.#account) void this.#watch.check()
  }

  /** What the server measured of a call's line; it knows this phone's only call with that name. */
  serverSays(figures: ServerFigures): void {
    const active = this.#active()
    if (active) active.server = figures
  }

  async #holderChanged(): Promise<void> {
    const { lock, phone, channel } = this.#around
    if (this.#isEnded) return
    if (!lock.isHolder.get()) {
      // The tab that asked takes the calls back by itself; nothing is ended here.
      this.#keep()
      for (const { stops } of this.#calls.values()) for (const stop of stops) stop()
      for (const id of this.#calls.keys()) this.#around.audio.stop(id)
      this.#calls.clear()
      phone.leave()
      this.#around.audio.ring('none')
      this.#around.audio.releaseMicrophone()
      this.#state.update((state) => ({ ...state, place: 'elsewhere', calls: [], activeId: undefined }))
      channel.post({ kind: 'phone.ask' })
      return
    }
    this.#state.update((state) => ({ ...state, place: 'here', mirrored: [] }))
    await this.#open({})
  }

  /** Asks for a SIP identity, uses it, and takes back what this browser was in. */
  async #open(wish: { readonly takeOver?: boolean }): Promise<void> {
    const { api, phone, instanceId, clientVersion, lock } = this.#around
    try {
      const account = await api.call('openPhone', { body: { instanceId, clientVersion, ...wish } })
      if (this.#isEnded || !lock.isHolder.get()) return
      const isFirst = this.#account === undefined || this.#state.get().registration.name === 'off'
      this.#account = account
      this.#problem(undefined)
      phone.use(account)
      this.#renewBefore(Date.parse(account.expiresAt))
      if (isFirst) await this.#takeAllBack()
    } catch (error) {
      this.#openFailed(error)
    }
  }

  #openFailed(error: unknown): void {
    if (!(error instanceof ApiFault)) throw error
    if (error.code === 'PHONE_ELSEWHERE') return this.#problem({ name: 'elsewhere', text: error.detail ?? '' })
    if (error.code === 'PHONE_CLIENT_TOO_OLD') return this.#problem({ name: 'tooOld' })
    this.#problem({ name: 'unreachable' })
    this.#stopRenewal()
    if (error.isPassing) this.#stopRenewal = this.#around.clock.startTimer(askAgainMs, () => void this.#open({}))
  }

  #renewBefore(expiresAtMs: number): void {
    const { clock } = this.#around
    this.#stopRenewal()
    const inMs = Math.max(askAgainMs, expiresAtMs - renewBeforeMs - clock.nowMs())
    // A timer of the browser holds some 24 days at most.
    this.#stopRenewal = clock.startTimer(Math.min(inMs, 2 ** 31 - 1), () => void this.#open({}))
  }

  #registrationChanged(): void {
    const registration = this.#around.phone.registration.get()
    this.#state.update((state) => ({ ...state, registration }))
    if (registration.name === 'refused') {
      this.#stopRenewal()
      this.#stopRenewal = this.#around.clock.startTimer(askAgainMs, () => void this.#open({}))
    }
  }

  #incoming(call: SipCall): void {
    this.#add(call, {})
  }

  #add(call: SipCall, more: Partial<Held['more']>): Held {
    const { audio } = this.#around
    const held: Held = { call, stops: [], more }
    this.#calls.set(call.id, held)
    held.stops.push(
      call.state.subscribe(() => this.#callChanged(held)),
      call.isMuted.subscribe(() => this.#draw()),
      call.isPathFine.subscribe(() => this.#pathChanged(held)),
      call.heard.subscribe(() => {
        const stream = call.heard.get()
        if (stream !== undefined) audio.play(call.id, stream)
      }),
    )
    const stream = call.heard.get()
    if (stream !== undefined) audio.play(call.id, stream)
    if (call.direction === 'out') this.#activate(call.id)
    this.#callChanged(held)
    void this.#findName(held)
    return held
  }

  /** The directory knows people better than what the other side says of itself. */
  async #findName(held: Held): Promise<void> {
    const number = held.more.number ?? held.call.remote.number
    if (held.more.name !== undefined || !/^[+0-9*#]{1,32}$/.test(number)) return
    const { items } = await this.#around.api
      .call('findByNumber', { query: { numbers: number } })
      .catch(() => ({ items: [] }))
    const [found] = items
    if (!found || !this.#calls.has(held.call.id)) return
    held.more = { ...held.more, name: found.entry.name }
    this.#draw()
    this.#keep()
  }

  #callChanged(held: Held): void {
    const state = held.call.state.get()
    const dialog = held.call.dialog()
    if (dialog && state.name !== 'ended') held.replaces = replacesOf(dialog)
    if (state.name === 'connected') held.isHeld = state.isHeld
    if (state.name === 'ended') this.#ended(held, state)
    else if (state.name === 'connected' && this.#state.get().activeId === undefined) this.#activate(held.call.id)
    this.#draw()
    this.#keep()
  }

  #ended(held: Held, { end }: SipCallState & { name: 'ended' }): void {
    const { audio } = this.#around
    const { id } = held.call
    for (const stop of held.stops) stop()
    this.#calls.delete(id)
    audio.stop(id)
    const { replaces } = held
    if (end.isBroken && end.by !== 'us' && replaces !== undefined)
      return void this.#takeBack({ ...this.#keptOf(held), replaces }, this.#around.clock.nowMs())
    const wasReturning = held.more.returningSinceMs !== undefined
    if (held.call.direction === 'out' && end.status !== undefined && end.by !== 'us' && !wasReturning) {
      const who = held.more.name ?? held.call.remote.number
      this.#state.update((state) => ({ ...state, failed: { who, why: whyOf(end.status) } }))
    }
    // Whoever was asked is gone: back to the one who waits.
    const waiting = held.more.consultsFor
    if (waiting !== undefined && this.#calls.has(waiting)) this.retrieve(waiting)
    if (this.#calls.size === 0) audio.releaseMicrophone()
  }

  /** Of the calls that are spoken on; undefined without one. */
  async #packetsReceived(): Promise<number | undefined> {
    if (this.#state.get().registration.name !== 'registered') return undefined
    const talking = [...this.#calls.values()].filter(({ call }) => {
      const state = call.state.get()
      return state.name === 'connected' && !state.isHeld
    })
    const counts = await Promise.all(talking.map(({ call }) => call.packetsReceived().catch(() => undefined)))
    const known = counts.filter((count) => count !== undefined)
    return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
  }

  /** Another connection to the server, then another way for each call. */
  async #moveOver(): Promise<void> {
    const sinceMs = this.#around.clock.nowMs()
    const connected = [...this.#calls.values()].filter(({ call }) => call.state.get().name === 'connected')
    for (const held of connected) held.more = { ...held.more, returningSinceMs: sinceMs }
    this.#draw()
    await this.#around.phone.reconnect()
    await Promise.all(connected.map((held) => this.#repair(held, sinceMs)))
  }

  #pathChanged(held: Held): void {
    if (held.call.isPathFine.get() || held.call.state.get().name !== 'connected') return
    this.#around.clock.startTimer(brokenPathMs, () => {
      if (!held.call.isPathFine.get() && this.#calls.has(held.call.id)) void this.#repair(held)
    })
  }

  /** New candidates on the same dialog; where that cannot be, the call is taken back as by a new page. */
  async #repair(held: Held, sinceMs = this.#around.clock.nowMs()): Promise<void> {
    held.more = { ...held.more, returningSinceMs: sinceMs }
    this.#draw()
    const isDone = await held.call.restartIce().catch(() => false)
    if (!this.#calls.has(held.call.id)) return
    const { returningSinceMs: _, ...more } = held.more
    if (isDone) {
      held.more = { ...more, returnedAfterMs: this.#around.clock.nowMs() - sinceMs }
      return this.#draw()
    }
    if (held.replaces !== undefined) {
      this.#drop(held)
      await this.#takeBack({ ...this.#keptOf(held), replaces: held.replaces }, sinceMs)
    }
  }

  /** Forgets a call here without a word to the server, which keeps it. */
  #drop(held: Held): void {
    for (const stop of held.stops) stop()
    this.#calls.delete(held.call.id)
    this.#around.audio.stop(held.call.id)
  }

  /** What this browser was in before the page was loaded: by what it kept, and by what the server knows. */
  async #takeAllBack(): Promise<void> {
    const sinceMs = this.#around.clock.nowMs()
    const kept = new Map(this.#keptCalls.read().map((call) => [call.sipCallId, call]))
    const started = [...kept.values()].map((call) => this.#takeBack(call, sinceMs))
    for (const call of await this.#liveOwn()) if (!kept.has(call.sipCallId)) started.push(this.#takeBack(call, sinceMs))
    await Promise.all(started)
  }

  /** Own calls of this browser that the server holds and no page has. */
  async #liveOwn(): Promise<readonly KeptCall[]> {
    const { api, instanceId } = this.#around
    const { items } = await api.call('listLiveCalls').catch(() => ({ items: [] }))
    return items.flatMap(({ caller, called, connections, answeredAt }) =>
      connections.flatMap(({ own, state, legId }): KeptCall[] => {
        const isMine = own && own.instanceId?.includes(instanceId) && (state === 'connected' || state === 'hold')
        if (!isMine) return []
        const other = connections.find((connection) => connection.legId !== legId)?.party ?? called
        return [
          {
            replaces: own.replaces,
            sipCallId: own.sipCallId,
            number: other.number,
            ...(other.name === undefined ? {} : { name: other.name }),
            direction: other === caller ? 'in' : 'out',
            ...(state === 'hold' ? { isHeld: true } : {}),
            ...(answeredAt === undefined ? {} : { connectedAtMs: Date.parse(answeredAt) }),
          },
        ]
      }),
    )
  }

  /** Takes the place of an own leg that the server keeps; tries again while it is there. */
  async #takeBack(kept: KeptCall, sinceMs: number): Promise<void> {
    const { phone, clock } = this.#around
    const microphone = await this.#microphone()
    if (microphone === undefined || this.#isEnded || this.#state.get().place !== 'here') return
    const own = this.#account?.extension ?? this.#account?.address.replace(/^sips?:/, '') ?? ''
    const held = this.#add(phone.call(own, microphone, kept.replaces), {
      returningSinceMs: sinceMs,
      number: kept.number,
      direction: kept.direction,
      ...(kept.name === undefined ? {} : { name: kept.name }),
    })
    held.replaces = kept.replaces
    const taken = await settled(held.call)
    if (taken === 'connected') {
      const { returningSinceMs: _, ...more } = held.more
      held.more = { ...more, returnedAfterMs: clock.nowMs() - sinceMs }
      if (kept.isMuted) held.call.mute(true)
      // The server kept the other side on hold: both are to know it.
      if (kept.isHeld) held.call.hold()
      return this.#draw()
    }
    if (
      taken === notThere ||
      taken === 'us' ||
      clock.nowMs() - sinceMs > (this.#account?.reconnectSeconds ?? 30) * 1000
    )
      return
    await new Promise<void>((resolve) => clock.startTimer(takeBackAgainMs, resolve))
    const isThere = (await this.#liveOwn()).some(({ sipCallId }) => sipCallId === kept.sipCallId)
    if (isThere) await this.#takeBack(kept, sinceMs)
  }

  /** Until the other side has agreed that a held call goes on, or it is over, or takes too long. */
  #untilTalking(call: SipCall): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        const state = call.state.get()
        if (state.name === 'connected' && state.isHeld) return
        stop()
        stopTimer()
        resolve()
      }
      const stop = call.state.subscribe(look)
      const stopTimer = this.#around.clock.startTimer(retrieveMs, () => {
        stop()
        resolve()
      })
      look()
    })
  }

  #holdOthers(id: string | undefined): void {
    for (const [otherId, { call }] of this.#calls) {
      const state = call.state.get()
      if (otherId !== id && state.name === 'connected' && !state.isHeld) call.hold()
    }
  }

  #activate(id: string): void {
    this.#state.update((state) => ({ ...state, activeId: id }))
  }

  #active(): Held | undefined {
    const { activeId } = this.#state.get()
    return activeId === undefined ? undefined : this.#calls.get(activeId)
  }

  async #microphone(): Promise<unknown> {
    try {
      const stream = await this.#around.audio.microphone()
      if (this.#state.get().problem?.name === 'microphone') this.#problem(undefined)
      return stream
    } catch (error) {
      this.#problem({ name: 'microphone', why: whyNoMicrophone(error) })
      return undefined
    }
  }

  #problem(problem: PhoneProblem | undefined): void {
    this.#state.update((state) => ({ ...state, problem }))
  }

  async #look(): Promise<void> {
    for (const held of this.#calls.values()) {
      if (held.call.state.get().name !== 'connected') continue
      const figures = await held.call.figures().catch(() => undefined)
      const quality = judgeLine(figures, held.server)
      held.more = { ...held.more, quality, ...(figures ? { figures } : {}) }
    }
    if (this.#calls.size > 0) this.#draw()
  }

  #repeat(everyMs: number, run: () => void): void {
    const { clock } = this.#around
    let stop = clock.startTimer(everyMs, function again() {
      run()
      stop = clock.startTimer(everyMs, again)
    })
    this.#stops.push(() => stop())
  }

  #draw(): void {
    if (this.#isEnded) return
    const calls = [...this.#calls.values()].map(view)
    const { activeId } = this.#state.get()
    const isThere = calls.some(({ id }) => id === activeId)
    const next = calls.find(isTalking) ?? calls.find(({ state }) => state.name !== 'incoming')
    this.#state.update((state) => ({ ...state, calls, activeId: isThere ? activeId : next?.id }))
    this.#ring(calls)
    this.#tellTabs()
  }

  #ring(calls: readonly PhoneCall[]): void {
    const isIncoming = calls.some(({ state }) => state.name === 'incoming')
    const isBusy = calls.some(({ state }) => state.name !== 'incoming')
    const isCalling = calls.some(({ state }) => state.name === 'ringing' && !state.hasEarlyMedia)
    this.#around.audio.ring(isIncoming ? (isBusy ? 'waiting' : 'call') : isCalling ? 'ringback' : 'none')
  }

  #keep(): void {
    if (this.#state.get().place !== 'here') return
    this.#keptCalls.write(
      [...this.#calls.values()].flatMap((held) => (held.replaces === undefined ? [] : [this.#keptOf(held)])),
    )
  }

  #keptOf({ call, replaces, isHeld, more }: Held): KeptCall {
    const state = call.state.get()
    const name = more.name ?? call.remote.name
    return {
      replaces: replaces ?? '',
      sipCallId: replaces?.split(';', 1)[0] ?? '',
      number: more.number ?? call.remote.number,
      ...(name === undefined ? {} : { name }),
      direction: more.direction ?? call.direction,
      ...(state.name === 'connected' ? { connectedAtMs: state.sinceMs } : {}),
      ...(call.isMuted.get() ? { isMuted: true } : {}),
      ...(isHeld ? { isHeld } : {}),
    }
  }

  #tellTabs(): void {
    const { channel } = this.#around
    if (this.#state.get().place !== 'here') return
    const calls = this.#state.get().calls.map(
      ({ id, number, name, state }): MirroredCall => ({
        id,
        number,
        ...(name === undefined ? {} : { name }),
        stateName: state.name,
        ...(state.name === 'connected' ? { connectedAtMs: state.sinceMs } : {}),
      }),
    )
    channel.post({ kind: 'phone.calls', calls })
  }

  #heardFromTab(message: unknown): void {
    const { kind, calls } = message as { kind?: string; calls?: readonly MirroredCall[] }
    if (kind === 'phone.ask') this.#tellTabs()
    if (kind === 'phone.calls' && calls && this.#state.get().place === 'elsewhere')
      this.#state.update((state) => ({ ...state, mirrored: calls }))
  }
}

function view({ call, more }: Held): PhoneCall {
  const name = more.name ?? call.remote.name
  return {
    id: call.id,
    direction: call.direction,
    number: call.remote.number,
    state: call.state.get(),
    isMuted: call.isMuted.get(),
    ...more,
    ...(name === undefined ? {} : { name }),
  }
}

/** What became of a call: connected, or the status (or the side) that ended it. */
function settled(call: SipCall): Promise<'connected' | 'us' | 'lost' | number> {
  return new Promise((resolve) => {
    const look = () => {
      const state = call.state.get()
      if (state.name === 'connected') done('connected')
      if (state.name === 'ended') done(state.end.status ?? (state.end.by === 'us' ? 'us' : 'lost'))
    }
    const stop = call.state.subscribe(look)
    const done = (result: 'connected' | 'us' | 'lost' | number) => {
      stop()
      resolve(result)
    }
    look()
  })
}

function whyNoMicrophone(error: unknown): 'denied' | 'missing' | 'busy' | 'unsupported' {
  const { name } = error as { name?: string }
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'unsupported'
}
