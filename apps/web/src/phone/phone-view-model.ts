import type { Api } from '../api/api.ts'
import type { PageClock } from '../app/app.ts'
import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { AudioPort } from './audio-port.ts'
import { findName } from './find-name.ts'
import { type HeldCall, isConnected, isSpokenOn, keptOf, untilTalking, viewOf } from './held-call.ts'
import { joinAll } from './join-all.ts'
import { KeptCalls, replacesOf } from './kept-calls.ts'
import type { ServerFigures } from './line-quality.ts'
import { measureLines, packetsReceived } from './measure-lines.ts'
import { NetworkWatch } from './network-watch.ts'
import { PhoneAccount } from './phone-account.ts'
import { initialState, isOnHold, isTalking, type PhoneProblem, type PhoneState, whyOf } from './phone-state.ts'
import { ReturningCalls } from './returning-calls.ts'
import { ringOf } from './ringing.ts'
import type { SipCall, SipCallState, SipPhone } from './sip-phone.ts'
import type { TabLock } from './tab-lock.ts'
import { askTabs, hearTabs, type TabChannel, tellTabs } from './tab-mirror.ts'
import { whyNoMicrophone } from './why-no-microphone.ts'

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
  readonly channel: TabChannel
}

const lookMs = 2000
const keepAgainMs = 60_000
const lastDialledKey = 'phone.lastDialled'

/** The browser's telephone: which calls there are, which one is spoken on, and how each survives what happens to the page. */
export class PhoneViewModel {
  readonly state: Value<PhoneState>
  readonly #state = new Cell<PhoneState>(initialState)
  readonly #around: PhoneDependencies
  readonly #keptCalls: KeptCalls
  readonly #calls = new Map<string, HeldCall>()
  readonly #watch: NetworkWatch
  readonly #account: PhoneAccount
  readonly #returning: ReturningCalls
  #stops: (() => void)[] = []
  #isEnded = true

  constructor(dependencies: PhoneDependencies) {
    this.#around = dependencies
    this.#keptCalls = new KeptCalls(dependencies.kept, () => dependencies.clock.nowMs())
    this.state = this.#state
    const { phone, clock } = dependencies
    this.#account = new PhoneAccount({
      ...dependencies,
      isWanted: () => !this.#isEnded && dependencies.lock.isHolder.get(),
      isOff: () => this.#state.get().registration.name === 'off',
      problem: (problem) => this.#problem(problem),
      opened: () => this.#returning.takeAllBack(),
    })
    this.#returning = new ReturningCalls({
      ...dependencies,
      keptCalls: this.#keptCalls,
      calls: this.#calls,
      account: () => this.#account.current,
      isHere: () => !this.#isEnded && this.#state.get().place === 'here',
      microphone: () => this.#microphone(),
      add: (call, more) => this.#add(call, more),
      drop: (held) => this.#drop(held),
      changed: () => this.#draw(),
    })
    const isRegistered = () => this.#state.get().registration.name === 'registered'
    this.#watch = new NetworkWatch(
      {
        packetsReceived: async () => (isRegistered() ? packetsReceived(this.#calls.values()) : undefined),
        isAnswering: () => phone.isAnswering(),
        moveOver: () => this.#returning.moveOver(),
      },
      clock,
    )
  }

  begin(): void {
    const { lock, phone, kept, channel } = this.#around
    this.#isEnded = false
    this.#state.set({ ...initialState, place: 'elsewhere', lastDialled: kept.get<string>(lastDialledKey) })
    this.#stops = [
      phone.registration.subscribe(() => this.#registrationChanged()),
      phone.onIncoming((call) => this.#add(call, {})),
      hearTabs(channel, {
        asked: () => this.#tellTabs(),
        told: (mirrored) => {
          if (this.#state.get().place === 'elsewhere') this.#state.update((state) => ({ ...state, mirrored }))
        },
      }),
      lock.isHolder.subscribe(() => void this.#holderChanged()),
    ]
    lock.begin()
    this.#watch.begin()
    this.#repeat(lookMs, () => void this.#look())
    this.#repeat(keepAgainMs, () => this.#keep())
    askTabs(channel)
    if (lock.isHolder.get()) void this.#holderChanged()
  }

  /** At log-out: calls end, the registration goes. */
  end(): void {
    this.#isEnded = true
    this.#watch.end()
    this.#account.stop()
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
    await this.#account.open({ takeOver: true })
  }

  /** The person has logged in again: what the phone registered with has ended with the login before. */
  async renew(): Promise<void> {
    if (this.#state.get().place === 'here' && this.#account.current) await this.#account.open()
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

  /** Somebody else is at the other end of a call, without a word over SIP: it was put through. */
  talksWith(id: string, { number, name }: { readonly number: string; readonly name?: string }): void {
    const held = this.#calls.get(id)
    if (!held) return
    const { name: _, ...more } = held.more
    held.more = { ...more, number, ...(name === undefined ? {} : { name }) }
    this.#draw()
    this.#keep()
    void this.#findName(held)
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
    const members = [...this.#calls.values()].filter(isConnected)
    const active = this.#active()
    const kept = active && members.includes(active) ? active : members[0]
    if (!kept || members.length < 2) return
    if (!isSpokenOn(kept)) {
      this.retrieve(kept.call.id)
      await untilTalking(kept.call, this.#around.clock)
    }
    await joinAll(this.#around.api, kept, members)
  }

  /** The microphone is another one: every call that speaks is given it. */
  async microphoneChanged(): Promise<void> {
    if (this.#calls.size === 0) return
    const microphone = await this.#microphone()
    if (microphone === undefined) return
    for (const held of this.#calls.values()) if (isConnected(held)) await held.call.sendAudio(microphone)
  }

  /** The machine is in another network, or back in one: everything finds its way anew. */
  networkChanged(): void {
    if (this.#state.get().place === 'here' && this.#account.current) void this.#watch.check()
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
      askTabs(channel)
      return
    }
    this.#state.update((state) => ({ ...state, place: 'here', mirrored: [] }))
    await this.#account.open()
  }

  #registrationChanged(): void {
    const registration = this.#around.phone.registration.get()
    this.#state.update((state) => ({ ...state, registration }))
    if (registration.name === 'refused') this.#account.refused()
  }

  #add(call: SipCall, more: HeldCall['more']): HeldCall {
    const { audio } = this.#around
    const held: HeldCall = { call, stops: [], more }
    this.#calls.set(call.id, held)
    held.stops.push(
      call.state.subscribe(() => this.#callChanged(held)),
      call.isMuted.subscribe(() => this.#draw()),
      call.isPathFine.subscribe(() => this.#returning.pathChanged(held)),
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
  async #findName(held: HeldCall): Promise<void> {
    const number = held.more.number ?? held.call.remote.number
    if (held.more.name !== undefined) return
    const name = await findName(this.#around.api, number)
    // Somebody else may be there by now.
    const isStill = number === (held.more.number ?? held.call.remote.number)
    if (name === undefined || !isStill || !this.#calls.has(held.call.id)) return
    held.more = { ...held.more, name }
    this.#draw()
    this.#keep()
  }

  #callChanged(held: HeldCall): void {
    const state = held.call.state.get()
    const dialog = held.call.dialog()
    if (dialog && state.name !== 'ended') held.replaces = replacesOf(dialog)
    if (state.name === 'connected') held.isHeld = state.isHeld
    if (state.name === 'ended') this.#ended(held, state)
    else if (state.name === 'connected' && this.#state.get().activeId === undefined) this.#activate(held.call.id)
    this.#draw()
    this.#keep()
  }

  #ended(held: HeldCall, { end }: SipCallState & { name: 'ended' }): void {
    const { audio } = this.#around
    const { id } = held.call
    for (const stop of held.stops) stop()
    this.#calls.delete(id)
    audio.stop(id)
    const { replaces } = held
    if (end.isBroken && end.by !== 'us' && replaces !== undefined)
      return void this.#returning.takeBack({ ...keptOf(held), replaces })
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

  /** Forgets a call here without a word to the server, which keeps it. */
  #drop(held: HeldCall): void {
    for (const stop of held.stops) stop()
    this.#calls.delete(held.call.id)
    this.#around.audio.stop(held.call.id)
  }

  #holdOthers(id: string | undefined): void {
    for (const [otherId, held] of this.#calls) if (otherId !== id && isSpokenOn(held)) held.call.hold()
  }

  #activate(id: string): void {
    this.#state.update((state) => ({ ...state, activeId: id }))
  }

  #active(): HeldCall | undefined {
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
    await measureLines(this.#calls.values())
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
    const calls = [...this.#calls.values()].map(viewOf)
    const { activeId } = this.#state.get()
    const isThere = calls.some(({ id }) => id === activeId)
    const next = calls.find(isTalking) ?? calls.find(({ state }) => state.name !== 'incoming')
    this.#state.update((state) => ({ ...state, calls, activeId: isThere ? activeId : next?.id }))
    this.#around.audio.ring(ringOf(calls))
    this.#tellTabs()
  }

  #keep(): void {
    if (this.#state.get().place !== 'here') return
    this.#keptCalls.write(
      [...this.#calls.values()].flatMap((held) => (held.replaces === undefined ? [] : [keptOf(held)])),
    )
  }

  #tellTabs(): void {
    const { place, calls } = this.#state.get()
    if (place === 'here') tellTabs(this.#around.channel, calls)
  }
}
