import type { Headset, HeadsetEvent, Headsets } from './headset.ts'
import { type Collection, HidTelephony } from './hid-telephony.ts'

interface HidDevice extends EventTarget {
  readonly opened: boolean
  readonly productName: string
  readonly collections: readonly Collection[]
  open(): Promise<void>
  close(): Promise<void>
  sendReport(reportId: number, data: Uint8Array): Promise<void>
}

interface Hid extends EventTarget {
  getDevices(): Promise<HidDevice[]>
  requestDevice(options: { filters: { vendorId?: number; usagePage?: number }[] }): Promise<HidDevice[]>
}

const telephonyPage = 0x0b
/** Jabra (GN Audio) and Poly (Plantronics); others with a telephony page are shown too. */
const vendors = [0x0b0e, 0x047f]

/** Headsets by WebHID, where the browser has it (Chromium). */
export function pageHeadsets(): Headsets {
  const { hid } = navigator as Navigator & { readonly hid?: Hid }
  const isTelephone = (device: HidDevice) => new HidTelephony(device.collections).isTelephone
  return {
    isSupported: hid !== undefined,
    known: async () => {
      const devices = ((await hid?.getDevices()) ?? []).filter(isTelephone)
      return await Promise.all(devices.map(open))
    },
    ask: async () => {
      const filters = [
        ...vendors.map((vendorId) => ({ vendorId, usagePage: telephonyPage })),
        { usagePage: telephonyPage },
      ]
      const device = (await hid?.requestDevice({ filters }))?.find(isTelephone)
      return device && (await open(device))
    },
    onPlugged: (listener) => follow(hid, 'connect', listener),
    onUnplugged: (listener) =>
      follow(hid, 'disconnect', (event) => listener((event as Event & { device: HidDevice }).device.productName)),
  }
}

function follow(target: EventTarget | undefined, name: string, listener: (event: Event) => void): () => void {
  target?.addEventListener(name, listener)
  return () => target?.removeEventListener(name, listener)
}

async function open(device: HidDevice): Promise<Headset> {
  if (!device.opened) await device.open()
  const telephony = new HidTelephony(device.collections)
  return {
    name: device.productName,
    onEvent: (listener: (event: HeadsetEvent) => void) =>
      follow(device, 'inputreport', (event) => {
        const { reportId, data } = event as Event & { reportId: number; data: DataView }
        const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
        for (const told of telephony.read(reportId, bytes)) listener(told)
      }),
    show: async (lights) => {
      for (const { reportId, data } of telephony.write(lights)) await device.sendReport(reportId, data)
    },
    close: () => device.close(),
  }
}
