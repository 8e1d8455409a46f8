import { type Clock, isRefusal, type Refusal } from '@vaxel/base'
import { InvalidRequest } from '@vaxel/contract'
import {
  type Catalogue,
  describePlan,
  deviceNames,
  type DeviceName,
  type Language,
  makeOpenings,
  planSite,
  ruleWords,
  say,
  type SiteProfile,
  writeRules,
} from '@vaxel/site'
import { type ComparisonTask, RuleThread } from './rule-thread.ts'
import type { CatalogueShelf } from './catalogue-shelf.ts'
import type { SiteService } from './site-service.ts'

interface Asked {
  readonly profile: unknown
  readonly language?: Language
}

/** Plans and firewall files from a profile that is not kept. */
export class PlanService {
  readonly #sites: SiteService
  readonly #shelf: CatalogueShelf
  readonly #clock: Clock
  readonly #thread: RuleThread

  constructor(options: { sites: SiteService; shelf: CatalogueShelf; clock: Clock }) {
    this.#sites = options.sites
    this.#shelf = options.shelf
    this.#clock = options.clock
    this.#thread = new RuleThread(options.clock)
  }

  plan({ profile, language = 'en' }: Asked) {
    const read = this.#read(profile)
    if (isRefusal(read)) return read
    const plan = planSite(read.catalogue, read.profile, { today: this.#today })
    return { plan: plan as unknown as Record<string, unknown>, text: describePlan(plan, language) }
  }

  rules({ profile, language = 'en', device }: Asked & { device: string }) {
    const read = this.#read(profile)
    if (isRefusal(read)) return read
    if (!isDevice(device))
      return InvalidRequest(undefined, {
        mistakes: [{ path: '/device', reason: `must be one of ${deviceNames.join(', ')}` }],
      })
    const openings = makeOpenings(read.catalogue, read.profile, { today: this.#today })
    const { name, mediaType, text, cannot, notes } = writeRules(openings, device, {
      language,
      site: read.profile.name,
      addresses: {},
    })
    return {
      name,
      mediaType,
      text,
      cannot: cannot.map(({ openingId, said }) => ({ openingId, sentence: say(ruleWords, language, said) })),
      notes: notes.map(({ said }) => say(ruleWords, language, said)),
    }
  }

  /** On a thread of its own; see {@link RuleThread}. */
  async compare({ profile, language = 'en', format, rules }: Asked & Pick<ComparisonTask, 'format' | 'rules'>) {
    const read = this.#read(profile)
    if (isRefusal(read)) return read
    const today = this.#today
    const openings = makeOpenings(read.catalogue, read.profile, { today })
    const result = await this.#thread.compare({ openings, rules, format, language, today })
    if (isRefusal(result)) return result
    return { comparison: result.comparison as unknown as Record<string, unknown>, text: result.text }
  }

  get #today(): string {
    return new Date(this.#clock.now()).toISOString().slice(0, 10)
  }

  #read(profile: unknown): { readonly profile: SiteProfile; readonly catalogue: Catalogue } | Refusal {
    const read = this.#sites.profileOf(profile, '/profile')
    if (isRefusal(read)) return read
    return { profile: read, catalogue: this.#shelf.find(read.system, read.version)! }
  }
}

const isDevice = (device: string): device is DeviceName => (deviceNames as readonly string[]).includes(device)
