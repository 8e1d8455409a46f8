import { createSecretKey, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type CompanyId, randomToken } from '@vaxel/base'
import type { MailChannelStore, MailFile, MailFiles } from '@vaxel/core'
import type { SecretBox } from '../configuration/secret-box.ts'
import { chunkBytes, readSealed, sealChunk, syncFolder } from '../sealed-chunks.ts'

/** Files are looked at so many at once when what nobody knows is removed. */
const sweptAtOnce = 500
const name = /^[0-9a-z]{10,64}$/

/**
 * Sources, texts and parts of mails in `mail/COMPANY/` of the data folder, AES-256-GCM with a key for each file. The key is kept sealed in the row
 * of the mail: whoever deletes the row has deleted the mail from every backup of the files.
 */
export class SealedMailFiles implements MailFiles {
  readonly #data: string
  readonly #folder: string
  readonly #box: SecretBox
  readonly #store: Pick<MailChannelStore, 'knownFiles'>

  constructor(options: { folder: string; box: SecretBox; store: Pick<MailChannelStore, 'knownFiles'> }) {
    this.#data = resolve(options.folder)
    this.#folder = join(this.#data, 'mail')
    this.#box = options.box
    this.#store = options.store
  }

  async write(companyId: CompanyId, content: Uint8Array): Promise<MailFile> {
    if (!name.test(companyId)) throw new Error('no identifier of a company')
    const folder = join(this.#folder, companyId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomToken(26))
    const secret = randomBytes(32)
    const key = createSecretKey(secret)
    await using handle = await open(path, 'wx', 0o600)
    for (let index = 0; index * chunkBytes < content.length; index++)
      await handle.write(sealChunk(key, index, content.subarray(index * chunkBytes, (index + 1) * chunkBytes)))
    await handle.sync()
    await syncFolder(folder)
    return {
      file: relative(this.#data, path),
      key: this.#box.seal(secret.toString('base64'), contextOf(companyId)),
      sizeBytes: content.length,
    }
  }

  read(
    companyId: CompanyId,
    { file, key, sizeBytes }: MailFile,
    start: number,
    end: number,
  ): AsyncIterable<Uint8Array> {
    const path = resolve(this.#data, file)
    if (!path.startsWith(join(this.#folder, companyId) + sep)) throw new Error('no file of this company')
    const opened = createSecretKey(Buffer.from(this.#box.open(key, contextOf(companyId)), 'base64'))
    return readSealed({ path, key: opened, sizeBytes, start, end: Math.min(end, sizeBytes) })
  }

  async sweep(beforeMs: number): Promise<number> {
    let removed = 0
    for (const company of await readdir(this.#folder).catch(() => [])) {
      const names = await readdir(join(this.#folder, company)).catch(() => [])
      for (let at = 0; at < names.length; at += sweptAtOnce) {
        const files = names.slice(at, at + sweptAtOnce).map((one) => join('mail', company, one))
        const known = await this.#store.knownFiles(files)
        for (const file of files) {
          if (known.has(file)) continue
          const path = join(this.#data, file)
          const found = await stat(path).catch(() => undefined)
          // One that was written just now belongs to a mail whose row is on its way.
          if (!found || found.mtimeMs >= beforeMs) continue
          await rm(path, { force: true })
          removed++
        }
      }
    }
    return removed
  }
}

const contextOf = (companyId: string): string => `mail ${companyId}`
