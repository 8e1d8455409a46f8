import type { CompanyId, UserId } from '@vaxel/base'
import {
  type CentreStore,
  type Channel,
  type ChannelHands,
  type Company,
  type Directory,
  emptyCentre,
  timeZoneOf,
  type WorkItem,
} from '@vaxel/core'
import { CentreOwner, type OwnerParts } from './centre-owner.ts'

/** What the contact centres of all companies share. */
export interface CentresParts extends Omit<OwnerParts, 'hands' | 'agentsChanged'> {
  readonly centres: CentreStore
  readonly directory: Directory
}

export type AgentsListener = (companyId: CompanyId, agents: ReadonlySet<UserId>) => void

/** The owners of all companies' contact centres. A company has one from its first publication on. */
export class Centres {
  readonly #parts: CentresParts
  readonly #owners = new Map<CompanyId, CentreOwner>()
  readonly #starting = new Map<CompanyId, Promise<CentreOwner>>()
  readonly #hands = new Map<Channel, ChannelHands>()
  readonly #listeners = new Set<AgentsListener>()

  constructor(parts: CentresParts) {
    this.#parts = parts
  }

  provide(channel: Channel, hands: ChannelHands): void {
    this.#hands.set(channel, hands)
  }

  hands(channel: Channel): ChannelHands | undefined {
    return this.#hands.get(channel)
  }

  onAgents(listener: AgentsListener): void {
    this.#listeners.add(listener)
  }

  /** Undefined where nothing was ever published. */
  owner(companyId: CompanyId): CentreOwner | undefined {
    return this.#owners.get(companyId)
  }

  /** Begins what was published before the start: what waited goes on waiting, calls are over. */
  async start(): Promise<void> {
    await Promise.all([...this.#parts.centres.all()].map(({ companyId }) => this.published(companyId)))
  }

  /** A centre was published, or somebody of it is gone: its owner is told, or begins. */
  async published(companyId: CompanyId): Promise<void> {
    const company = this.#parts.directory.company(companyId)
    if (!company || !this.#parts.centres.published(companyId)) return
    const owner = this.#owners.get(companyId)
    if (owner) {
      await this.#configure(owner, company)
      return
    }
    const underWay = this.#starting.get(companyId)
    const starting = underWay ?? this.#begin(company)
    this.#starting.set(companyId, starting)
    try {
      const begun = await starting
      this.#owners.set(companyId, begun)
      // It may have begun with what was published before this.
      if (underWay) await this.#configure(begun, company)
    } finally {
      this.#starting.delete(companyId)
    }
  }

  /** Of companies that are gone. */
  forget(isCompanyGone: (companyId: CompanyId) => boolean): void {
    for (const [companyId, owner] of this.#owners)
      if (isCompanyGone(companyId)) {
        owner.close()
        this.#owners.delete(companyId)
      }
  }

  close(): void {
    for (const owner of this.#owners.values()) owner.close()
  }

  async #begin(company: Company): Promise<CentreOwner> {
    const { work, clock } = this.#parts
    const owner = new CentreOwner(company.id, {
      ...this.#parts,
      hands: (channel) => this.#hands.get(channel),
      agentsChanged: (companyId, agents) => {
        for (const listener of this.#listeners) listener(companyId, agents)
      },
    })
    const restored = await work.restore(company.id, clock.now())
    await this.#configure(owner, company)
    await owner.take({ kind: 'restored', ...restored } as Parameters<CentreOwner['take']>[0])
    await this.#closeWhatIsGone(owner, new Map(restored.items.map(({ item, endedAtMs }) => [item.id, endedAtMs])))
    return owner
  }

  /** Who cannot be asked at the moment says nothing: a customer is not forgotten for that. */
  async #exists(item: WorkItem): Promise<boolean | undefined> {
    try {
      return await this.#hands.get(item.channel)?.exists?.(item)
    } catch (error) {
      this.#parts.log.error('a channel does not know whether an item still exists', {
        itemId: item.id,
        error: String(error),
      })
      return undefined
    }
  }

  /** As it is published, without those whose account is gone: what waited for them, or was put aside by them, is for the others. */
  async #configure(owner: CentreOwner, company: Company): Promise<void> {
    const { centres, directory } = this.#parts
    const published = centres.published(company.id)?.centre ?? emptyCentre
    const agents = published.agents.filter(({ userId }) => directory.user(userId) !== undefined)
    const centre = agents.length === published.agents.length ? published : { ...published, agents }
    await owner.take({ kind: 'configured', centre, timeZone: timeZoneOf(company) })
  }

  /** Calls ended with the process, and so did those by which customers were called back; of other items their channel knows. */
  async #closeWhatIsGone(owner: CentreOwner, endOf: ReadonlyMap<string, number | undefined>): Promise<void> {
    for (const { item, state } of [...owner.state.items.values()]) {
      if (item.channel === 'callBack' && state === 'assigned')
        await owner.take({ kind: 'itemReturned', itemId: item.id, why: 'restarted' })
      else if (item.channel === 'call') {
        const atMs = endOf.get(item.id)
        await owner.take({ kind: 'itemLeft', itemId: item.id, ...(atMs === undefined ? {} : { atMs }) })
      } else if ((await this.#exists(item)) === false)
        await owner.take({ kind: 'itemClosed', itemId: item.id, why: 'gone' })
    }
  }
}
