import type { App } from '../app/app.ts'
import { Cell } from '../base/cell.ts'
import { chosenLine } from './line-choice.ts'

const keptName = 'phone.desk'

/** The desk phone that somebody calls with instead of this browser; undefined: this browser. */
export const deskDevice = new Cell<string | undefined>(undefined)

/** Chooses with what is called from this browser from now on, and keeps that. */
export function callWith(app: Pick<App, 'kept'>, deviceId: string | undefined): void {
  app.kept.set(keptName, deviceId ?? null)
  deskDevice.set(deviceId)
}

/** Reads the choice. While it is a desk phone, calls that any screen makes are made there. */
export function startDeskControl(app: App): () => void {
  deskDevice.set(app.kept.get<string | null>(keptName) ?? undefined)
  const softphone = app.services.callNumber
  app.services.callNumber = (to, name) => {
    const device = deskDevice.get()
    if (device === undefined) return softphone?.(to, name)
    callByDesk(app, device, to)
  }
  return () => {
    deskDevice.set(undefined)
    delete app.services.callNumber
  }
}

/** The desk phone rings, or answers by itself, and then calls. */
export function callByDesk(app: Pick<App, 'api' | 'showFault'>, deviceId: string, to: string): void {
  const number = to.replace(/[\s()./-]/g, '')
  const line = chosenLine.get()
  app.api
    .call('makeCall', {
      body: { to: number, fromDeviceId: deviceId, answersItself: true, ...(line === undefined ? {} : { line }) },
    })
    .catch((fault: unknown) => app.showFault(fault))
}
