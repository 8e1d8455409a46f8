import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const keyBytes = 32
const ivBytes = 12
const tagBytes = 16
const prefix = 'v1.'

/** What a person is told when a secret does not open. */
export const wrongKey =
  'The secrets in the database do not open with keys/secrets.key of the data folder. Put the key back that belongs to this database.'

/**
 * Seals secrets for the database with AES-256-GCM (SP 800-38D) under a key that lies beside it, not in it:
 * a copy of the database alone opens nothing.
 */
export class SecretBox {
  readonly #key: KeyObject

  constructor(key: Uint8Array) {
    if (key.length !== keyBytes) throw new Error(`the key of the data folder must have ${keyBytes} bytes`)
    this.#key = createSecretKey(key)
  }

  /** @param context what it belongs to; it opens only with the same */
  seal(text: string, context: string): string {
    const iv = randomBytes(ivBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(context))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return prefix + sealed.toString('base64')
  }

  /** Throws for what was changed, moved to another context or sealed with another key. */
  open(sealed: string, context: string): string {
    if (!sealed.startsWith(prefix)) throw new Error('a sealed secret of an unknown form')
    const bytes = Buffer.from(sealed.slice(prefix.length), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivBytes))
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8')
  }
}

/** Reads `keys/secrets.key` of the data folder, or makes it, readable by its owner alone. */
export async function openSecretBox(folder: string): Promise<SecretBox> {
  const keys = join(folder, 'keys')
  const file = join(keys, 'secrets.key')
  await mkdir(keys, { recursive: true, mode: 0o700 })
  try {
    await using made = await open(file, 'wx', 0o600)
    const key = randomBytes(keyBytes)
    await made.write(key)
    await made.sync()
    return new SecretBox(key)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  }
  await chmod(file, 0o600)
  return new SecretBox(await readFile(file))
}
