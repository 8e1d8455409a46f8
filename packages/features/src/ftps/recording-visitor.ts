import type { Clock } from '@vaxel/base'
import type {
  CallLedger,
  FileVisitor,
  FtpsAccount,
  KeptRecording,
  ReadFile,
  RecordingFiles,
  SeenFile,
} from '@vaxel/core'
import type { RecordingTree } from './recording-tree.ts'

/** A program that is logged in: it sees its company's recordings, and each that it reads is in the ledger first. */
export class RecordingVisitor implements FileVisitor {
  readonly #account: FtpsAccount
  readonly #address: string
  readonly #tree: RecordingTree
  readonly #files: RecordingFiles
  readonly #ledger: CallLedger
  readonly #clock: Clock
  readonly #current: () => FtpsAccount | undefined

  /** @param options `current`: the account as it is now, undefined once it opens nothing any more */
  constructor(options: {
    account: FtpsAccount
    address: string
    tree: RecordingTree
    files: RecordingFiles
    ledger: CallLedger
    clock: Clock
    current: () => FtpsAccount | undefined
  }) {
    this.#account = options.account
    this.#address = options.address
    this.#tree = options.tree
    this.#files = options.files
    this.#ledger = options.ledger
    this.#clock = options.clock
    this.#current = options.current
  }

  get needsSessionReuse(): boolean {
    return this.#current()?.needsSessionReuse ?? true
  }

  isValid(): boolean {
    return this.#current() !== undefined
  }

  find(path: readonly string[]): Promise<SeenFile | undefined> {
    return this.#tree.find(path)
  }

  list(path: readonly string[]): Promise<AsyncIterable<SeenFile> | undefined> {
    return this.#tree.list(path)
  }

  async open(path: readonly string[], fromByte: number): Promise<ReadFile | undefined> {
    const recording = await this.#tree.recordingAt(path)
    if (!recording) return this.#tree.open(path)
    const file = await this.#files.open(recording.file)
    if (!file) return undefined
    await this.#note(recording, fromByte)
    return file
  }

  async #note({ id, callId, companyId }: KeptRecording, fromByte: number): Promise<void> {
    const { id: account, name } = this.#account
    const data = { recording: id, account, name, address: this.#address, fromByte }
    await this.#ledger.append({
      events: [{ kind: 'recording.fetched', atMs: this.#clock.now(), companyId, callId, data }],
    })
  }
}
