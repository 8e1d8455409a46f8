import type { HeadsetEvent, HeadsetLights } from './headset.ts'

/** A field of a HID report: where its bit is. */
export interface ReportBit {
  readonly reportId: number
  /** From the first bit of the report's data. */
  readonly bit: number
  /** Pressed and let go, rather than on and off. */
  readonly isMomentary: boolean
}

interface ReportItem {
  readonly usages?: readonly number[]
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly isRange?: boolean
  readonly reportSize?: number
  readonly reportCount?: number
  readonly isAbsolute?: boolean
}

interface Report {
  readonly reportId?: number
  readonly items?: readonly ReportItem[]
}

/** The part of a HID collection (WebHID) that is read here. */
export interface Collection {
  readonly usagePage?: number
  readonly inputReports?: readonly Report[]
  readonly outputReports?: readonly Report[]
  readonly children?: readonly Collection[]
}

/** Usages of the telephony page (HID Usage Tables, 0x0B) and of the LED page (0x08), with their page in the upper half. */
export const usages = {
  hookSwitch: 0x000b0020,
  phoneMute: 0x000b002f,
  flash: 0x000b0021,
  drop: 0x000b0026,
  ledMute: 0x00080009,
  ledOffHook: 0x00080017,
  ledRing: 0x00080018,
  ledHold: 0x00080020,
} as const

export type UsageName = keyof typeof usages

/** Finds the bits that the telephony usages have in a headset's reports; what a headset does not have is absent. */
function findBits(collections: readonly Collection[]): Partial<Record<UsageName, ReportBit>> {
  const found: Partial<Record<UsageName, ReportBit>> = {}
  const look = (reports: readonly Report[] | undefined) => {
    for (const { reportId = 0, items = [] } of reports ?? []) {
      let bit = 0
      for (const item of items) {
        const { reportSize = 1, reportCount = 1 } = item
        const own = usagesOf(item)
        for (let i = 0; i < reportCount; i++) {
          const usage = own[Math.min(i, own.length - 1)]
          const name = (Object.keys(usages) as UsageName[]).find((key) => usages[key] === usage)
          if (name && reportSize === 1 && i < Math.max(own.length, 1))
            found[name] ??= { reportId, bit: bit + i, isMomentary: item.isAbsolute === false }
        }
        bit += reportSize * reportCount
      }
    }
  }
  const walk = (collection: Collection) => {
    look(collection.inputReports)
    look(collection.outputReports)
    for (const child of collection.children ?? []) walk(child)
  }
  for (const collection of collections) walk(collection)
  return found
}

function usagesOf({ usages: own, isRange, usageMinimum, usageMaximum }: ReportItem): readonly number[] {
  if (!isRange || usageMinimum === undefined || usageMaximum === undefined) return own ?? []
  return Array.from({ length: Math.min(256, usageMaximum - usageMinimum + 1) }, (_, i) => usageMinimum + i)
}

const isSet = (data: Uint8Array, bit: number): boolean => ((data[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0

/** Turns a headset's reports into what somebody did, and what is to be shown into reports. */
export class HidTelephony {
  readonly #bits: Partial<Record<UsageName, ReportBit>>
  #isOffHook = false
  #isMuted = false
  #wasMuteDown = false
  #wasDropDown = false

  constructor(collections: readonly Collection[]) {
    this.#bits = findBits(collections)
  }

  /** Whether it has a hook: without one it is no headset for calls. */
  get isTelephone(): boolean {
    return this.#bits.hookSwitch !== undefined
  }

  /** @param data of an input report, without its id */
  read(reportId: number, data: Uint8Array): readonly HeadsetEvent[] {
    const { hookSwitch, phoneMute, drop } = this.#bits
    const events: HeadsetEvent[] = []
    if (hookSwitch?.reportId === reportId) {
      const isOff = isSet(data, hookSwitch.bit)
      if (isOff !== this.#isOffHook) {
        this.#isOffHook = isOff
        events.push(isOff ? 'hookOff' : 'hookOn')
      }
    }
    if (phoneMute?.reportId === reportId) {
      const isDown = isSet(data, phoneMute.bit)
      // A mute button is pressed and let go: each press turns it over.
      if (isDown && !this.#wasMuteDown) {
        this.#isMuted = !this.#isMuted
        events.push(this.#isMuted ? 'mute' : 'unmute')
      }
      this.#wasMuteDown = isDown
    }
    if (drop?.reportId === reportId) {
      const isDown = isSet(data, drop.bit)
      if (isDown && !this.#wasDropDown) events.push('reject')
      this.#wasDropDown = isDown
    }
    return events
  }

  /** The output reports that show this, each whole. */
  write(lights: HeadsetLights): readonly { readonly reportId: number; readonly data: Uint8Array }[] {
    this.#isOffHook = lights.isOffHook
    this.#isMuted = lights.isMuted
    const wanted: [UsageName, boolean][] = [
      ['ledOffHook', lights.isOffHook],
      ['ledMute', lights.isMuted],
      ['ledRing', lights.isRinging],
      ['ledHold', lights.isOnHold],
    ]
    const reports = new Map<number, Uint8Array>()
    for (const [name, isOn] of wanted) {
      const place = this.#bits[name]
      if (!place) continue
      const data = grown(reports.get(place.reportId), (place.bit >> 3) + 1)
      if (isOn) data[place.bit >> 3]! |= 1 << (place.bit & 7)
      reports.set(place.reportId, data)
    }
    return [...reports].map(([reportId, data]) => ({ reportId, data }))
  }
}

function grown(data: Uint8Array | undefined, size: number): Uint8Array {
  if (data && data.length >= size) return data
  const larger = new Uint8Array(size)
  if (data) larger.set(data)
  return larger
}
