import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

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

/**
 * Reads `keys/secrets.key` of the data folder, or makes it, readable by its owner alone. It gets its name once it is whole on the disk: a
 * start that is killed or finds the disk full leaves none behind that no later start could use.
 */
export async function openSecretBox(folder: string): Promise<SecretBox> {
  const keys = join(folder, 'keys')
  const file = join(keys, 'secrets.key')
  await mkdir(keys, { recursive: true, mode: 0o700 })
  if (!existsSync(file)) await makeKey(folder, file)
  await chmod(file, 0o600)
  const key = await readFile(file)
  if (key.length !== keyBytes)
    throw new Error(
      `${file} is damaged: it has ${key.length} bytes instead of ${keyBytes}. Put the one back that belongs to this database; where nothing was set up yet, remove it.`,
    )
  return new SecretBox(key)
}

async function makeKey(folder: string, file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`
  try {
    {
      await using made = await open(draft, 'wx', 0o600)
      await made.writeFile(randomBytes(keyBytes))
      await made.sync()
    }
    // Never over one that another start has made meanwhile: it may have sealed with it.
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  for (const place of [dirname(file), folder]) {
    await using handle = await open(place, 'r')
    await handle.sync()
  }
}
