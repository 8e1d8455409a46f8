import { isRefusal, makeId, type Refusal, type UserId } from '@vaxel/base'
import {
  FileInfected,
  FileTooLarge,
  NoSpaceLeft,
  NotFound,
  type RepliedFile,
  TooFast,
  WrongPlaceInFile,
} from '@vaxel/contract'
import {
  type ChatFile,
  type ChatFileId,
  type ConversationId,
  type FileUpload,
  imageSize,
  readServedType,
} from '@vaxel/core'
import { type ChatParts, type Person, seatOf } from './dependencies.ts'
import { OwnTurn } from './own-turn.ts'

const mostUploadsOfUser = 20
const mostUploads = 500
const idleMs = 60 * 60 * 1000
const looseMs = 24 * 60 * 60 * 1000

interface Upload {
  readonly id: ChatFileId
  readonly conversationId: ConversationId
  readonly person: Person
  readonly name: string
  readonly sizeBytes: number
  readonly upload: FileUpload
  usedAtMs: number
}

/** How far a file is; whole when there is one. */
export interface UploadState {
  readonly id: ChatFileId
  readonly uploadedBytes: number
  readonly file?: ChatFile
}

/** Files on their way in, piece by piece, and out, range by range. */
export class FileService {
  readonly #parts: ChatParts
  readonly #uploads = new Map<string, Upload>()
  /** Those whose place on the disk is being made; they count already. */
  readonly #beginning = new Set<Pick<Upload, 'person' | 'sizeBytes'>>()
  readonly #turns = new OwnTurn()

  constructor(parts: ChatParts) {
    this.#parts = parts
  }

  async begin(
    person: Person,
    conversationId: string,
    { name, sizeBytes }: { name: string; sizeBytes: number },
  ): Promise<UploadState | Refusal> {
    const seat = seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const { chat, clock, random, chatFiles } = this.#parts
    const { mostFileBytes, quotaBytes } = chat.policy(person.companyId)
    if (sizeBytes > mostFileBytes)
      return FileTooLarge(`A file may have ${mostFileBytes} bytes; this one has ${sizeBytes}.`)
    const all = [...this.#uploads.values(), ...this.#beginning]
    const own = all.filter((one) => one.person.companyId === person.companyId)
    const coming = own.reduce((sum, one) => sum + one.sizeBytes, 0)
    if (chat.usedBytes(person.companyId) + coming + sizeBytes > quotaBytes) return NoSpaceLeft()
    const ofUser = own.filter((one) => one.person.userId === person.userId).length
    if (ofUser >= mostUploadsOfUser || all.length >= mostUploads)
      return TooFast('Too many files are on their way. Wait until some have arrived.', { retryAfterSeconds: 30 })
    const id = makeId<ChatFileId>(clock.now(), random)
    const beginning = { person, sizeBytes }
    this.#beginning.add(beginning)
    const upload = await chatFiles.begin(id).finally(() => this.#beginning.delete(beginning))
    this.#uploads.set(id, {
      id,
      conversationId: seat.conversation.id,
      person,
      name: plainName(name),
      sizeBytes,
      upload,
      usedAtMs: clock.now(),
    })
    return { id, uploadedBytes: 0 }
  }

  async append(
    person: Person,
    conversationId: string,
    fileId: string,
    offset: number,
    piece: Uint8Array,
  ): Promise<UploadState | Refusal> {
    return this.#turns.run(fileId, async () => {
      const found = await this.state(person, conversationId, fileId)
      if (isRefusal(found)) return found
      const one = this.#uploads.get(fileId)
      // A piece that came before its sender heard that it had: the file is whole.
      if (!one) return found
      const { upload, sizeBytes } = one
      const end = offset + piece.length
      const isLast = end === sizeBytes
      const fits = isLast || (end < sizeBytes && piece.length % this.#parts.chatFiles.pieceBytes === 0)
      if (offset !== upload.uploadedBytes || !fits || piece.length === 0) return WrongPlaceInFile()
      one.usedAtMs = this.#parts.clock.now()
      try {
        await upload.append(piece)
        return isLast ? await this.#finish(one) : { id: one.id, uploadedBytes: upload.uploadedBytes }
      } catch (error) {
        await this.#abandon(one)
        throw error
      }
    })
  }

  async state(person: Person, conversationId: string, fileId: string): Promise<UploadState | Refusal> {
    const seat = seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const one = this.#uploads.get(fileId)
    if (one) {
      if (one.person.userId !== person.userId || one.conversationId !== seat.conversation.id) return NotFound()
      return { id: one.id, uploadedBytes: one.upload.uploadedBytes }
    }
    const file = await this.#parts.chat.file(fileId as ChatFileId)
    if (!file || file.uploaderId !== person.userId || file.conversationId !== seat.conversation.id) return NotFound()
    return { id: file.id, uploadedBytes: file.sizeBytes, file }
  }

  /** For whoever sees the message that it came with; before there is one, for its sender. */
  async read(person: Person, conversationId: string, fileId: string, isSaved: boolean): Promise<RepliedFile | Refusal> {
    const seat = seatOf(this.#parts, person, conversationId)
    if (isRefusal(seat)) return seat
    const file = await this.#parts.chat.file(fileId as ChatFileId)
    if (!file || file.conversationId !== seat.conversation.id) return NotFound()
    const isSeen =
      file.messageNumber === undefined
        ? file.uploaderId === person.userId
        : file.messageNumber > seat.member.fromNumber || file.uploaderId === person.userId
    if (!isSeen) return NotFound()
    const served = readServedType(file.more.mediaType)
    return {
      ...served,
      isInline: served.isInline && !isSaved,
      name: file.more.name,
      sizeBytes: file.sizeBytes,
      tag: file.id,
      read: (start, end) => this.#parts.chatFiles.read(file, start, end),
    }
  }

  /** Removes uploads that nobody goes on with, files that no message took, and what lies there after a crash. */
  async sweep(): Promise<void> {
    const { chat, chatFiles, clock } = this.#parts
    for (const one of [...this.#uploads.values()])
      if (one.usedAtMs + idleMs < clock.now()) await this.#turns.run(one.id, () => this.#abandon(one))
    const loose = await chat.looseFiles(clock.now() - looseMs)
    for (const file of loose) {
      // In the conversation's turn, so that no message takes it at this moment.
      await this.#parts.turns.run(file.conversationId, async () => {
        const now = await chat.file(file.id)
        if (now && now.messageNumber === undefined) await chat.write({ removedFiles: [now] })
      })
    }
    await chatFiles.sweep()
  }

  async close(): Promise<void> {
    for (const one of [...this.#uploads.values()]) await this.#turns.run(one.id, () => this.#abandon(one))
  }

  async #finish(one: Upload): Promise<UploadState | Refusal> {
    const { clock, chat, chatFiles, scanner } = this.#parts
    const { head } = one.upload
    const mediaType = await this.#typeOf(head)
    const size = mediaType.startsWith('image/') ? imageSize(head) : undefined
    const file: ChatFile = {
      id: one.id,
      companyId: one.person.companyId,
      conversationId: one.conversationId,
      uploaderId: one.person.userId as UserId,
      sizeBytes: one.sizeBytes,
      atMs: clock.now(),
      more: {
        name: one.name,
        mediaType,
        ...(size ? { widthPixels: size.width, heightPixels: size.height } : {}),
        scan: scanner ? 'clean' : 'none',
      },
    }
    const refused = await one.upload.finish(file)
    if (refused) {
      await this.#abandon(one)
      return refused
    }
    this.#uploads.delete(one.id)
    if (scanner && (await scanner.scan(chatFiles.read(file, 0, file.sizeBytes))).infected !== undefined) {
      await chat.write({ removedFiles: [file] })
      await chatFiles.remove(file.id)
      return FileInfected()
    }
    return { id: file.id, uploadedBytes: file.sizeBytes, file }
  }

  async #abandon(one: Upload): Promise<void> {
    this.#uploads.delete(one.id)
    await one.upload.abandon()
  }

  async #typeOf(head: Uint8Array): Promise<string> {
    const found = await this.#parts.detectMediaType(head).catch(() => undefined)
    return found ?? (isText(head) ? 'text/plain' : 'application/octet-stream')
  }
}

/** UTF-8 without control characters that no text has; the last character may be cut. */
function isText(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head, { stream: true })
  // oxlint-disable-next-line no-control-regex
  return !/[\0-\x08\x0e-\x1a\ufffd]/.test(text)
}

/** A name without path, control characters and what turns the direction of writing. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    // oxlint-disable-next-line no-control-regex
    .replace(/[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/^\.+|[.\s]+$/g, '')
    .trim()
  return plain === '' ? 'file' : plain.toWellFormed()
}
