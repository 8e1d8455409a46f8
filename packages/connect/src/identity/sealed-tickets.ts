import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type { Clock } from '@vaxel/base'
import type { Tickets } from '@vaxel/core'

const ivBytes = 12
const tagBytes = 16
/** Tickets that have led to a success and are not over yet; more successes than this within minutes do not happen. */
const mostUsed = 50_000

interface Content {
  readonly id: string
  readonly endsAtMs: number
  readonly value: unknown
}

/**
 * Tickets sealed with AES-256-GCM under a key that this process makes for itself: after a restart, what was begun
 * begins again. Nothing is kept for those who only begin.
 */
export function sealedTickets(clock: Clock): Tickets {
  const key = createSecretKey(randomBytes(32))
  const used = new Map<string, number>()
  const read = (ticket: string, purpose: string | undefined): Content | undefined => {
    const dot = ticket.indexOf('.')
    const named = ticket.slice(0, Math.max(dot, 0))
    if (purpose !== undefined && named !== purpose) return undefined
    const bytes = Buffer.from(ticket.slice(dot + 1), 'base64url')
    if (bytes.length <= ivBytes + tagBytes) return undefined
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
      decipher.setAAD(Buffer.from(named)).setAuthTag(bytes.subarray(-tagBytes))
      const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()])
      const content = JSON.parse(text.toString('utf8')) as Content
      return clock.now() < content.endsAtMs && !used.has(content.id) ? content : undefined
    } catch {
      return undefined
    }
  }
  const forgetOld = () => {
    for (const [id, endsAtMs] of used) {
      if (used.size < mostUsed && endsAtMs > clock.now()) return
      used.delete(id)
    }
  }
  return {
    seal(value, purpose, lifetimeMs) {
      const iv = randomBytes(ivBytes)
      const content: Content = {
        id: randomBytes(12).toString('base64url'),
        endsAtMs: clock.now() + lifetimeMs,
        value,
      }
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([
        iv,
        cipher.update(JSON.stringify(content), 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return `${purpose}.${sealed.toString('base64url')}`
    },
    open: <T>(ticket: string, purpose: string) => read(ticket, purpose)?.value as T | undefined,
    useUp(ticket) {
      const content = read(ticket, undefined)
      if (!content) return false
      forgetOld()
      used.set(content.id, content.endsAtMs)
      return true
    },
  }
}
