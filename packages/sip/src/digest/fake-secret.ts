import { type RandomBytes, systemRandom } from '@vaxel/base'
import type { Ha1 } from './verify.ts'

/**
 * Secrets to check credentials of unknown users against, so that they cost the same work as known ones and nobody can
 * tell them apart by time. They fit no password that anyone knows; make them once.
 */
export function makeFakeSecrets(random: RandomBytes = systemRandom): readonly Ha1[] {
  return [
    { algorithm: 'SHA-256', ha1: Buffer.from(random(32)).toString('hex') },
    { algorithm: 'MD5', ha1: Buffer.from(random(16)).toString('hex') },
  ]
}
