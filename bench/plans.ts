import { type Catalogue, clientKinds, planSite, profileFormat, type SiteOption, type SiteProfile } from '@vaxel/site'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import type { Figure, Measurement } from './figure.ts'

const system = 'vaxel'
const today = '2026-01-15'

/** The same numbers from 0 to 1 in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A site with some of everything that its catalogue asks about. */
function anySite({ id, options }: Catalogue, index: number, next: () => number): SiteProfile {
  const upTo = (most: number): number => Math.floor(next() * (most + 1))
  const answer = ({ kind, choices = [] }: SiteOption): boolean | number | string =>
    kind === 'flag' ? next() < 0.5 : kind === 'count' ? upTo(60) : (choices[upTo(choices.length - 1)]?.id ?? '')
  const scale = 10 ** upTo(4)
  return {
    format: profileFormat,
    name: `Site ${index}`,
    system: id,
    people: Object.fromEntries(clientKinds.map((kind) => [kind, next() < 0.5 ? 0 : upTo(scale)])),
    agents: { loggedOn: upTo(scale / 10), client: 'softphone' },
    options: Object.fromEntries(options.map((option) => [option.id, answer(option)])),
    connection: next() < 0.8 ? 'internet' : 'private-network',
    proxy: next() < 0.2 ? 'forced' : 'none',
    networks: { inside: [`10.${index % 256}.0.0/16`], stateful: next() < 0.9 },
    voice: { codec: next() < 0.5 ? 'g711' : 'opus', connectionMbps: 10 * (1 + upTo(100)) },
    traffic: {
      externalCallsPerHour: upTo(scale),
      averageCallSeconds: 60 + upTo(300),
      agentCallsPerHour: upTo(scale),
      averageHandlingSeconds: 60 + upTo(300),
    },
    secrets: [{ requirement: 'own', subject: 'Certificate', notAfter: '2026-12-31', owner: 'it@example.com' }],
  }
}

/** How long it takes to plan ten thousand sites of all catalogues, one after another, each with other answers. */
export const plans: Measurement = {
  name: 'plans',
  async run(progress, { isQuick }) {
    const count = isQuick ? 1000 : 10_000
    const next = numbersFrom(1)
    const sites = Array.from({ length: count }, (_, index) => {
      const catalogue = deliveredCatalogues[index % deliveredCatalogues.length]!
      return { catalogue, profile: anySite(catalogue, index, next) }
    })
    progress(`${count} sites of ${deliveredCatalogues.length} catalogues`)
    let openings = 0
    const times: number[] = []
    const startedMs = performance.now()
    for (const { catalogue, profile } of sites) {
      const begunMs = performance.now()
      openings += planSite(catalogue, profile, { today }).openings.length
      times.push(performance.now() - begunMs)
    }
    const seconds = (performance.now() - startedMs) / 1000
    times.sort((a, b) => a - b)
    const note = `${count} sites of mixed options by ${deliveredCatalogues.length} catalogues, ${openings} openings`
    const figures: Figure[] = [
      {
        id: 'plans.all',
        what: `plans of ${count} sites, one after another`,
        system,
        value: seconds,
        unit: 's',
        note,
        ...(!isQuick && { aim: { most: 10 } }),
      },
      {
        id: 'plans.slowest',
        what: 'one plan, the slowest in a hundred',
        system,
        value: times[Math.floor(times.length * 0.99)] ?? 0,
        unit: 'ms',
        note: 'up to 10,000 people of each kind, with lines and agents by Erlang',
      },
    ]
    return figures
  },
}
