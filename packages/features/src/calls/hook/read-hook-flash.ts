import { infoValue } from './info-lines.ts'

/** Event 16 of RFC 2833 and the names that adapters give it in their place. */
const flashes = new Set(['16', '!', 'HF', 'FLASH', 'HOOKFLASH', 'HOOK-FLASH'])

/** Whether an INFO tells of a flash of the hook: `application/hook-flash`, or a signal of `application/dtmf-relay` that is no digit. */
export function isHookFlash(contentType: string, body: string): boolean {
  if (contentType === 'application/hook-flash') return true
  if (contentType !== 'application/dtmf-relay' && contentType !== 'application/broadsoft') return false
  if (contentType === 'application/broadsoft') return /^flashhook/i.test(infoValue(body, 'event') ?? '')
  const signal = infoValue(body, 'signal')
  return signal !== undefined && flashes.has(signal.toUpperCase())
}
