import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'

export type DeviceUse = 'microphone' | 'speaker' | 'ringer'

export interface AudioDevice {
  readonly id: string
  readonly label: string
}

export interface DevicesState {
  readonly microphones: readonly AudioDevice[]
  readonly speakers: readonly AudioDevice[]
  /** What was chosen and is there; undefined: the system's own. */
  readonly chosen: Readonly<Partial<Record<DeviceUse, string>>>
  /** What was chosen and is not plugged in now; it counts again when it is. */
  readonly missing: Readonly<Partial<Record<DeviceUse, string>>>
  /** False where the browser gives no choice of the speaker (Firefox before 116). */
  readonly canChooseSpeaker: boolean
}

/** The browser's list of devices. */
export interface DeviceList {
  /** Labels are there once the microphone was allowed. */
  enumerate(): Promise<readonly { readonly kind: string; readonly deviceId: string; readonly label: string }[]>
  onChange(listener: () => void): () => void
  readonly canChooseSpeaker: boolean
}

interface Remembered {
  readonly id: string
  readonly label: string
}

const keyOf = (use: DeviceUse): string => `audio.${use}`

/** Which devices there are and which are used: remembered by id and by name, as a browser may give a device another id. */
export class AudioDevices {
  readonly state: Value<DevicesState>
  readonly #state: Cell<DevicesState>
  readonly #list: DeviceList
  readonly #kept: KeptValues
  readonly #onChosen: (use: DeviceUse) => void
  #stop = () => {}

  /** @param options `onChosen` is called when another device is to be used, by choice or because it was plugged in or out */
  constructor(options: { list: DeviceList; kept: KeptValues; onChosen: (use: DeviceUse) => void }) {
    this.#list = options.list
    this.#kept = options.kept
    this.#onChosen = options.onChosen
    this.#state = new Cell<DevicesState>({
      microphones: [],
      speakers: [],
      chosen: {},
      missing: {},
      canChooseSpeaker: options.list.canChooseSpeaker,
    })
    this.state = this.#state
  }

  begin(): void {
    this.#stop = this.#list.onChange(() => void this.refresh())
    void this.refresh()
  }

  end(): void {
    this.#stop()
  }

  /** @param id undefined: the system's own */
  choose(use: DeviceUse, id: string | undefined): void {
    const device = this.#of(use, this.#state.get()).find((one) => one.id === id)
    if (device) this.#kept.set(keyOf(use), { id: device.id, label: device.label })
    else this.#kept.remove(keyOf(use))
    this.#settle(this.#state.get().microphones, this.#state.get().speakers)
  }

  async refresh(): Promise<void> {
    const all = await this.#list.enumerate().catch(() => [])
    const ofKind = (kind: string): AudioDevice[] =>
      all
        .filter(
          (device) =>
            device.kind === kind &&
            device.deviceId !== '' &&
            device.deviceId !== 'default' &&
            device.deviceId !== 'communications',
        )
        .map(({ deviceId, label }) => ({ id: deviceId, label: label || deviceId.slice(0, 6) }))
    this.#settle(ofKind('audioinput'), ofKind('audiooutput'))
  }

  #settle(microphones: readonly AudioDevice[], speakers: readonly AudioDevice[]): void {
    const before = this.#state.get()
    const chosen: Partial<Record<DeviceUse, string>> = {}
    const missing: Partial<Record<DeviceUse, string>> = {}
    for (const use of ['microphone', 'speaker', 'ringer'] as const) {
      const wanted = this.#kept.get<Remembered>(keyOf(use))
      if (!wanted) continue
      const there = use === 'microphone' ? microphones : speakers
      const found = there.find(({ id }) => id === wanted.id) ?? there.find(({ label }) => label === wanted.label)
      if (found) chosen[use] = found.id
      else missing[use] = wanted.label
    }
    this.#state.set({ ...before, microphones, speakers, chosen, missing })
    for (const use of ['microphone', 'speaker', 'ringer'] as const)
      if (before.chosen[use] !== chosen[use]) this.#onChosen(use)
  }

  #of(use: DeviceUse, { microphones, speakers }: DevicesState): readonly AudioDevice[] {
    return use === 'microphone' ? microphones : speakers
  }
}
