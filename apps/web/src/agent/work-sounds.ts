import { Cell, type Value } from '../base/cell.ts'
import type { KeptValues } from '../base/storage.ts'
import type { Channel } from './work.ts'

/** Sounds that an agent tells apart without looking. */
export const soundNames = ['chime', 'knock', 'marimba', 'bell', 'silent'] as const
export type SoundName = (typeof soundNames)[number]

/** One tone after another: pitch in Hz, length and pause after it in seconds. */
export const soundPatterns: Readonly<Record<SoundName, readonly (readonly [hz: number, on: number, off: number])[]>> = {
  chime: [
    [880, 0.18, 0.04],
    [1174.7, 0.3, 0],
  ],
  knock: [
    [196, 0.07, 0.09],
    [196, 0.07, 0],
  ],
  marimba: [
    [523.3, 0.12, 0.02],
    [659.3, 0.12, 0.02],
    [784, 0.22, 0],
  ],
  bell: [[1046.5, 0.6, 0]],
  silent: [],
}

export interface SoundChoice {
  readonly byChannel: Readonly<Record<Channel, SoundName>>
  /** 0 to 100. */
  readonly volume: number
}

const usual: SoundChoice = {
  byChannel: { call: 'chime', callBack: 'chime', voicemail: 'bell', mail: 'knock', chat: 'marimba', sms: 'marimba' },
  volume: 60,
}
const key = 'agent.sounds'

/** Plays one; the page's part. @param level 0 to 1 */
export type PlaySound = (name: SoundName, level: number) => void

/** Which sound tells of which channel, and how loud; kept in this browser. */
export class WorkSounds {
  readonly choice: Value<SoundChoice>
  readonly #choice: Cell<SoundChoice>
  readonly #kept: KeptValues
  readonly #play: PlaySound

  constructor({ kept, play }: { kept: KeptValues; play: PlaySound }) {
    this.#kept = kept
    this.#play = play
    this.#choice = new Cell(read(kept.get<Partial<SoundChoice>>(key)))
    this.choice = this.#choice
  }

  choose(channel: Channel, name: SoundName): void {
    const { byChannel } = this.#choice.get()
    this.#set({ ...this.#choice.get(), byChannel: { ...byChannel, [channel]: name } })
    this.announce(channel)
  }

  setVolume(volume: number): void {
    this.#set({ ...this.#choice.get(), volume: Math.min(100, Math.max(0, Math.round(volume))) })
  }

  announce(channel: Channel): void {
    const { byChannel, volume } = this.#choice.get()
    const name = byChannel[channel]
    if (name !== 'silent' && volume > 0) this.#play(name, volume / 100)
  }

  #set(choice: SoundChoice): void {
    this.#kept.set(key, choice)
    this.#choice.set(choice)
  }
}

/** What was kept may be of another version, or spoilt. */
function read(kept: Partial<SoundChoice> | undefined): SoundChoice {
  const wished: Partial<Record<Channel, SoundName>> = kept?.byChannel ?? {}
  const known = Object.entries(wished).filter(
    ([channel, name]) => Object.hasOwn(usual.byChannel, channel) && soundNames.includes(name),
  )
  const volume = typeof kept?.volume === 'number' && kept.volume >= 0 && kept.volume <= 100 ? kept.volume : usual.volume
  return { byChannel: { ...usual.byChannel, ...Object.fromEntries(known) }, volume }
}
