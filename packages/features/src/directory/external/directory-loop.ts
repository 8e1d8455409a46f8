import {
  type DirectoryProgress,
  type ExternalDirectory,
  LdapFault,
  type LedgerEvent,
  waitAfterFault,
} from '@vaxel/core'
import { DirectoryReading, type ReadingOutcome } from './directory-reading.ts'
import type { ReadingParts } from './parts.ts'
import type { Slots } from '@vaxel/base'

/** One reading, with all its photos. */
const timeLimitMs = 30 * 60_000
const minuteMs = 60_000

export type DirectoryState = 'off' | 'waiting' | 'reading' | 'well' | 'failing'

/** How reading goes, beside what is kept of it. */
export interface LoopHealth {
  readonly state: DirectoryState
  readonly nextAtMs?: number
}

/** Reads one directory again and again; when it cannot, what was read stays, and it is tried again after a while that grows. */
export class DirectoryLoop {
  readonly #parts: ReadingParts
  readonly #directory: ExternalDirectory
  readonly #turns: Slots
  readonly #onHealth: (directory: ExternalDirectory, state: DirectoryState) => void
  readonly #ending = new AbortController()
  #running: Promise<void> | undefined
  #health: LoopHealth
  #wish: { readonly acceptsMissing: boolean } | undefined
  #wake: () => void = () => {}

  constructor(options: {
    parts: ReadingParts
    directory: ExternalDirectory
    turns: Slots
    onHealth: (directory: ExternalDirectory, state: DirectoryState) => void
  }) {
    this.#parts = options.parts
    this.#directory = options.directory
    this.#turns = options.turns
    this.#onHealth = options.onHealth
    this.#health = { state: options.directory.isOn ? 'waiting' : 'off' }
  }

  get health(): LoopHealth {
    return this.#health
  }

  start(): void {
    if (this.#directory.isOn) this.#running ??= this.#run()
  }

  /** Reads as soon as it can, and compares everything. */
  readNow(acceptsMissing: boolean): void {
    this.#wish = { acceptsMissing: acceptsMissing || this.#wish?.acceptsMissing === true }
    this.#wake()
  }

  /** Resolves when nothing of it goes on. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending
    const { clock, random, externalDirectories: store } = this.#parts
    const { id, companyId, pollMinutes } = this.#directory
    const { readAtMs, failing } = store.progress(id)
    const firstAtMs = readAtMs === undefined || failing ? 0 : readAtMs + pollMinutes * minuteMs
    await this.#pause('waiting', Math.max(0, firstAtMs - clock.now()))
    // Of a company that is gone nothing is read any more.
    for (let faults = 0; !signal.aborted && store.find(companyId, id); ) {
      const fault = await this.#turns.use(() => this.#once())
      if (signal.aborted) return
      faults = fault ? faults + 1 : 0
      if (fault) await this.#pause('failing', waitAfterFault(faults, random(1)[0]! / 255))
      else await this.#pause('well', pollMinutes * minuteMs)
    }
  }

  /** One reading. @returns why it failed */
  async #once(): Promise<LdapFault | undefined> {
    const { signal } = this.#ending
    if (signal.aborted) return undefined
    this.#set({ state: 'reading' })
    const wish = this.#wish
    this.#wish = undefined
    try {
      const outcome = await this.#read(wish)
      await this.#keep(outcome)
      return undefined
    } catch (error) {
      if (signal.aborted) return undefined
      const fault = this.#told(error)
      await this.#keepFault(fault).catch((why: unknown) => this.#told(why))
      return fault
    }
  }

  async #read(wish: { readonly acceptsMissing: boolean } | undefined): Promise<ReadingOutcome> {
    const { ldap, externalDirectories: store } = this.#parts
    const open = await ldap.open(this.#directory, store.password(this.#directory.id), {
      timeLimitMs,
      signal: this.#ending.signal,
    })
    try {
      const reading = new DirectoryReading(this.#parts, this.#directory, open)
      return await reading.run({ isAskedFor: wish !== undefined, acceptsMissing: wish?.acceptsMissing === true })
    } finally {
      await open.close()
    }
  }

  async #keep({ made, changed, removed, progress }: ReadingOutcome): Promise<void> {
    const { externalDirectories: store } = this.#parts
    const before = store.progress(this.#directory.id)
    const events: LedgerEvent[] = []
    if (before.failing) events.push(this.#event('recovered', {}))
    if (made + changed + removed > 0) events.push(this.#event('synchronised', { made, changed, removed }))
    if (progress.held && !before.held) {
      const { missing, known } = progress.held
      events.push(this.#event('held', { missing, known }))
    }
    const refusal = await store.putProgress(this.#directory.id, progress, events)
    if (refusal) throw new LdapFault('ours', refusal.text)
  }

  async #keepFault({ trouble, message }: LdapFault): Promise<void> {
    const { externalDirectories: store, clock } = this.#parts
    const { id } = this.#directory
    const before = store.progress(id)
    const isSame = before.failing?.trouble === trouble
    const failing = { sinceMs: before.failing?.sinceMs ?? clock.now(), trouble, detail: message }
    const progress: DirectoryProgress = { ...before, contacts: await store.count(id), failing }
    await store.putProgress(id, progress, isSame ? [] : [this.#event('failed', { trouble, detail: message })])
  }

  #told(error: unknown): LdapFault {
    const { log } = this.#parts
    const directory = this.#directory.id
    if (error instanceof LdapFault) {
      log.warn('a directory cannot be read', { directory, trouble: error.trouble, detail: error.message })
      return error
    }
    log.error('reading a directory failed', { directory, error: String(error) })
    return new LdapFault('ours', 'a fault of this server; it is in the journal')
  }

  #event(what: string, data: Record<string, unknown>): LedgerEvent {
    const { id, companyId, name } = this.#directory
    const kind = `externalDirectory.${what}`
    return { kind, atMs: this.#parts.clock.now(), companyId, data: { directory: id, name, ...data } }
  }

  async #pause(state: DirectoryState, ms: number): Promise<void> {
    const { clock } = this.#parts
    this.#set({ state, nextAtMs: clock.now() + ms })
    if (this.#wish || ms === 0) return
    await new Promise<void>((resolve) => {
      const timer = clock.startTimer(ms, resolve)
      this.#wake = () => {
        timer.stop()
        resolve()
      }
      if (this.#ending.signal.aborted) this.#wake()
    })
    this.#wake = () => {}
  }

  #set(health: LoopHealth): void {
    const { state } = this.#health
    this.#health = health
    if (state !== health.state && !this.#ending.signal.aborted) this.#onHealth(this.#directory, health.state)
  }
}
