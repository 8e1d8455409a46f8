import type { ServiceLine } from '@vaxel/core'
import type { CallService } from '../call-service.ts'
import { sayOnly } from './feature-service.ts'
import { noteIn, takeSeat } from './take-seat.ts'

/**
 * Takes the person's own call over to the phone that asks: the one at another device that talks, else the one on hold; the newest first.
 */
export function flipAction(service: CallService): (line: ServiceLine) => Promise<void> {
  return async (line) => {
    const { user } = line
    const own = service.owner(line.callId)
    const device = own?.state.call.legs.get(line.legId)?.deviceId
    const found = [...service.states()]
      .flatMap((state) => {
        if (state.name !== 'connected' || state.call.companyId !== line.companyId || !user) return []
        const leg = [state.a, state.b].map((id) => state.call.legs.get(id)).find((one) => one?.party.userId === user.id)
        return leg && (device === undefined || leg.deviceId !== device) ? [{ state, leg }] : []
      })
      .toSorted(
        (a, b) =>
          Number(a.leg.connection === 'hold') - Number(b.leg.connection === 'hold') ||
          b.state.call.startedAtMs - a.state.call.startedAtMs,
      )
    for (const { state, leg } of found) {
      const other = service.owner(state.call.id)
      const taken = own && other && takeSeat(service, { owner: own, legId: line.legId }, other, leg.id, 'flipped')
      if (!taken || !user) continue
      const label = device === undefined ? undefined : service.options.directory.device(device)?.label
      const text = `${user.displayName} went on at ${label ?? 'another telephone'}.`
      noteIn(other, taken, 'flipped', text, { who: user.displayName, ...(label ? { device: label } : {}) })
      return
    }
    await sayOnly(line, 'flip-no-call')
  }
}
