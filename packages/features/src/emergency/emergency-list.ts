import type { Clock, CompanyId } from '@vaxel/base'
import type { listEmergencyCalls, OperationReply } from '@vaxel/contract'
import type { AuditReader, CallLedger, LedgerEvent } from '@vaxel/core'

export type EmergencyView = OperationReply<typeof listEmergencyCalls>['items'][number]

const shownMs = 24 * 3_600_000
const mostShown = 100

/**
 * What the ledger has of emergency calls of the last day. It is read once for each company and followed from then on: every page of the staff asks
 * for it, and it is few among much.
 */
export class EmergencyList {
  readonly #audit: AuditReader
  readonly #ledger: Pick<CallLedger, 'append'>
  readonly #clock: Clock
  readonly #ofCompanies = new Map<CompanyId, Promise<LedgerEvent[]>>()

  constructor(options: { audit: AuditReader; ledger: Pick<CallLedger, 'append'>; clock: Clock }) {
    this.#audit = options.audit
    this.#ledger = options.ledger
    this.#clock = options.clock
  }

  /** The latest first. */
  async views(companyId: CompanyId): Promise<EmergencyView[]> {
    const events = await this.#eventsOf(companyId)
    const fromMs = this.#clock.now() - shownMs
    const seen = new Map(
      events.filter(({ kind }) => kind === 'emergency.acknowledged').map((event) => [event.data.call, event]),
    )
    return events
      .filter(({ kind, atMs }) => kind === 'emergency.called' && atMs > fromMs)
      .slice(0, mostShown)
      .map((event) => viewOf(event, seen.get(event.data.call)))
  }

  /** Resolves when it is durable and in the list. */
  async add(event: LedgerEvent): Promise<void> {
    const { companyId } = event
    const events = await this.#eventsOf(companyId)
    await this.#ledger.append({ events: [event] })
    events.unshift(event)
    events.splice(2 * mostShown)
  }

  #eventsOf(companyId: CompanyId): Promise<LedgerEvent[]> {
    const known = this.#ofCompanies.get(companyId)
    if (known) return known
    const kinds = ['emergency.called', 'emergency.acknowledged']
    const reading = this.#audit.audit({ companyId, kinds, limit: 2 * mostShown })
    const events = reading.then((found): LedgerEvent[] => [...found])
    events.catch(() => this.#ofCompanies.delete(companyId))
    this.#ofCompanies.set(companyId, events)
    return events
  }
}

function viewOf({ atMs, data }: LedgerEvent, seen: LedgerEvent | undefined): EmergencyView {
  const text = (key: string) => textIn(data, key)
  const [userId, name, device, siteId, site] = ['userId', 'name', 'device', 'siteId', 'site'].map(text)
  const [location, address] = [text('location'), text('address')]
  return {
    callId: text('call') ?? '',
    at: new Date(atMs).toISOString(),
    dialled: text('dialled') ?? '',
    caller: {
      number: text('number') ?? '',
      ...(userId === undefined ? {} : { userId }),
      ...(name === undefined ? {} : { name }),
    },
    ...(device === undefined ? {} : { device }),
    ...(siteId === undefined || site === undefined ? {} : { site: { id: siteId, name: site } }),
    ...(location === undefined ? {} : { location }),
    ...(address === undefined ? {} : { address }),
    ...(data.isRefused === true ? { isRefused: true } : {}),
    ...(seen ? { seen: seenOf(seen) } : {}),
  }
}

const seenOf = ({ atMs, data }: LedgerEvent): NonNullable<EmergencyView['seen']> => ({
  at: new Date(atMs).toISOString(),
  userId: textIn(data, 'userId') ?? '',
  name: textIn(data, 'name') ?? '',
})

const textIn = (data: LedgerEvent['data'], key: string): string | undefined => {
  const value = data[key]
  return typeof value === 'string' ? value : undefined
}
