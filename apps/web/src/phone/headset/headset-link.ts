import { Cell, type Value } from '../../base/cell.ts'
import type { PhoneViewModel } from '../phone-view-model.ts'
import { isOnHold, isRingingHere, isTalking } from '../phone-state.ts'
import type { Headset, HeadsetEvent, Headsets } from './headset.ts'

type Phone = Pick<PhoneViewModel, 'state' | 'answer' | 'hangUp' | 'reject' | 'retrieve' | 'setMuted'>

/** Joins a headset's buttons and lights with the calls. */
export class HeadsetLink {
  /** Name of the headset in use. */
  readonly name: Value<string | undefined>
  readonly #name = new Cell<string | undefined>(undefined)
  readonly #headsets: Headsets
  readonly #phone: Phone
  #headset: Headset | undefined
  #stops: (() => void)[] = []
  #stopEvents = () => {}
  #shown = ''

  constructor(headsets: Headsets, phone: Phone) {
    this.#headsets = headsets
    this.#phone = phone
    this.name = this.#name
  }

  get isSupported(): boolean {
    return this.#headsets.isSupported
  }

  begin(): void {
    this.#stops = [
      this.#headsets.onPlugged(() => void this.#find()),
      this.#headsets.onUnplugged((name) => this.#unplugged(name)),
      this.#phone.state.subscribe(() => this.#show()),
    ]
    void this.#find()
  }

  end(): void {
    for (const stop of this.#stops.splice(0)) stop()
    this.#stopEvents()
    this.#headset?.close().catch(() => {})
    this.#headset = undefined
    this.#name.set(undefined)
  }

  /** Lets the person choose one; from a press of a button. */
  async connect(): Promise<void> {
    const headset = await this.#headsets.ask()
    if (headset) this.#use(headset)
  }

  async #find(): Promise<void> {
    if (this.#headset || !this.#headsets.isSupported) return
    const [first] = await this.#headsets.known().catch(() => [])
    if (first && !this.#headset) this.#use(first)
  }

  #use(headset: Headset): void {
    this.#stopEvents()
    this.#headset = headset
    this.#stopEvents = headset.onEvent((event) => this.#pressed(event))
    this.#name.set(headset.name)
    this.#shown = ''
    this.#show()
  }

  /** A call goes on without its headset: audio devices have their own care. */
  #unplugged(name: string): void {
    if (this.#headset?.name !== name) return
    this.#stopEvents()
    this.#headset = undefined
    this.#name.set(undefined)
  }

  #pressed(event: HeadsetEvent): void {
    const { calls, activeId } = this.#phone.state.get()
    const ringing = calls.find(isRingingHere)
    const active = calls.find(({ id }) => id === activeId)
    switch (event) {
      case 'hookOff':
        if (ringing) void this.#phone.answer(ringing.id)
        else if (active && isOnHold(active)) this.#phone.retrieve(active.id)
        else this.#show(true)
        return
      case 'hookOn':
        if (active && !isRingingHere(active)) this.#phone.hangUp(active.id)
        return
      case 'reject':
        if (ringing) this.#phone.reject(ringing.id)
        else if (active) this.#phone.hangUp(active.id)
        return
      case 'mute':
      case 'unmute':
        this.#phone.setMuted(event === 'mute')
    }
  }

  /** @param isForced also when nothing has changed: the headset thinks otherwise */
  #show(isForced = false): void {
    const { calls, activeId } = this.#phone.state.get()
    const active = calls.find(({ id }) => id === activeId)
    const lights = {
      isRinging: calls.some(isRingingHere),
      isOffHook: calls.some((call) => !isRingingHere(call) && call.state.name !== 'ended'),
      isMuted: active?.isMuted ?? false,
      isOnHold: active !== undefined && !isTalking(active) && isOnHold(active),
    }
    const shown = JSON.stringify(lights)
    if (!this.#headset || (shown === this.#shown && !isForced)) return
    this.#shown = shown
    this.#headset.show(lights).catch(() => {})
  }
}
