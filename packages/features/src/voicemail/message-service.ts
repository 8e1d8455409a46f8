import { type CallId, type Clock, type Logger, makeId, type RandomBytes } from '@vaxel/base'
import {
  type KeptSound,
  type Mailbox,
  type Party,
  peaksOf,
  readWavSound,
  shortestMessageMs,
  type VoiceFiles,
  type VoicemailStore,
  type VoiceMessage,
  type VoiceMessageId,
  type VoiceMessageState,
  type WavSound,
} from '@vaxel/core'
import type { Mailboxes } from './mailboxes.ts'

/** No larger sound is a message of ours. */
const mostBytes = 64 * 1024 * 1024
/** A message in which nothing is louder holds no voice: -37 dB of full scale. */
const quietestPeak = 3

/** What became of something that was said. */
export type Kept = 'kept' | 'too-short' | 'nothing-heard'

/** Messages of mailboxes: every change is durable, told to lamps and screens, and in the ledger. */
export class MessageService {
  readonly #store: VoicemailStore
  readonly #files: VoiceFiles
  readonly #boxes: Mailboxes
  readonly #clock: Clock
  readonly #random: RandomBytes
  readonly #log: Logger
  readonly #left = new Set<(message: VoiceMessage, box: Mailbox) => void>()

  constructor(options: {
    store: VoicemailStore
    files: VoiceFiles
    boxes: Mailboxes
    clock: Clock
    random: RandomBytes
    log: Logger
  }) {
    this.#store = options.store
    this.#files = options.files
    this.#boxes = options.boxes
    this.#clock = options.clock
    this.#random = options.random
    this.#log = options.log
  }

  /** Called with each message that is new in a mailbox. */
  onLeft(listener: (message: VoiceMessage, box: Mailbox) => void): void {
    this.#left.add(listener)
  }

  find(box: Mailbox, id: string): Promise<VoiceMessage | undefined> {
    return this.#store.find(box.id, id as VoiceMessageId)
  }

  /** Latest first. */
  list(
    box: Mailbox,
    filter: { states: readonly VoiceMessageState[]; before?: string; limit: number },
  ): Promise<readonly VoiceMessage[]> {
    const { before, ...rest } = filter
    return this.#store.list({
      boxId: box.id,
      ...rest,
      ...(before === undefined ? {} : { before: before as VoiceMessageId }),
    })
  }

  /** A message is about to be said: whatever happens from now on, what was said until then can be found. */
  async begin(
    box: Mailbox,
    sound: Pick<KeptSound, 'file' | 'key'>,
    from: Party,
    callId: CallId,
  ): Promise<VoiceMessage> {
    await this.#boxes.ensure(box)
    const atMs = this.#clock.now()
    const message: VoiceMessage = {
      id: makeId<VoiceMessageId>(atMs, this.#random),
      boxId: box.id,
      companyId: box.companyId,
      state: 'recording',
      atMs,
      from,
      callId,
      ...sound,
      durationMs: 0,
      sizeBytes: 0,
    }
    await this.#store.put(message)
    return message
  }

  /** What was said is a message now, unless there is nothing in it. */
  async deliver(begun: VoiceMessage, box: Mailbox): Promise<Kept> {
    const sound = await this.soundOf(begun)
    const peaks = sound ? peaksOf(sound) : ''
    const why =
      !sound || sound.durationMs < shortestMessageMs
        ? 'too-short'
        : [...peaks].every((peak) => Number.parseInt(peak, 16) < quietestPeak)
          ? 'nothing-heard'
          : undefined
    if (why !== undefined || !sound) {
      await this.discard(begun)
      return why ?? 'too-short'
    }
    const { durationMs, sizeBytes } = sound
    await this.#keep({ ...begun, state: 'new', durationMs, sizeBytes, peaks }, box)
    return 'kept'
  }

  /** It was never a message. */
  async discard(message: VoiceMessage): Promise<void> {
    await this.#store.remove(message)
    await this.#files.remove(message)
  }

  /** The sound of a kept file; undefined when it is not there or holds none. */
  async soundOf(
    kept: Pick<KeptSound, 'file' | 'key'>,
  ): Promise<(WavSound & { readonly sizeBytes: number }) | undefined> {
    const file = await this.#files.open(kept)
    if (!file || file.sizeBytes > mostBytes) return undefined
    const read = readWavSound(await bytesOf(file.read(0, file.sizeBytes), file.sizeBytes))
    return read.ok ? { ...read.sound, sizeBytes: file.sizeBytes } : undefined
  }

  /** @param by whoever listened; absent: it was kept for them without */
  async setHeard(message: VoiceMessage, box: Mailbox, isHeard: boolean, by: string): Promise<VoiceMessage> {
    const state = isHeard ? 'saved' : 'new'
    if (message.state === state || message.state === 'deleted' || message.state === 'recording') return message
    return this.#change({ ...message, state }, box, isHeard ? 'voicemail.saved' : 'voicemail.renewed', by)
  }

  /** It can be taken back for a day. */
  async delete(message: VoiceMessage, box: Mailbox, by: string): Promise<VoiceMessage> {
    if (message.state !== 'new' && message.state !== 'saved') return message
    const deleted: VoiceMessage = {
      ...message,
      state: 'deleted',
      was: message.state,
      deletedAtMs: this.#clock.now(),
    }
    return this.#change(deleted, box, 'voicemail.deleted', by)
  }

  async restore({ was, deletedAtMs: _, ...message }: VoiceMessage, box: Mailbox, by: string): Promise<VoiceMessage> {
    if (message.state !== 'deleted') return message
    return this.#change({ ...message, state: was ?? 'saved' }, box, 'voicemail.restored', by)
  }

  /** The same words in another mailbox of the company, with who sent them on and what they said of it. */
  async forward(
    message: VoiceMessage,
    to: Mailbox,
    by: Party,
    said: { readonly comment?: string; readonly spokenComment?: KeptSound } = {},
  ): Promise<VoiceMessage> {
    await this.#boxes.ensure(to)
    const { was: _, deletedAtMs: __, comment: ___, spokenComment: ____, ...same } = message
    const copied: VoiceMessage = {
      ...same,
      ...said,
      ...(await this.#files.copy(message.companyId, message)),
      id: makeId<VoiceMessageId>(this.#clock.now(), this.#random),
      boxId: to.id,
      state: 'new',
      forwardedBy: by,
    }
    await this.#keep(copied, to, message.id)
    return copied
  }

  /** For good, with its sounds. */
  async erase(message: VoiceMessage, why: 'deleted' | 'too-old' | 'erasure'): Promise<void> {
    const { companyId, id, boxId } = message
    const data = { message: id, box: boxId, why }
    await this.#store.remove(message, { kind: 'voicemail.erased', companyId, atMs: this.#clock.now(), data })
    await this.#files.remove(message)
    if (message.spokenComment) await this.#files.remove(message.spokenComment)
  }

  async #keep(message: VoiceMessage, box: Mailbox, forwarded?: VoiceMessageId): Promise<void> {
    const { id, companyId, callId, durationMs } = message
    const data = {
      message: id,
      box: box.id,
      name: this.#boxes.nameOf(box),
      number: this.#boxes.numberOf(box),
      durationMs,
      ...(box.userId ? { userId: box.userId } : {}),
      ...(forwarded ? { forwarded } : {}),
    }
    const kind = forwarded ? 'voicemail.forwarded' : 'voicemail.received'
    await this.#store.put(message, {
      kind,
      companyId,
      atMs: this.#clock.now(),
      data,
      ...(callId && !forwarded ? { callId } : {}),
    })
    this.#boxes.changed(box)
    for (const listener of this.#left) {
      try {
        listener(message, box)
      } catch (error) {
        this.#log.error('a listener to new messages failed', { error: String(error) })
      }
    }
  }

  async #change(message: VoiceMessage, box: Mailbox, kind: string, by: string): Promise<VoiceMessage> {
    const { companyId, id } = message
    const data = { message: id, box: box.id, by }
    await this.#store.put(message, { kind, companyId, atMs: this.#clock.now(), data })
    this.#boxes.changed(box)
    return message
  }
}

async function bytesOf(pieces: AsyncIterable<Uint8Array>, sizeBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(sizeBytes)
  let at = 0
  for await (const piece of pieces) {
    bytes.set(piece.subarray(0, sizeBytes - at), at)
    at += piece.length
  }
  return bytes.subarray(0, at)
}
