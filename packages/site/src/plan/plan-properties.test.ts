import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Catalogue, requirementsOf } from '../catalogue/catalogue.ts'
import { deliveredCatalogues } from '../catalogues/index.ts'
import { clientKinds, profileFormat, type SiteProfile } from '../profile/site-profile.ts'
import { applicableRequirements } from './applicable.ts'
import { makeOpenings } from './make-openings.ts'
import { planSite } from './plan-site.ts'

const today = '2026-01-15'
const runs = { numRuns: 60 }

/** A catalogue and any site that answers its questions. */
const sites: fc.Arbitrary<{ catalogue: Catalogue; profile: SiteProfile }> = fc
  .constantFrom(...deliveredCatalogues)
  .chain((catalogue) => {
    const options = Object.fromEntries(
      catalogue.options.map(({ id, kind, choices = [] }) => [
        id,
        kind === 'flag'
          ? fc.boolean()
          : kind === 'count'
            ? fc.nat(100)
            : fc.constantFrom(...choices.map((choice) => choice.id)),
      ]),
    )
    return fc
      .record({
        people: fc.record(Object.fromEntries(clientKinds.map((kind) => [kind, fc.nat(500)]))),
        shareInCall: fc.double({ min: 0, max: 1, noNaN: true }),
        agents: fc.record({ loggedOn: fc.nat(50), client: fc.constantFrom(...clientKinds) }),
        options: fc.record({ ...options, notAnOption: fc.boolean(), neitherThis: fc.boolean() }),
        connection: fc.constantFrom('internet' as const, 'private-network' as const),
        proxy: fc.constantFrom('none' as const, 'bypassed' as const, 'forced' as const),
        networks: fc.record({ stateful: fc.boolean() }),
        traffic: fc.record({
          externalCallsPerHour: fc.nat(2000),
          averageCallSeconds: fc.nat(600),
          agentCallsPerHour: fc.nat(500),
          averageHandlingSeconds: fc.nat(600),
        }),
      })
      .map((answers) => ({
        catalogue,
        profile: { format: profileFormat, name: 'Any', system: catalogue.id, ...answers },
      }))
  })

const reversed = (value: unknown): unknown =>
  Array.isArray(value) || typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, under]) => [key, reversed(under)]),
      )

describe('plans of any site', () => {
  it('never need less for more people', () => {
    fc.assert(
      fc.property(sites, fc.constantFrom(...clientKinds), fc.nat(100), ({ catalogue, profile }, kind, more) => {
        const larger = { ...profile, people: { ...profile.people, [kind]: (profile.people[kind] ?? 0) + more } }
        const before = planSite(catalogue, profile, { today })
        const after = planSite(catalogue, larger, { today })
        assert.ok(after.bandwidth.document.kbps >= before.bandwidth.document.kbps)
        assert.ok(after.bandwidth.honest.kbps >= before.bandwidth.honest.kbps)
        for (const { requirementId, count = 0 } of before.licences) {
          const same = after.licences.find((one) => one.requirementId === requirementId)
          assert.ok(!same || (same.count ?? 0) >= count)
        }
      }),
      runs,
    )
  })

  it('do not depend on the order of the fields of a profile', () => {
    fc.assert(
      fc.property(sites, ({ catalogue, profile }) => {
        assert.equal(
          JSON.stringify(planSite(catalogue, reversed(profile) as SiteProfile, { today })),
          JSON.stringify(planSite(catalogue, profile, { today })),
        )
      }),
      runs,
    )
  })

  it('cover every flow that counts and touches the site, with all of its ports', () => {
    fc.assert(
      fc.property(sites, ({ catalogue, profile }) => {
        const openings = makeOpenings(catalogue, profile, { today })
        const sideOf = new Map(catalogue.places.map(({ name, side }) => [name, side]))
        for (const { id, body } of requirementsOf(applicableRequirements(catalogue, profile, { today }), 'flow')) {
          if (sideOf.get(body.from.place) !== 'customer' && sideOf.get(body.to.place) !== 'customer') continue
          const mine = openings.filter(({ requirementIds }) => requirementIds.includes(id))
          assert.ok(mine.length > 0, id)
          for (const { from, to } of body.ports)
            assert.ok(
              mine.some(({ ports }) => ports.some((range) => range.from <= from && to <= range.to)),
              id,
            )
          if (body.bothWays) assert.ok(new Set(mine.map((one) => one.from.place)).size > 1, id)
        }
        const ids = openings.map(({ id }) => id)
        assert.equal(new Set(ids).size, ids.length)
      }),
      runs,
    )
  })
})
