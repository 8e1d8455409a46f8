import type { Clock, CompanyId, Logger, Refusal, UserId } from '@vaxel/base'
import { CatalogueNotYours, CatalogueOlder, InvalidRequest, NotFound, type OperationReply } from '@vaxel/contract'
import type { listSiteCatalogues } from '@vaxel/contract'
import type { SiteStore } from '@vaxel/core'
import type { Catalogue } from '@vaxel/site'
import { sameRequirements } from '@vaxel/site/catalogues'
import { readCatalogue } from '@vaxel/site/file'

type Entry = OperationReply<typeof listSiteCatalogues>['items'][number]

/** Id of the catalogue that is made from the running configuration. */
export const ownId = 'vaxel'

/** Versions of one catalogue that are kept; the oldest of the own ones are not listed any more. */
const mostVersions = 50

/** All catalogues in memory: those of the program, the own one of this platform, and published ones. */
export class CatalogueShelf {
  readonly #store: SiteStore
  readonly #clock: Clock
  readonly #log: Logger
  readonly #delivered: readonly Catalogue[]
  /** By id, oldest first. */
  readonly #versions = new Map<string, Catalogue[]>()
  #revision = 0

  constructor(options: { sites: SiteStore; delivered: readonly Catalogue[]; clock: Clock; log: Logger }) {
    this.#store = options.sites
    this.#clock = options.clock
    this.#log = options.log
    this.#delivered = options.delivered
    for (const catalogue of options.delivered) this.#place(catalogue)
  }

  /** Reads what is kept, and keeps the own catalogue anew if what the platform asks of a site has changed since. */
  async load(makeOwn: (version: string, publishedAt: string) => Catalogue): Promise<void> {
    for (const kept of await this.#store.catalogues()) {
      const read = readCatalogue(kept.content)
      if (read.ok) this.#place(read.value)
      else
        this.#log.warn('a kept catalogue cannot be read any more', {
          catalogue: `${kept.id}@${kept.version}`,
          mistake: read.mistakes[0]?.reason,
        })
    }
    const day = new Date(this.#clock.now()).toISOString().slice(0, 10)
    const last = this.newest(ownId)
    const version = nextVersion(day, last?.version)
    const own = makeOwn(version, day)
    if (last && sameRequirements(last, own)) return
    this.#place(own)
    await this.#store.putCatalogue({ id: ownId, version, keptAtMs: this.#clock.now(), content: own })
  }

  /** Changes with every change of the shelf. */
  get revision(): number {
    return this.#revision
  }

  newest(id: string): Catalogue | undefined {
    return this.#versions.get(id)?.at(-1)
  }

  find(id: string, version?: string): Catalogue | undefined {
    return version === undefined ? this.newest(id) : this.#versions.get(id)?.find((one) => one.version === version)
  }

  versionsOf(id: string): readonly Catalogue[] {
    return this.#versions.get(id) ?? []
  }

  get ids(): readonly string[] {
    return [...this.#versions.keys()].sort()
  }

  entries(): Entry[] {
    return this.ids.map((id) => this.#entry(id))
  }

  async publish(id: string, body: unknown, by: { userId: UserId; companyId: CompanyId }): Promise<Entry | Refusal> {
    if (id === ownId || this.#delivered.some((one) => one.id === id)) return CatalogueNotYours()
    const read = readCatalogue(body)
    if (!read.ok) return InvalidRequest(undefined, { mistakes: read.mistakes })
    const catalogue = read.value
    if (catalogue.id !== id)
      return InvalidRequest(undefined, { mistakes: [{ path: '/id', reason: `must be ${id}, as in the path` }] })
    const last = this.newest(id)
    if (last && last.version >= catalogue.version)
      return CatalogueOlder(`${last.version} is published already; give yours a later version.`)
    await this.#store.putCatalogue(
      { id, version: catalogue.version, publishedBy: by.userId, keptAtMs: this.#clock.now(), content: catalogue },
      {
        kind: 'site.published',
        atMs: this.#clock.now(),
        companyId: by.companyId,
        data: { catalogue: id, version: catalogue.version, by: `user:${by.userId}` },
      },
    )
    this.#place(catalogue)
    return this.#entry(id)
  }

  read(id: string, version: string | undefined): Catalogue | Refusal {
    return (
      this.find(id, version) ?? NotFound(version === undefined ? undefined : 'There is no such catalogue or version.')
    )
  }

  #entry(id: string): Entry {
    const versions = this.versionsOf(id)
    const { title, provider, language } = versions.at(-1)!
    const source = id === ownId ? 'vaxel' : this.#delivered.some((one) => one.id === id) ? 'delivered' : 'published'
    return {
      id,
      title,
      provider,
      language,
      source,
      versions: versions.slice(-mostVersions).map(({ version, publishedAt, requirements }) => ({
        version,
        publishedAt,
        requirements: requirements.length,
      })),
    }
  }

  #place(catalogue: Catalogue): void {
    const versions = this.#versions.get(catalogue.id) ?? []
    const others = versions.filter(({ version }) => version !== catalogue.version)
    this.#versions.set(
      catalogue.id,
      [...others, catalogue].sort((a, b) => (a.version < b.version ? -1 : 1)),
    )
    this.#revision += 1
  }
}

/** The first version of a day, or the next after one that is there already. */
function nextVersion(day: string, last: string | undefined): string {
  const first = `${day.replaceAll('-', '')}01`
  return last !== undefined && last >= first ? String(Number(last) + 1) : first
}
