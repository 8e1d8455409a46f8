import { type CompanyId } from '@vaxel/base'
import type {
  KeptSound,
  LedgerEvent,
  Mailbox,
  MailboxCounts,
  MailboxId,
  RecordingFile,
  VoiceFiles,
  VoicemailStore,
  VoiceMessage,
  VoiceMessageId,
  VoiceMessageState,
} from '@vaxel/core'

/** Mailboxes and messages in memory. */
export class MemoryVoicemail implements VoicemailStore {
  readonly boxes = new Map<MailboxId, Mailbox>()
  readonly messages = new Map<VoiceMessageId, VoiceMessage>()
  readonly events: LedgerEvent[] = []

  mailbox = (id: MailboxId) => this.boxes.get(id)
  mailboxesOf = (companyId: CompanyId) => [...this.boxes.values()].filter((box) => box.companyId === companyId)
  all = () => this.boxes.values()

  async putMailbox(box: Mailbox, event?: LedgerEvent): Promise<void> {
    this.boxes.set(box.id, box)
    this.#tell(event)
  }

  async removeMailbox(id: MailboxId, event?: LedgerEvent): Promise<void> {
    this.boxes.delete(id)
    for (const message of [...this.messages.values()]) if (message.boxId === id) this.messages.delete(message.id)
    this.#tell(event)
  }

  counts(id: MailboxId): MailboxCounts {
    const of = (state: VoiceMessageState) =>
      [...this.messages.values()].filter((one) => one.boxId === id && one.state === state)
    const usedMs = [...of('new'), ...of('saved')].reduce((sum, { durationMs }) => sum + durationMs, 0)
    return { newMessages: of('new').length, savedMessages: of('saved').length, usedMs }
  }

  async put(message: VoiceMessage, event?: LedgerEvent): Promise<void> {
    if (!this.boxes.has(message.boxId)) throw new Error('FOREIGN KEY constraint failed')
    this.messages.set(message.id, message)
    this.#tell(event)
  }

  async remove({ id }: VoiceMessage, event?: LedgerEvent): Promise<void> {
    this.messages.delete(id)
    this.#tell(event)
  }

  async find(boxId: MailboxId, id: VoiceMessageId): Promise<VoiceMessage | undefined> {
    const message = this.messages.get(id)
    return message?.boxId === boxId ? message : undefined
  }

  async list(filter: {
    boxId: MailboxId
    states: readonly VoiceMessageState[]
    before?: VoiceMessageId
    limit: number
  }): Promise<readonly VoiceMessage[]> {
    const { boxId, states, before, limit } = filter
    return [...this.messages.values()]
      .filter((one) => one.boxId === boxId && states.includes(one.state) && (before === undefined || one.id < before))
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .slice(0, limit)
  }

  async unfinished(): Promise<readonly VoiceMessage[]> {
    return [...this.messages.values()].filter(({ state }) => state === 'recording')
  }

  async older(filter: {
    state: VoiceMessageState
    beforeMs: number
    boxId?: MailboxId
    limit: number
  }): Promise<readonly VoiceMessage[]> {
    const { state, beforeMs, boxId, limit } = filter
    return [...this.messages.values()]
      .filter((one) => one.state === state && (one.deletedAtMs ?? one.atMs) < beforeMs)
      .filter((one) => boxId === undefined || one.boxId === boxId)
      .slice(0, limit)
  }

  async knownFiles(files: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(files)
  }

  #tell(event: LedgerEvent | undefined): void {
    if (event) this.events.push(event)
  }
}

/** Sound files in memory, by path. */
export class MemoryVoiceFiles implements VoiceFiles {
  readonly files = new Map<string, Uint8Array>()
  #next = 0

  async begin(companyId: CompanyId) {
    const file = `voicemail/${companyId}/${++this.#next}`
    return { file, path: `/memory/${file}` }
  }

  async write(companyId: CompanyId, wav: Uint8Array) {
    const { file, path } = await this.begin(companyId)
    this.files.set(path, wav)
    return { file, sizeBytes: wav.length }
  }

  async open({ file }: Pick<KeptSound, 'file'>): Promise<RecordingFile | undefined> {
    const bytes = this.files.get(`/memory/${file}`)
    return (
      bytes && {
        sizeBytes: bytes.length,
        read: async function* (start, end) {
          yield bytes.subarray(start, end)
        },
      }
    )
  }

  source = ({ file }: Pick<KeptSound, 'file'>) => ({ kind: 'file' as const, path: `/memory/${file}` })

  async copy(companyId: CompanyId, { file }: Pick<KeptSound, 'file'>) {
    const bytes = this.files.get(`/memory/${file}`)
    if (!bytes) throw new Error('there is no such sound')
    const copied = await this.begin(companyId)
    this.files.set(copied.path, bytes)
    return { file: copied.file }
  }

  async remove({ file }: Pick<KeptSound, 'file'>): Promise<void> {
    this.files.delete(`/memory/${file}`)
  }

  async sweep(): Promise<number> {
    return 0
  }
}

/** A WAV file of a tone at -10 dBov, or of silence; 16 bits, 8 kHz, mono. */
export function wavOf(durationMs: number, isLoud = true): Uint8Array {
  const count = Math.round((durationMs * 8000) / 1000)
  const bytes = Buffer.alloc(44 + 2 * count)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + 2 * count, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(16_000, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(2 * count, 40)
  for (let i = 0; isLoud && i < count; i++)
    bytes.writeInt16LE(Math.round(10_000 * Math.sin((2 * Math.PI * 440 * i) / 8000)), 44 + 2 * i)
  return bytes
}
