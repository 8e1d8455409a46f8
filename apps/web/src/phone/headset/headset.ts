/** What somebody does at a headset. */
export type HeadsetEvent = 'hookOn' | 'hookOff' | 'mute' | 'unmute' | 'reject'

/** What a headset shows. */
export interface HeadsetLights {
  readonly isRinging: boolean
  readonly isOffHook: boolean
  readonly isMuted: boolean
  readonly isOnHold: boolean
}

/** One headset with buttons. */
export interface Headset {
  readonly name: string
  onEvent(listener: (event: HeadsetEvent) => void): () => void
  show(lights: HeadsetLights): Promise<void>
  close(): Promise<void>
}

/** How headsets are found; the browser asks the person before it shows one to a page. */
export interface Headsets {
  readonly isSupported: boolean
  /** Those that the person has allowed before and that are plugged in. */
  known(): Promise<readonly Headset[]>
  /** Must be called from a press of a button. Undefined: nothing was chosen. */
  ask(): Promise<Headset | undefined>
  onPlugged(listener: () => void): () => void
  onUnplugged(listener: (name: string) => void): () => void
}
