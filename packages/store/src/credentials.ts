import { type Argon2Parameters, argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Credentials, DigestSecret } from '@vaxel/core'

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. */
const memoryKib = 19_456
const passes = 2
const hashBytes = 32
const saltBytes = 16
/** Hashes at once: each takes memory and a thread of the pool that files and names need too. */
const atOnce = 2
const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{1,88})\$([A-Za-z0-9+/]{1,88})$/

/** Web passwords and device secrets with node:crypto; hashing runs in the thread pool. */
export class NodeCredentials implements Credentials {
  readonly #waiting: (() => void)[] = []
  #running = 0
  /** Has the price of a real one, and no password makes it. */
  readonly #decoy =
    `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${unpadded(randomBytes(saltBytes))}$${unpadded(randomBytes(hashBytes))}`

  async hashPassword(password: string): Promise<string> {
    const salt = randomBytes(saltBytes)
    const hash = await this.#derive({
      message: password,
      nonce: salt,
      parallelism: 1,
      tagLength: hashBytes,
      memory: memoryKib,
      passes,
    })
    return `$argon2id$v=19$m=${memoryKib},t=${passes},p=1$${unpadded(salt)}$${unpadded(hash)}`
  }

  async verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
    // Without a hash the work is done all the same, so that time does not tell who exists.
    const match = form.exec(hash ?? this.#decoy)
    if (!match) return false
    const [, memory, time, lanes, salt, expected] = match
    const wanted = Buffer.from(expected!, 'base64')
    const got = await this.#derive({
      message: password,
      nonce: Buffer.from(salt!, 'base64'),
      parallelism: Number(lanes),
      tagLength: wanted.length,
      memory: Number(memory),
      passes: Number(time),
    })
    return timingSafeEqual(got, wanted) && hash !== undefined
  }

  digestSecrets(username: string, realm: string, password: string): readonly DigestSecret[] {
    const text = `${username}:${realm}:${password}`
    return [
      { algorithm: 'SHA-256', realm, ha1: createHash('sha256').update(text).digest('hex') },
      { algorithm: 'MD5', realm, ha1: createHash('md5').update(text).digest('hex') },
    ]
  }

  hashToken(token: string): string {
    return createHash('sha256').update(token).digest('hex')
  }

  async #derive(parameters: Argon2Parameters): Promise<Buffer> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running++
    try {
      return await new Promise<Buffer>((resolve, reject) => {
        argon2('argon2id', parameters, (error, derived) => (error ? reject(error) : resolve(derived)))
      })
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running--
    }
  }
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '')
