import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { type CompanyId, randomToken } from '@vaxel/base'
import type { KeptSound, RecordingFile, SealedSoundReader, SoundSeal, VoiceFiles, VoicemailStore } from '@vaxel/core'
import type { SecretBox } from '../configuration/secret-box.ts'

/** How sealed sound files are read and written: the media engine's own form. */
export interface SealedSounds extends Pick<SealedSoundReader, 'open'> {
  /** @returns bytes of sound */
  write(path: string, key: Uint8Array, wav: Uint8Array): Promise<number>
}

/** Files are looked at so many at once when what nobody knows is removed. */
const sweptAtOnce = 500

/**
 * Sounds of mailboxes in `voicemail/COMPANY/` of the data folder. Each file has a key of its own, which is kept sealed beside
 * what the file is; it is bound to the company, so that a file may be copied within it and opens nowhere else.
 */
export class StoredVoiceFiles implements VoiceFiles {
  readonly #data: string
  readonly #folder: string
  readonly #box: SecretBox
  readonly #sounds: SealedSounds

  constructor(options: { folder: string; box: SecretBox; sounds: SealedSounds }) {
    this.#data = resolve(options.folder)
    this.#folder = join(this.#data, 'voicemail')
    this.#box = options.box
    this.#sounds = options.sounds
  }

  async begin(companyId: CompanyId) {
    const path = await this.#name(companyId)
    const secret = randomBytes(32)
    const key = this.#box.seal(secret.toString('base64'), contextOf(companyId))
    return { file: relative(this.#data, path), path, key, seal: { key: new Uint8Array(secret) } }
  }

  async write(companyId: CompanyId, wav: Uint8Array) {
    const { file, path, key, seal } = await this.begin(companyId)
    const sizeBytes = await this.#sounds.write(path, seal.key, wav)
    return { file, key, sizeBytes }
  }

  async open({ file, key }: Pick<KeptSound, 'file' | 'key'>): Promise<RecordingFile | undefined> {
    const path = this.#pathOf(file)
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if (!isThere || key === undefined) return undefined
    return this.#sounds.open(path, this.#sealOf(file, key).key)
  }

  source({ file, key }: Pick<KeptSound, 'file' | 'key'>) {
    const path = this.#pathOf(file)
    return { kind: 'file' as const, path, ...(key === undefined ? {} : { seal: this.#sealOf(file, key) }) }
  }

  async copy(companyId: CompanyId, { file, key }: Pick<KeptSound, 'file' | 'key'>) {
    if (companyOf(file) !== companyId) throw new Error('a sound of another company')
    const path = await this.#name(companyId)
    await copyFile(this.#pathOf(file), path)
    await using copied = await open(path, 'r+')
    await copied.sync()
    return { file: relative(this.#data, path), ...(key === undefined ? {} : { key }) }
  }

  async remove({ file }: Pick<KeptSound, 'file'>): Promise<void> {
    await rm(this.#pathOf(file), { force: true })
  }

  async sweep(knownFiles: VoicemailStore['knownFiles'], beforeMs: number): Promise<number> {
    let removed = 0
    for (const company of await readdir(this.#folder).catch(() => [])) {
      const names = await readdir(join(this.#folder, company)).catch(() => [])
      for (let at = 0; at < names.length; at += sweptAtOnce) {
        const files = names.slice(at, at + sweptAtOnce).map((name) => join('voicemail', company, name))
        const known = await knownFiles(files)
        for (const file of files.filter((one) => !known.has(one))) {
          const found = await stat(join(this.#data, file)).catch(() => undefined)
          if (!found || found.mtimeMs >= beforeMs) continue
          await rm(join(this.#data, file), { force: true })
          removed++
        }
      }
    }
    return removed
  }

  async #name(companyId: CompanyId): Promise<string> {
    const folder = join(this.#folder, companyId)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return join(folder, `${randomToken(26)}.sound`)
  }

  #sealOf(file: string, key: string): SoundSeal {
    return { key: new Uint8Array(Buffer.from(this.#box.open(key, contextOf(companyOf(file))), 'base64')) }
  }

  /** Whatever a row says, nothing outside is read. */
  #pathOf(file: string): string {
    const path = resolve(this.#data, file)
    if (!path.startsWith(this.#folder + sep)) throw new Error('no sound of a mailbox')
    return path
  }
}

const contextOf = (companyId: string): string => `voicemail:${companyId}`
const companyOf = (file: string): string => file.split(sep)[1] ?? ''
