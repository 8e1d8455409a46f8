import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Refusal } from '@vaxel/base'
import type { ChatFile, ChatFileId, ChatFiles, FileUpload } from '@vaxel/core'
import type { SecretBox } from '../configuration/secret-box.ts'
import { chunkBytes, readSealed, sealChunk, syncFolder, tagBytes } from '../sealed-chunks.ts'
import type { StoredChat } from './chat-store.ts'

const headBytes = 256 * 1024
const context = (id: string): string => `chat-file:${id}`

/**
 * Files of chat in `chat-files` of the data folder: AES-256-GCM (SP 800-38D) with a key for each file, the number of the
 * chunk as nonce, and the key sealed in the file's row. A chunk that was changed, moved or taken from another file does not open.
 */
export class SealedFiles implements ChatFiles {
  readonly pieceBytes = chunkBytes
  readonly #folder: string
  readonly #box: SecretBox
  readonly #chat: StoredChat
  readonly #uploading = new Set<string>()

  constructor({ folder, box, chat }: { folder: string; box: SecretBox; chat: StoredChat }) {
    this.#folder = join(folder, 'chat-files')
    this.#box = box
    this.#chat = chat
  }

  async begin(id: ChatFileId): Promise<FileUpload> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const handle = await open(this.#path(id), 'wx', 0o600)
    this.#uploading.add(id)
    const secret = randomBytes(32)
    return new SealedUpload({
      handle,
      key: createSecretKey(secret),
      finished: async (file) => {
        await syncFolder(this.#folder)
        const refused = await this.#chat.addFile(file, this.#box.seal(secret.toString('base64'), context(id)))
        if (!refused) this.#uploading.delete(id)
        return refused
      },
      abandoned: async () => {
        this.#uploading.delete(id)
        await rm(this.#path(id), { force: true })
      },
    })
  }

  async *read(file: ChatFile, start: number, end: number): AsyncIterable<Uint8Array> {
    const sealed = await this.#chat.sealedKey(file.id)
    if (sealed === undefined) throw new Error(`the file ${file.id} is not known`)
    const key = createSecretKey(Buffer.from(this.#box.open(sealed, context(file.id)), 'base64'))
    yield* readSealed({ path: this.#path(file.id), key, sizeBytes: file.sizeBytes, start, end })
  }

  async remove(id: ChatFileId): Promise<void> {
    await rm(this.#path(id), { force: true })
  }

  async sweep(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => [])
    let removed = 0
    for (let at = 0; at < names.length; at += 500) {
      const some = names.slice(at, at + 500).filter((name) => !this.#uploading.has(name))
      const known = await this.#chat.knownFiles(some)
      for (const name of some) {
        // Asked again: an upload may have begun or ended since.
        if (known.has(name) || this.#uploading.has(name) || (await this.#chat.knownFiles([name])).has(name)) continue
        await rm(join(this.#folder, name), { force: true })
        removed++
      }
    }
    return removed
  }

  #path(id: string): string {
    if (!/^[0-9a-z]{10,40}$/.test(id)) throw new Error('no identifier of a file')
    return join(this.#folder, id)
  }
}

/** A file on its way to the disk, piece by piece. */
class SealedUpload implements FileUpload {
  readonly #handle: FileHandle
  readonly #key: KeyObject
  readonly #finished: (file: ChatFile) => Promise<Refusal | undefined>
  readonly #abandoned: () => Promise<void>
  #uploadedBytes = 0
  #head: Buffer = Buffer.alloc(0)

  constructor(options: {
    handle: FileHandle
    key: KeyObject
    finished: (file: ChatFile) => Promise<Refusal | undefined>
    abandoned: () => Promise<void>
  }) {
    this.#handle = options.handle
    this.#key = options.key
    this.#finished = options.finished
    this.#abandoned = options.abandoned
  }

  get uploadedBytes(): number {
    return this.#uploadedBytes
  }

  get head(): Uint8Array {
    return this.#head
  }

  async append(piece: Uint8Array): Promise<void> {
    if (this.#uploadedBytes % chunkBytes !== 0) throw new Error('only the last piece may be of any size')
    if (this.#head.length < headBytes)
      this.#head = Buffer.concat([this.#head, piece.subarray(0, headBytes - this.#head.length)])
    const first = this.#uploadedBytes / chunkBytes
    const sealed: Buffer[] = []
    for (let at = 0; at < piece.length; at += chunkBytes)
      sealed.push(sealChunk(this.#key, first + at / chunkBytes, piece.subarray(at, at + chunkBytes)))
    const bytes = Buffer.concat(sealed)
    await this.#handle.write(bytes, 0, bytes.length, first * (chunkBytes + tagBytes))
    this.#uploadedBytes += piece.length
  }

  async finish(file: ChatFile): Promise<Refusal | undefined> {
    await this.#handle.sync()
    await this.#handle.close()
    return this.#finished(file)
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => {})
    await this.#abandoned()
  }
}
