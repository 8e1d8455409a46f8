import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { type RandomBytes, systemRandom } from '@vaxel/base'
import type { Ha1 } from './verify.ts'

/**
 * Secrets for users that do not exist, so that checking them costs the same work and nobody can tell them from others
 * by time. They fit no password that anyone knows.
 */
export class FakeSecrets {
  readonly #key: KeyObject

  constructor(random: RandomBytes = systemRandom) {
    this.#key = createSecretKey(random(32))
  }

  of(username: string, realm: string): readonly Ha1[] {
    const sha256 = createHmac('sha256', this.#key).update(`${realm}:${username}`).digest('hex')
    return [
      { algorithm: 'SHA-256', ha1: sha256 },
      { algorithm: 'MD5', ha1: sha256.slice(0, 32) },
    ]
  }
}
