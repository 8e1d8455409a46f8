import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { factsOf } from '../catalogue/condition.ts'
import type { Address, Requirement } from '../catalogue/requirement.ts'
import { readCatalogue } from '../file/read.ts'
import { readIpRange } from '../net/ip-range.ts'
import { clientKinds } from '../profile/site-profile.ts'
import { deliveredCatalogues } from './index.ts'

const nameOf = ({ id, version }: Catalogue): string => `${id} ${version}`

const knownFacts = ({ options }: Catalogue): Set<string> =>
  new Set([
    ...clientKinds.map((kind) => `people.${kind}`),
    'people.total',
    'agents',
    'connection',
    'proxy',
    'firewall',
    ...options.map(({ id }) => `option.${id}`),
  ])

const sectionsNamed = (catalogue: Catalogue): Set<string> =>
  new Set(
    catalogue.requirements.flatMap(({ provenance }) =>
      provenance.map(({ document, version, section }) => `${document} ${version} ${section}`),
    ),
  )

const addressesOf = ({ body }: Requirement): readonly Address[] =>
  body.kind === 'flow'
    ? [...(body.from.addresses ?? []), ...(body.to.addresses ?? [])]
    : body.kind === 'lan'
      ? (body.addresses ?? [])
      : []

const placesOf = ({ body }: Requirement): readonly string[] => {
  if (body.kind === 'flow') return [body.from.place, body.to.place]
  if (body.kind === 'bandwidth') return body.between
  if (body.kind === 'quality') return body.segment
  return body.kind === 'tls' ? [body.of] : []
}

for (const catalogue of deliveredCatalogues)
  describe(`the catalogue ${nameOf(catalogue)}`, () => {
    const ids = new Set(catalogue.requirements.map(({ id }) => id))

    it('is a file that everybody can read', () => {
      const read = readCatalogue(JSON.stringify(catalogue))
      assert.deepEqual(read, { ok: true, value: catalogue })
    })

    it('has an id for each requirement', () => {
      assert.equal(ids.size, catalogue.requirements.length)
      for (const id of ids) assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)+$/)
    })

    it('says of each section what it became, or why nothing', () => {
      const named = sectionsNamed(catalogue)
      const sections = catalogue.documents.flatMap(({ id, version, sections: all }) =>
        all.map(({ number, without }) => ({ key: `${id} ${version} ${number}`, without })),
      )
      for (const { key, without } of sections)
        assert.equal(named.has(key), without === undefined, `${key}: ${without ?? 'no requirement names it'}`)
      const known = new Set(sections.map(({ key }) => key))
      assert.deepEqual(
        [...named].filter((key) => !known.has(key)),
        [],
      )
    })

    it('names where each requirement comes from, and how it is proven or why it cannot be', () => {
      for (const { id, provenance, checks, unverifiable } of catalogue.requirements) {
        if (catalogue.documents.length > 0) assert.ok(provenance.length > 0, `${id} has no source`)
        assert.equal(checks.length === 0, unverifiable !== undefined, `${id}: checks or a reason, one of both`)
      }
    })

    it('keeps both sides of each contradiction, and says what it is', () => {
      const byId = new Map(catalogue.requirements.map((one) => [one.id, one]))
      for (const { id, conflictsWith = [], conflict } of catalogue.requirements)
        for (const other of conflictsWith) {
          assert.ok(byId.get(other)?.conflictsWith?.includes(id), `${other} does not name ${id}`)
          assert.ok(conflict, `${id} does not say what contradicts`)
        }
    })

    it('asks for known facts and choices only', () => {
      const known = knownFacts(catalogue)
      const walk = (condition: Requirement['appliesWhen'], id: string): void => {
        if (condition === 'always') return
        if ('all' in condition) for (const part of condition.all) walk(part, id)
        else if ('any' in condition) for (const part of condition.any) walk(part, id)
        else if ('not' in condition) walk(condition.not, id)
        else if ('is' in condition && typeof condition.is === 'string') {
          const option = catalogue.options.find((one) => `option.${one.id}` === condition.fact)
          if (option)
            assert.ok(
              option.choices?.some((one) => one.id === condition.is),
              `${id}: ${condition.fact} is never ${condition.is}`,
            )
        }
      }
      for (const { id, appliesWhen } of catalogue.requirements) {
        for (const fact of factsOf(appliesWhen)) assert.ok(known.has(fact), `${id}: nobody knows ${fact}`)
        walk(appliesWhen, id)
      }
    })

    it('asks about nothing that changes nothing', () => {
      const asked = new Set(catalogue.requirements.flatMap(({ appliesWhen }) => factsOf(appliesWhen)))
      assert.deepEqual(
        catalogue.options.filter(({ id }) => !asked.has(`option.${id}`)).map(({ id }) => id),
        [],
      )
    })

    it('goes between known places, with addresses and ports that exist', () => {
      const places = new Set(catalogue.places.map(({ name }) => name))
      assert.equal(places.size, catalogue.places.length)
      for (const requirement of catalogue.requirements) {
        for (const place of placesOf(requirement)) assert.ok(places.has(place), `${requirement.id}: no place ${place}`)
        for (const { network, name } of addressesOf(requirement)) {
          assert.ok(network !== undefined || name !== undefined, requirement.id)
          if (network !== undefined) assert.ok(readIpRange(network), `${requirement.id}: ${network}`)
          if (name !== undefined) assert.match(name, /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/)
        }
        if (requirement.body.kind !== 'flow') continue
        for (const { from, to } of requirement.body.ports)
          assert.ok(from >= 1 && from <= to && to <= 65_535, `${requirement.id}: ${from}-${to}`)
        assert.equal(requirement.body.ports.length === 0, requirement.body.protocol === 'icmp', requirement.id)
      }
    })
  })

describe('the delivered catalogues', () => {
  it('rise in version, each version once', () => {
    const newest = new Map<string, string>()
    for (const { id, version } of deliveredCatalogues) {
      assert.match(version, /^\d{10}$/)
      assert.ok(version > (newest.get(id) ?? ''), `${id} ${version}`)
      newest.set(id, version)
    }
  })
})
