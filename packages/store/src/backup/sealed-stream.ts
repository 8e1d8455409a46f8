import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes, scrypt } from 'node:crypto'
import { BackupFault } from './backup-fault.ts'
import { ByteQueue } from './byte-queue.ts'

/** How the key comes from the passphrase (scrypt, RFC 7914), and a word by which a wrong one is known at once. */
export interface SealHeader {
  readonly salt: string
  readonly n: number
  readonly r: number
  readonly p: number
  /** Base64; half of what scrypt gave, the other half is the key. */
  readonly check: string
}

/** 128 MB of memory for each guess. */
const cost = { n: 2 ** 17, r: 8, p: 1 }
/** A file must not say how much of this machine its reading takes. */
const most = { n: 2 ** 20, r: 16, p: 4 }
const chunkBytes = 65_536
const tagBytes = 16
const keyBytes = 32
const leastPassphrase = 12

/** A key with which bytes are sealed in chunks of AES-256-GCM (SP 800-38D), numbered and with the last one marked. */
export interface Seal {
  readonly header: SealHeader
  readonly key: KeyObject
}

export async function makeSeal(passphrase: string): Promise<Seal> {
  if (passphrase.length < leastPassphrase)
    throw new BackupFault(`The passphrase needs at least ${leastPassphrase} characters.`)
  const salt = randomBytes(16)
  const derived = await derive(passphrase, { ...cost, salt })
  return {
    key: createSecretKey(derived.subarray(0, keyBytes)),
    header: { ...cost, salt: salt.toString('base64'), check: derived.subarray(keyBytes).toString('base64') },
  }
}

/** The key of a file; a wrong passphrase gives a sentence that says so. */
export async function openSeal(header: SealHeader, passphrase: string | undefined, file: string): Promise<Seal> {
  if (passphrase === undefined)
    throw new BackupFault(`${file} is encrypted. Give its passphrase with --passphrase-file FILE.`)
  const { n, r, p } = header
  if (!(n <= most.n && r <= most.r && p <= most.p && n > 1 && r > 0 && p > 0))
    throw new BackupFault(
      `${file} asks for a key that costs more than any backup of Vaxel does. Nothing of it was used.`,
    )
  const derived = await derive(passphrase, { n, r, p, salt: Buffer.from(header.salt, 'base64') })
  if (derived.subarray(keyBytes).toString('base64') !== header.check)
    throw new BackupFault(`The passphrase is not the one with which ${file} was made.`)
  return { header, key: createSecretKey(derived.subarray(0, keyBytes)) }
}

function derive(
  passphrase: string,
  { n, r, p, salt }: { n: number; r: number; p: number; salt: Buffer },
): Promise<Buffer> {
  const maxmem = 256 * n * r * Math.max(1, p)
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, 2 * keyBytes, { N: n, r, p, maxmem }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })
}

/** The key is used for one file alone, so the number of the chunk is nonce enough. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUIntBE(index, 5, 6)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

/** @param context authenticated with every chunk: the file's first line */
export async function* sealed(source: AsyncIterable<Buffer>, { key }: Seal, context: Buffer): AsyncGenerator<Buffer> {
  const queue = new ByteQueue()
  let index = 0
  const seal = (plain: Buffer, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index++, isLast)).setAAD(context)
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  }
  for await (const bytes of source) {
    queue.push(bytes)
    while (queue.length > chunkBytes) yield seal(queue.take(chunkBytes), false)
  }
  yield seal(queue.take(queue.length), true)
}

/** Throws for a chunk that was changed, moved or is missing, the last one too. */
export async function* opened(source: AsyncIterable<Buffer>, { key }: Seal, context: Buffer): AsyncGenerator<Buffer> {
  const queue = new ByteQueue()
  let index = 0
  const open = (chunk: Buffer, isLast: boolean): Buffer => {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index++, isLast)).setAAD(context)
    decipher.setAuthTag(chunk.subarray(-tagBytes))
    return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()])
  }
  for await (const bytes of source) {
    queue.push(bytes)
    while (queue.length > chunkBytes + tagBytes) yield open(queue.take(chunkBytes + tagBytes), false)
  }
  if (queue.length < tagBytes) throw new Error('the last sealed chunk is missing')
  yield open(queue.take(queue.length), true)
}
