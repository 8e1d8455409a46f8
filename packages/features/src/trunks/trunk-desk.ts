import type { Clock, Logger, RandomBytes, Timer, TrunkId } from '@vaxel/base'
import type { CallLedger, Directory, EventFeed, RegistrationState, Trunk, TrunkTarget } from '@vaxel/core'
import { targetName } from '@vaxel/core'
import type { Flow, SipStack } from '@vaxel/sip'
import { targetDown, targetUp, trunkRegistered, trunkUnregistered } from './events.ts'
import { TrunkWatch } from './trunk-watch.ts'

export interface TrunkDeskOptions {
  readonly clock: Clock
  readonly log: Logger
  readonly random: RandomBytes
  readonly directory: Directory
  readonly ledger: Pick<CallLedger, 'append'>
  readonly feed: EventFeed
  readonly stack: Pick<SipStack, 'request'>
  keepAlive?(flow: Flow): () => void
}

/** After a change of the configuration is told, it is soon in the directory. */
const settleMs = 20

/** All trunks as they are now. Follows the configuration; closing ends all registrations. */
export class TrunkDesk {
  readonly #options: TrunkDeskOptions
  readonly #watches = new Map<TrunkId, TrunkWatch>()
  #version = -1
  #timer: Timer | undefined
  #stopFollowing: (() => void) | undefined
  #isClosed = false

  constructor(options: TrunkDeskOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopFollowing = this.#options.feed.subscribe((events) => {
      if (!events.some(({ kind }) => kind === 'configuration.changed')) return
      this.#timer?.stop()
      this.#timer = this.#options.clock.startTimer(settleMs, () => this.#follow())
    })
    this.#follow()
  }

  watch(id: TrunkId): TrunkWatch | undefined {
    this.#follow()
    return this.#watches.get(id)
  }

  watches(): Iterable<TrunkWatch> {
    this.#follow()
    return this.#watches.values()
  }

  /** A connection is gone. */
  flowClosed(flow: Flow): void {
    for (const watch of this.#watches.values()) watch.flowClosed(flow)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#stopFollowing?.()
    this.#timer?.stop()
    await Promise.all([...this.#watches.values()].map((watch) => watch.close()))
    this.#watches.clear()
  }

  #follow(): void {
    const { directory } = this.#options
    if (this.#isClosed || this.#version === directory.version) return
    this.#version = directory.version
    const left = new Set(this.#watches.keys())
    for (const company of directory.companies())
      for (const trunk of directory.trunksOf(company.id)) {
        left.delete(trunk.id)
        const known = this.#watches.get(trunk.id)
        if (known?.trunk !== trunk) this.#replace(trunk, known)
      }
    for (const id of left) {
      void this.#watches.get(id)?.close()
      this.#watches.delete(id)
    }
  }

  #replace(trunk: Trunk, earlier: TrunkWatch | undefined): void {
    const { directory, clock, random } = this.#options
    const domain = directory.domainsOf(trunk.companyId)[0]?.name ?? 'localhost'
    const watch = new TrunkWatch(
      trunk,
      {
        ...this.#options,
        domain,
        fraction: () => new DataView(random(4).slice().buffer).getUint32(0) / 2 ** 32,
        onTarget: (of, target, before, now) => {
          if (now.state === 'down') this.#tell(targetDown(of, targetName(target), now.fault!, clock.now()))
          else if (before?.state === 'down')
            this.#tell(targetUp(of, targetName(target), now.sinceMs - before.sinceMs, clock.now()))
        },
        onRegistration: (of, before, now) => this.#registrationChanged(of, before, now),
      },
      earlier,
    )
    this.#watches.set(trunk.id, watch)
    // The old registration goes before the new one comes: some registrars keep one for each account.
    if (earlier) void earlier.close().then(() => watch.start())
    else watch.start()
  }

  #registrationChanged(trunk: Trunk, before: RegistrationState | undefined, now: RegistrationState): void {
    const at = this.#options.clock.now()
    if (now.name === before?.name) return
    if (now.name === 'registered') this.#tell(trunkRegistered(trunk, now.target, now.expiresAtMs, at))
    if (now.name === 'failed') this.#tell(trunkUnregistered(trunk, now.fault, at))
  }

  #tell(event: ReturnType<typeof targetDown>): void {
    const { ledger, log } = this.#options
    log.info('a trunk changed', { kind: event.kind, ...event.data })
    ledger.append({ events: [event], canWait: true }).catch((error: unknown) => {
      log.warn('the ledger did not take what became of a trunk', { error: String(error) })
    })
  }

  /** For tests and metrics. */
  counts(): { up: number; down: number; unknown: number; registered: number; unregistered: number } {
    const counts = { up: 0, down: 0, unknown: 0, registered: 0, unregistered: 0 }
    for (const watch of this.watches()) {
      for (const target of watch.trunk.targets) counts[watch.health(target)?.state ?? 'unknown']++
      const { registration } = watch
      if (registration) counts[registration.state.name === 'registered' ? 'registered' : 'unregistered']++
    }
    return counts
  }

  /** None of its targets is there, as far as is known. */
  isDown({ id, targets }: Trunk): boolean {
    const watch = this.watch(id)
    return (
      watch !== undefined && targets.length > 0 && targets.every((target) => watch.health(target)?.state === 'down')
    )
  }

  /** The targets of a trunk in the order in which a call asks them now. */
  inOrder(trunk: Trunk): readonly TrunkTarget[] {
    return this.watch(trunk.id)?.inOrder() ?? trunk.targets
  }
}
