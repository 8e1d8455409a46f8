import { Cell, type Value } from '../base/cell.ts'

/** Who wants a lock of the browser, and how. */
export interface LockWish {
  /** Taken away from whoever has it, also from a tab that sleeps; else this tab stands in the queue. */
  readonly isTaking: boolean
  /** Called once this tab has it; it keeps it until what that returned resolves. */
  readonly held: () => Promise<void>
  /** Another tab took it away. */
  readonly lost: () => void
}

/** The browser's means to have one tab hold something; each is missing in some browser that we support. */
export interface TabMeans {
  /** Absent: leases are used. */
  readonly lock?: (wish: LockWish) => void
  /** Messages to the other tabs of this browser. */
  readonly channel: {
    post(message: unknown): void
    onMessage(listener: (message: unknown) => void): () => void
  }
  readonly lease: {
    get(): { owner: string; untilMs: number } | undefined
    set(lease: { owner: string; untilMs: number } | undefined): void
  }
  readonly nowMs: () => number
  readonly startTimer: (delayMs: number, run: () => void) => () => void
  /** Another for each tab. */
  readonly tabId: string
}

const leaseMs = 3000
const beatMs = 1000

/** One tab of a browser holds the telephone; another can take it over. */
export class TabLock {
  /** Whether this tab holds it. */
  readonly isHolder: Value<boolean>
  readonly #isHolder = new Cell(false)
  readonly #means: TabMeans
  #release = () => {}
  #isQueued = false
  #hasEnded = true
  #stops: (() => void)[] = []
  #stopBeat = () => {}

  constructor(means: TabMeans) {
    this.#means = means
    this.isHolder = this.#isHolder
  }

  /** Waits for it, as long as it takes. */
  begin(): void {
    this.#hasEnded = false
    if (this.#means.lock) return this.#queue()
    this.#stops.push(
      this.#means.channel.onMessage((message) => {
        if ((message as { kind?: string }).kind === 'phone.lease') this.#look()
      }),
    )
    this.#beat()
  }

  /** This tab has it from now on, whoever had it. */
  takeOver(): void {
    if (this.#isHolder.get() || this.#hasEnded) return
    if (this.#means.lock) return this.#means.lock(this.#wish(true))
    this.#means.lease.set(this.#ownLease())
    this.#means.channel.post({ kind: 'phone.lease' })
    this.#look()
  }

  end(): void {
    this.#hasEnded = true
    for (const stop of this.#stops.splice(0)) stop()
    this.#stopBeat()
    const wasHolder = this.#isHolder.get()
    this.#isHolder.set(false)
    this.#release()
    if (!wasHolder || this.#means.lock) return
    this.#means.lease.set(undefined)
    this.#means.channel.post({ kind: 'phone.lease' })
  }

  #queue(): void {
    if (this.#isQueued) return
    this.#isQueued = true
    this.#means.lock?.(this.#wish(false))
  }

  #wish(isTaking: boolean): LockWish {
    return {
      isTaking,
      held: () => {
        if (!isTaking) this.#isQueued = false
        if (this.#hasEnded) return Promise.resolve()
        return new Promise<void>((resolve) => {
          this.#release = resolve
          this.#isHolder.set(true)
        })
      },
      lost: () => {
        this.#isHolder.set(false)
        if (!this.#hasEnded) this.#queue()
      },
    }
  }

  #ownLease = () => ({ owner: this.#means.tabId, untilMs: this.#means.nowMs() + leaseMs })

  /** Without locks: a lease that is renewed each second, and taken when it has run out. */
  #beat(): void {
    this.#look()
    this.#stopBeat = this.#means.startTimer(beatMs, () => this.#beat())
  }

  #look(): void {
    const { lease, nowMs, tabId } = this.#means
    const held = lease.get()
    const isOurs = held === undefined || held.untilMs <= nowMs() || held.owner === tabId
    if (isOurs) lease.set(this.#ownLease())
    this.#isHolder.set(isOurs)
  }
}
