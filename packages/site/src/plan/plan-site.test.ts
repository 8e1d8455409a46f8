import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { deliveredCatalogues } from '../catalogues/index.ts'
import { readProfile } from '../file/index.ts'
import { profileFormat, type SiteProfile } from '../profile/site-profile.ts'
import { describePlan } from './describe-plan.ts'
import { inCall } from './plan-bandwidth.ts'
import { planSite } from './plan-site.ts'
import { planWords } from './plan-words.ts'
import { profileTemplate } from './profile-template.ts'

const today = '2026-11-21'
const newest = (id: string): Catalogue => deliveredCatalogues.findLast((one) => one.id === id)!
const oldest = (id: string): Catalogue => deliveredCatalogues.find((one) => one.id === id)!

const profile = (system: string, more: Partial<SiteProfile>): SiteProfile => ({
  format: profileFormat,
  name: 'Site',
  system,
  people: {},
  connection: 'internet',
  ...more,
})

const planned = (id: string, more: Partial<SiteProfile>) => planSite(newest(id), profile(id, more), { today })

describe('the worked example of 165 employees', () => {
  const catalogue = oldest('telia-touchpoint-plus')
  const file = readFileSync(new URL('../../../../docs/site-plan-example.json', import.meta.url), 'utf8')
  const read = readProfile(file, catalogue)
  assert.ok(read.ok)
  const plan = planSite(catalogue, read.value, { today })

  it('is exactly 3.264 Mbit/s by the four lines of the document', () => {
    const { kbps, lines } = plan.bandwidth.document
    assert.equal(kbps, 3264)
    assert.deepEqual(
      lines.map((one) => [one.formula, one.kbps]),
      [
        ['10 × 100 kbit/s = 1000 kbit/s', 1000],
        ['10 × 100 kbit/s = 1000 kbit/s', 1000],
        ['10 × 100 kbit/s = 1000 kbit/s', 1000],
        ['165 × 1.6 kbit/s = 264 kbit/s', 264],
      ],
    )
    for (const language of ['en', 'sv', 'fr'] as const) assert.match(describePlan(plan, language), /3[.,]264 Mbit\/s/)
  })

  it('has beside it what the document leaves out: the calls of the agents, and the presence of Skype', () => {
    const { honest, verdict } = plan.bandwidth
    assert.equal(honest.callsAtOnce, 45)
    assert.ok(honest.lines.some(({ key, kbps }) => key === 'honestAgents' && kbps === 1368))
    assert.ok(honest.lines.some(({ requirementIds }) => requirementIds.includes('tp-bandwidth-skype-presence')))
    // (45 × 91.2 × 1.05 + 264 + 80 + 165) × 1.2
    assert.equal(honest.kbps, 5781.84)
    assert.ok(honest.byLayer.ip < honest.byLayer.ethernet && honest.byLayer.ethernet < honest.byLayer.wire)
    assert.equal(verdict, 'carries')
  })

  it('shows the contradiction that touches its figures', () => {
    const ids = plan.contradictions.filter((one) => one.touchesFigures).map((one) => one.requirementId)
    assert.ok(ids.includes('tp-bandwidth-call') && ids.includes('tp-bandwidth-skype-presence'))
  })

  it('counts lines and agents with their neighbours', () => {
    assert.equal(plan.lines?.lines, 30)
    assert.deepEqual(
      plan.lines?.around.map(({ lines }) => lines),
      [29, 30, 31],
    )
    assert.equal(plan.agents?.agents, 14)
    assert.ok(plan.agents!.loggedOn!.serviceLevel > 0.94)
    assert.ok(plan.agents!.explained.some(({ key }) => key === 'nobodyGivesUp'))
  })

  it('does not fit through a connection of 5 Mbit/s, is tight with 7, and nobody knows without one', () => {
    const verdict = (connectionMbps: number | undefined) => {
      const { connectionMbps: _, ...voice } = read.value.voice ?? {}
      const changed = { ...read.value, voice: { ...voice, ...(connectionMbps !== undefined && { connectionMbps }) } }
      return planSite(catalogue, changed, { today }).bandwidth.verdict
    }
    assert.deepEqual([5, 7, 20, undefined].map(verdict), ['too-small', 'tight', 'carries', 'unknown'])
  })

  it('is not measured by a connection of 0 Mbit/s, which nobody has', () => {
    for (const people of [{}, { softphone: 10 }]) {
      const plan = planned('telia-touchpoint-plus', { people, voice: { connectionMbps: 0 } })
      assert.equal(plan.bandwidth.verdict, 'unknown')
      for (const language of ['en', 'sv', 'fr'] as const)
        assert.doesNotMatch(describePlan(plan, language), /NaN|∞|Infinity/)
    }
  })

  it('is planned by the edition of 2025 too, with networks to open', () => {
    const { version: _, options: __, ...rest } = read.value
    const later = planSite(
      newest('telia-touchpoint-plus'),
      { ...rest, options: { exchange: 'on-premise', phoneMaker: 'snom' } },
      { today: '2025-11-21' },
    )
    assert.ok(later.openings.some(({ openBy }) => openBy === '2026'))
    assert.ok(later.calendar.some(({ kind, day }) => kind === 'open-by' && day === '2026-01-01'))
  })
})

describe('calls at once', () => {
  it('are whole ones, rounded up, whatever binary fractions make of a share', () => {
    // 0.07 × 100 is 7.000000000000001 in binary fractions.
    assert.deepEqual([inCall(100, 0.07), inCall(150, 0.2), inCall(1, 0.2), inCall(0, 1)], [7, 30, 1, 0])
  })
})

describe('bandwidth within the site', () => {
  it('is told apart, for a server that stands there', () => {
    const { document, honest, inside } = planned('akio-tws', { people: { softphone: 100 } }).bandwidth
    assert.equal(document.kbps, 0)
    // 20 calls of 84 kbit/s, as the document says
    assert.equal(inside.lines.find(({ requirementIds }) => requirementIds.includes('tws-bandwidth-voice'))?.kbps, 1680)
    assert.ok(!honest.lines.some(({ requirementIds }) => requirementIds.includes('tws-bandwidth-start')))
  })
})

describe('machines', () => {
  const tws = (more: Partial<SiteProfile>, requirement: string) =>
    planned('akio-tws', more).machines.find((one) => one.requirementId === requirement)!
  const memory = (more: Partial<SiteProfile>) => {
    const { outcome, gives } = tws(more, 'tws-server-sizing')
    return outcome === 'found' ? gives.find(({ name }) => name.startsWith('memory'))?.value : outcome
  }

  it('are read from the row that holds users and calls', () => {
    assert.equal(memory({ people: { softphone: 50 } }), 12)
    assert.equal(memory({ people: { softphone: 101 } }), 16)
    assert.equal(memory({ people: { softphone: 50 }, traffic: { externalCallsPerHour: 20_000 } }), 32)
    assert.equal(memory({ people: { softphone: 4000 }, traffic: { externalCallsPerHour: 10_000 } }), 20)
  })

  it('are one row larger with SmartAttendant, and asked for with more than two', () => {
    const people = { softphone: 900 }
    assert.equal(memory({ people }), 16)
    assert.equal(memory({ people: { ...people, attendant: 2 } }), 20)
    assert.equal(memory({ people: { ...people, attendant: 3 } }), 'ask')
  })

  it('are asked for beyond the table, never guessed', () => {
    assert.equal(memory({ people: { softphone: 8001 } }), 'ask')
    assert.equal(memory({ people: { softphone: 8000, attendant: 1 } }), 'ask')
    const beyond = tws({ people: { softphone: 8001 } }, 'tws-server-sizing')
    assert.ok(beyond.explained.some(({ key }) => key === 'beyondTable'))
  })

  it('say which criterion nobody told', () => {
    const { explained } = tws({ people: { softphone: 10 } }, 'tws-server-sizing')
    assert.ok(explained.some(({ key }) => key === 'limitUnknown'))
  })

  it('count channels with those that are delivered, cores, and what may not be virtual', () => {
    const site = { people: { softphone: 240 }, options: { mediaChannels: 50, virtual: true } }
    assert.deepEqual(
      tws(site, 'tws-media-server-channels').gives.map(({ value, toOrder }) => [value, toOrder]),
      [
        [5, 3],
        [9, 7],
      ],
    )
    assert.equal(tws(site, 'tws-media-server-cores').gives[0]?.value, 7)
    assert.ok(
      planned('akio-tws', site).unsupported.some(({ requirementId }) => requirementId === 'tws-media-server-physical'),
    )
    const small = { people: { softphone: 25 }, options: { mediaChannels: 2 } }
    assert.deepEqual(
      tws(small, 'tws-media-server-channels').gives.map(({ toOrder }) => toOrder),
      [0, 0],
    )
  })

  it('count one monitor user for each 600, rounded up, and none for nobody', () => {
    const users = (integrated: number) =>
      planned('telia-touchpoint-plus', { people: { integrated }, options: { teams: 'presence' } }).machines.find(
        ({ requirementId }) => requirementId === 'tp-teams-monitor-users',
      )?.gives[0]?.value
    assert.deepEqual([0, 1, 600, 601, 1200].map(users), [0, 1, 1, 2, 2])
  })
})

describe('licences', () => {
  it('are those of the way people work, with their count and what may run beside', () => {
    const { licences } = planned('myportal-work', {
      people: { softphone: 12 },
      options: { ucMode: 'suite', lan: true, beside: 'desktop' },
    })
    const office = licences.find(({ requirementId }) => requirementId === 'mp-licence-lan')
    assert.deepEqual([office?.count, office?.anyOf.length], [12, 2])
    assert.deepEqual(licences.find(({ requirementId }) => requirementId === 'mp-beside-uc-user')?.with, [
      'myPortal for Desktop',
    ])
    assert.ok(!licences.some(({ requirementId }) => requirementId === 'mp-licence-deskshare'))
  })

  it('are of unknown number where the answers do not tell', () => {
    const { licences } = planned('myportal-work', { people: { softphone: 2 }, options: { mulap: true } })
    assert.ok(
      licences.some(({ requirementId, count }) => requirementId === 'mp-licence-mulap-device' && count === undefined),
    )
  })
})

describe('what the profile leaves open or gets wrong', () => {
  const keys = (id: string, more: Partial<SiteProfile>) => planned(id, more).remarks.map(({ key }) => key)

  it('is said', () => {
    const found = keys('telia-touchpoint-plus', {
      people: { softphone: 1 },
      options: { colour: 'red', exchange: 'maybe' },
      proxy: 'forced',
      networks: { stateful: false },
    })
    for (const key of [
      'optionUnknown',
      'choiceUnknown',
      'insideUnknown',
      'stateless',
      'udpThroughProxy',
      'linesUnknown',
    ])
      assert.ok(
        found.some((one) => one === key),
        key,
      )
    assert.ok(keys('akio-tws', {}).includes('nobodyHere'))
    assert.ok(keys('telia-touchpoint-plus', { options: { exchange: 'on-premise' } }).includes('placeUnknown'))
  })

  it('includes more lines by traffic than calls by share', () => {
    const traffic = { externalCallsPerHour: 1000, averageCallSeconds: 300 }
    assert.ok(keys('telia-touchpoint-plus', { people: { softphone: 10 }, traffic }).includes('linesAboveShare'))
  })

  it('says what it wants and nobody supports', () => {
    const { unsupported } = planned('telia-touchpoint-plus', {
      people: { softphone: 1 },
      options: { thinClients: true },
    })
    const thin = unsupported.find(({ requirementId }) => requirementId === 'tp-thin-clients')
    assert.deepEqual([thin?.wanted, thin?.asIs], [true, true])
  })

  it('does not break on traffic that nobody can have', () => {
    const plan = planned('telia-touchpoint-plus', {
      people: { softphone: 1 },
      agents: { loggedOn: 1, client: 'softphone' },
      traffic: {
        externalCallsPerHour: 1e7,
        averageCallSeconds: 86_400,
        blocking: 0,
        agentCallsPerHour: 1e7,
        averageHandlingSeconds: 86_400,
        serviceLevel: { share: 1, withinSeconds: 0 },
      },
    })
    assert.equal(plan.lines?.lines, undefined)
    assert.equal(plan.agents?.agents, undefined)
  })
})

describe('templates and words', () => {
  it('a template of every catalogue is a valid profile that can be planned and told in three languages', () => {
    for (const catalogue of deliveredCatalogues) {
      const read = readProfile(JSON.stringify(profileTemplate(catalogue)), catalogue)
      assert.ok(read.ok, JSON.stringify(read))
      const plan = planSite(catalogue, read.value, { today })
      for (const language of ['en', 'sv', 'fr'] as const)
        assert.doesNotMatch(describePlan(plan, language), /undefined|\{\w+\}/)
    }
  })

  it('every language of a sentence has the same values', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted()
    for (const [key, { en, sv, fr }] of Object.entries(planWords)) {
      assert.deepEqual(names(sv), names(en), key)
      assert.deepEqual(names(fr), names(en), key)
    }
  })
})
