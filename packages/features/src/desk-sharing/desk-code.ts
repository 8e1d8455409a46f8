import type { DeviceId } from '@vaxel/base'
import type { ServiceLine, Spoken } from '@vaxel/core'
import type { DeskService } from './desk-service.ts'

const mostTries = 3
const prompt = (name: string): Spoken => ({ kind: 'prompt', name })

/**
 * The code of desk sharing at a phone: who is logged in there is logged out; else extension and PIN are asked for.
 * @param deviceOf the phone that the call comes from
 */
export function deskCode(desks: DeskService, deviceOf: (line: ServiceLine) => DeviceId | undefined) {
  return async (line: ServiceLine): Promise<void> => {
    const deviceId = deviceOf(line)
    if (deviceId === undefined || !desks.isShared(deviceId)) return line.say([prompt('desk-not-shared')])
    const sitting = desks.personAt(deviceId)
    if (sitting) {
      await desks.logOut(sitting.id, 'code')
      line.note('desk-logout', `${sitting.displayName} logged out of this phone.`, { who: sitting.displayName })
      return line.say([prompt('desk-logged-out')])
    }
    for (let tries = 0; tries < mostTries; tries++) {
      const extension = await askFor(
        line,
        [...(tries > 0 ? [prompt('desk-wrong')] : []), prompt('desk-enter-extension')],
        20,
      )
      if (extension === '') return
      const pin = await askFor(line, [prompt('desk-enter-pin')], 10)
      const user = await desks.check(line.companyId, deviceId, extension, pin)
      if (user === 'locked') return line.say([prompt('desk-locked')])
      if (user === 'wrong') continue
      await desks.logIn(user, deviceId)
      line.language = user.language
      line.note('desk-login', `${user.displayName} logged in at this phone.`, { who: user.displayName })
      return line.say([prompt('desk-logged-in')])
    }
    await line.say([prompt('desk-wrong')])
  }
}

async function askFor(line: ServiceLine, say: readonly Spoken[], most: number): Promise<string> {
  const { keys } = await line.readKeys({ say, most, endOn: '#', firstMs: 10_000, nextMs: 5000 })
  return keys
}
