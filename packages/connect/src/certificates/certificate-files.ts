import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { KeyedCertificate } from './certificate-issuer.ts'

/** Reads one file that holds a private key and its certificate; undefined when there is no such file. Throws with a readable Error when it is unsound. */
export async function readKeyedCertificate(path: string): Promise<KeyedCertificate | undefined> {
  const text = await readIfThere(path)
  if (text === undefined) return undefined
  const keyPem = keyIn(text)
  const certPem = chainIn(text)
  if (keyPem === undefined || certPem === undefined) {
    throw new Error(
      `${path} must hold a private key and a certificate in PEM form. Restore it, or remove it to have a new one made.`,
    )
  }
  return checked({ certPem, keyPem }, path)
}

const keyIn = (text: string): string | undefined =>
  /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]+-----END \1PRIVATE KEY-----\n?/.exec(text)?.[0]

const chainIn = (text: string): string | undefined =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g)?.join('')

/**
 * Whether {@link readKeyedCertificate} will find the two in the file that {@link writeKeyedCertificate} makes of them, and TLS can be spoken
 * with what it finds: what was written and cannot be used would keep the next start from listening.
 * @returns `damaged`, or `weak` where the runtime speaks no TLS with so short a key or so old a signature
 */
export function unusable({ certPem, keyPem }: KeyedCertificate): 'damaged' | 'weak' | undefined {
  if (chainIn(certPem) === undefined || keyIn(keyPem) === undefined) return 'damaged'
  const fault = tlsFault({ certPem, keyPem })
  return fault && (/_TOO_(SMALL|WEAK)$/.test(fault.code ?? '') ? 'weak' : 'damaged')
}

/** What keeps TLS from being spoken with them. All of the text counts: a chain that was cut off is unsound. */
function tlsFault({ certPem, keyPem }: KeyedCertificate): NodeJS.ErrnoException | undefined {
  try {
    createSecureContext({ cert: certPem, key: keyPem })
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** Writes key and certificate into one file that only its owner may read, at once or not at all. */
export async function writeKeyedCertificate(path: string, { certPem, keyPem }: KeyedCertificate): Promise<void> {
  await writePrivateFile(path, keyPem.trimEnd() + '\n' + certPem.trimEnd() + '\n')
}

/** Writes a text that only its owner may read, at once or not at all. */
export const writePrivateFile = (path: string, text: string): Promise<void> => writeWhole(path, text, 0o600)

/** Writes a public text beside, unless it is there; replaced at once or not at all. */
export async function writePublicFile(path: string, text: string): Promise<void> {
  if ((await readIfThere(path)) !== text) await writeWhole(path, text, 0o644)
}

function checked(pair: KeyedCertificate, where: string): KeyedCertificate {
  let fits: boolean
  try {
    fits = new X509Certificate(pair.certPem).checkPrivateKey(createPrivateKey(pair.keyPem))
  } catch (cause) {
    throw new Error(`${where} cannot be read: ${(cause as Error).message}`, { cause })
  }
  if (!fits) throw new Error(`${where}: the key does not belong to the certificate.`)
  const cause = tlsFault(pair)
  if (cause) throw new Error(`${where} cannot be used for TLS: ${cause.message}`, { cause })
  return pair
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw new Error(`${path} cannot be written: ${(error as Error).message}`, { cause: error })
  }
}
