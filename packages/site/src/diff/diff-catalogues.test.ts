import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Address, FlowBody, Ports, Requirement, RequirementBody } from '../catalogue/requirement.ts'
import { deliveredCatalogues } from '../catalogues/index.ts'
import { touchpointPlus344, touchpointPlus354 } from '../catalogues/telia-touchpoint-plus/touchpoint-plus.ts'
import { readIpRange } from '../net/ip-range.ts'
import { type CatalogueChange, steps } from './catalogue-change.ts'
import { describeChanges } from './describe-changes.ts'
import { diffCatalogues } from './diff-catalogues.ts'
import { overlap } from './intervals.ts'

const changes = diffCatalogues(touchpointPlus344, touchpointPlus354)
const of = (id: string): readonly CatalogueChange[] => changes.filter(({ requirementId }) => requirementId === id)
const seen = ({ step, effect, element, before, after, by }: CatalogueChange): readonly unknown[] => [
  step,
  effect,
  element,
  before,
  after,
  by,
]

const requirement = (body: RequirementBody, more: Partial<Requirement> = {}): Requirement => ({
  id: 'a',
  title: 'A',
  level: 'required',
  appliesWhen: 'always',
  lostIfMissing: 'Nothing works.',
  responsible: 'customer',
  provenance: [],
  checks: ['tcp'],
  body,
  ...more,
})
const catalogue = (requirements: readonly Requirement[], more: Partial<Catalogue> = {}): Catalogue => ({
  format: 'vaxel-site-catalogue/1',
  id: 'c',
  title: 'C',
  provider: 'P',
  version: '2026010100',
  publishedAt: '2026-01-01',
  language: 'en',
  documents: [],
  places: [],
  options: [],
  requirements,
  ...more,
})
const flow = (addresses: readonly Address[], ports: readonly Ports[], more: Partial<FlowBody> = {}): FlowBody => ({
  kind: 'flow',
  from: { place: 'site' },
  to: { place: 'service', addresses },
  protocol: 'tcp',
  ports,
  carries: 'HTTPS',
  ...more,
})
const https: readonly Ports[] = [{ from: 443, to: 443 }]
const between = (before: RequirementBody, after: RequirementBody): readonly (readonly unknown[])[] =>
  diffCatalogues(catalogue([requirement(before)]), catalogue([requirement(after)])).map(seen)

describe('from Touchpoint Plus 3.44 to 3.54', () => {
  it('opens the new networks and the wider range of ports before 2026', () => {
    assert.deepEqual(of('tp-softphone-media').map(seen), [
      [1, 'added', 'address', undefined, '94.158.248.64/26', '2026'],
      [1, 'added', 'address', undefined, '94.158.248.128/26', '2026'],
      [1, 'widened', 'port', '49152-65535', '1024-65535', '2026'],
    ])
    for (const id of ['tp-portal-https', 'tp-phones-time', 'tp-phones-authentication', 'tp-exchange-opening'])
      assert.deepEqual(
        of(id).map(({ step, after, openBefore }) => [step, after, openBefore]),
        [
          [1, '94.158.248.64/26', '2026'],
          [1, '94.158.248.128/26', '2026'],
        ],
        id,
      )
  })

  it('keeps the year that another section names', () => {
    assert.deepEqual(
      of('tp-datanet-routing').map(({ after, by }) => [after, by]),
      [
        ['94.158.248.64/26', '2025'],
        ['94.158.248.128/26', '2025'],
      ],
    )
  })

  it('tells that Skype for Business is gone, and closes nothing of it by itself', () => {
    const gone = changes.filter(({ element, effect }) => element === 'option' && effect === 'removed')
    assert.deepEqual(
      gone.map(({ field, step }) => [field, step]),
      [
        ['skypeForBusiness', steps.change],
        ['skypePrivateCertificate', steps.change],
      ],
    )
    assert.deepEqual(
      of('tp-skype-to-mediation').map(({ step, impact }) => [step, impact.key]),
      [[4, 'keepAddresses']],
    )
  })

  it('opens ConnectMe, new in this edition', () => {
    for (const id of ['tp-connectme-login', 'tp-connectme-gateway', 'tp-connectme-signalling', 'tp-connectme-media'])
      assert.deepEqual(
        of(id).map(({ step, disposition, atOnce }) => [step, disposition, atOnce]),
        [[1, 'add', true]],
        id,
      )
    assert.equal(of('tp-connectme-browsers')[0]?.step, steps.change)
  })

  it('changes the addresses of start-up servers: Mitel’s to open, the old ones to close', () => {
    assert.deepEqual(of('tp-redirect-mitel').map(seen), [
      [1, 'added', 'address', undefined, '15.156.224.40', '2025-10-20'],
      [1, 'added', 'address', undefined, '15.156.224.41', '2025-10-20'],
      [3, 'removed', 'address', '216.191.234.139', undefined, '2025-10-20'],
    ])
    assert.deepEqual(of('tp-redirect-snom').map(seen), [
      [3, 'removed', 'address', '216.191.234.139', undefined, '2025-10-20'],
    ])
    assert.deepEqual(
      of('tp-redirect-mediatrix').map(({ before }) => before),
      ['192.99.54.246'],
    )
  })

  it('changes what Mac computers need', () => {
    assert.deepEqual(
      of('tp-softphone-macos').map(({ step, before, after }) => [step, before, after]),
      [[2, 'macOS 10.13 High Sierra, 10.14 Mojave', 'macOS (latest 2)']],
    )
  })

  it('never offers anything of the old network for closing', () => {
    const old = readIpRange('81.228.2.192/27')!
    for (const change of changes.filter(({ step }) => step === steps.mayClose))
      for (const text of [change.before, change.after].flatMap((one) => one?.split(', ') ?? [])) {
        const range = readIpRange(text)
        assert.ok(!text.includes('81.228.2'), change.id)
        if (range) assert.ok(!overlap(range, old), change.id)
      }
  })

  it('is sorted by what to do first, and each change has its own id', () => {
    const order = changes.map(({ step }) => step)
    assert.deepEqual(order, [...order].sort())
    assert.equal(new Set(changes.map(({ id }) => id)).size, changes.length)
  })

  it('is told in three languages', () => {
    const text = describeChanges(changes, 'en')
    assert.match(text, /^1\. Open before\n/)
    assert.match(text, /- UDP: wider: 49152-65535 becomes 1024-65535, before 2026/)
    assert.match(describeChanges(changes, 'sv'), /^1\. Öppna i förväg\n/)
    assert.match(describeChanges(changes, 'fr'), /^1\. À ouvrir avant\n/)
    for (const language of ['en', 'sv', 'fr'] as const)
      assert.doesNotMatch(describeChanges(changes, language), /\{\w+\}|undefined/)
    assert.equal(describeChanges([], 'en'), 'Nothing changed.\n')
  })
})

describe('changes between two versions', () => {
  it('are none between equal ones, whatever section they come from and however they are worded', () => {
    for (const one of deliveredCatalogues) assert.deepEqual(diffCatalogues(one, structuredClone(one)), [])
    const moved = requirement(flow([], https), {
      title: 'B',
      provenance: [{ document: 'd', version: '2', section: '9' }],
    })
    assert.deepEqual(diffCatalogues(catalogue([requirement(flow([], https))]), catalogue([moved])), [])
  })

  it('refuse two different catalogues', () => {
    assert.throws(() => diffCatalogues(catalogue([]), catalogue([], { id: 'other' })), RangeError)
  })

  it('see a network that grows or shrinks, however it is written', () => {
    const small = flow([{ network: '192.0.2.0/27' }], https)
    const large = flow([{ network: '192.0.2.0/26' }], https)
    const same = flow([{ network: '192.0.2.0-192.0.2.31' }], https)
    assert.deepEqual(between(small, same), [])
    assert.deepEqual(between(small, large), [[1, 'widened', 'address', '192.0.2.0/27', '192.0.2.0/26', '2026-01-01']])
    assert.deepEqual(between(large, small), [[3, 'narrowed', 'address', '192.0.2.0/26', '192.0.2.0/27', '2026-01-01']])
  })

  it('count one network that was split as unchanged, and a name under a wildcard as known', () => {
    const whole = flow([{ network: '2001:db8::/32' }, { name: '*.example.com' }], https)
    const parts = flow(
      [{ network: '2001:db8::/33' }, { network: '2001:db8:8000::/33' }, { name: 'a.example.com' }],
      https,
    )
    assert.deepEqual(between(whole, parts), [[4, 'narrowed', 'name', '*.example.com', 'a.example.com', '2026-01-01']])
  })

  it('open where a place without addresses stood for any, and close nothing where it gets some', () => {
    const any = flow([], https)
    const one = flow([{ network: '192.0.2.1' }], https)
    assert.deepEqual(between(one, any), [[1, 'widened', 'address', '192.0.2.1', 'any', '2026-01-01']])
    assert.deepEqual(between(any, one), [[4, 'narrowed', 'address', 'any', '192.0.2.1', '2026-01-01']])
  })

  it('offer an address for closing from the day that it is announced to go', () => {
    const before = flow([{ network: '192.0.2.1' }, { network: '192.0.2.2' }], https)
    const after = flow([{ network: '192.0.2.1', window: { retired: '2026-06-30' } }, { network: '192.0.2.2' }], https)
    assert.deepEqual(between(before, after), [[3, 'removed', 'address', '192.0.2.1', undefined, '2026-06-30']])
  })

  it('keep an address or a port that another requirement still uses', () => {
    const [a, b] = [{ network: '192.0.2.1' }, { network: '192.0.2.2' }]
    const before = catalogue([requirement(flow([a, b], https)), requirement(flow([a], https), { id: 'b' })])
    const after = catalogue([requirement(flow([b], https)), requirement(flow([a], https), { id: 'b' })])
    assert.deepEqual(diffCatalogues(before, after).map(seen), [
      [4, 'removed', 'address', '192.0.2.1', undefined, '2026-01-01'],
    ])
    const ports = [...https, { from: 5061, to: 5061 }]
    const twice = catalogue([requirement(flow([a], ports)), requirement(flow([a], ports), { id: 'b' })])
    const once = catalogue([requirement(flow([a], https)), requirement(flow([a], ports), { id: 'b' })])
    assert.deepEqual(diffCatalogues(twice, once).map(seen), [[4, 'removed', 'port', '5061', undefined, '2026-01-01']])
  })

  it('know harder from easier', () => {
    const software = (minimum: string): RequirementBody => ({
      kind: 'software',
      category: 'browser',
      for: 'calls',
      products: [{ name: 'Edge', minimum }],
    })
    assert.deepEqual(between(software('99'), software('123')), [
      [2, 'narrowed', 'version', 'Edge ≥ 99', 'Edge ≥ 123', '2026-01-01'],
    ])
    assert.equal(between(software('123'), software('99.5'))[0]?.[0], steps.know)
    const jitter = (value: number): RequirementBody => ({
      kind: 'quality',
      metric: 'jitter',
      operator: '<',
      value,
      unit: 'ms',
      segment: ['site', 'service'],
    })
    assert.deepEqual(between(jitter(20), jitter(10)), [[2, 'narrowed', 'value', '20', '10', '2026-01-01']])
    assert.equal(between(jitter(10), jitter(20))[0]?.[0], steps.know)
  })

  it('open everything new and close nothing that is in use, whatever the two versions are', () => {
    const address = fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([last, prefix]): Address => ({ network: `192.0.2.${last}/${prefix}` }))
    const ports = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }))
      .map(([from, more]): Ports => ({ from, to: from + more }))
    const requirements = fc.uniqueArray(
      fc
        .tuple(
          fc.constantFrom('a', 'b', 'c', 'd'),
          fc.array(address, { minLength: 1, maxLength: 3 }),
          fc.array(ports, { minLength: 1, maxLength: 3 }),
        )
        .map(([id, addresses, range]) => requirement(flow(addresses, range), { id })),
      { selector: ({ id }) => id, maxLength: 4 },
    )
    fc.assert(
      fc.property(requirements, requirements, (before, after) => {
        const found = diffCatalogues(catalogue(before), catalogue(after))
        assert.deepEqual(found, diffCatalogues(structuredClone(catalogue(before)), structuredClone(catalogue(after))))
        const used = after.flatMap(({ body }) =>
          (body as FlowBody).to.addresses!.map(({ network }) => readIpRange(network!)!),
        )
        for (const { step, element, effect, before: text } of found)
          if (step === steps.mayClose && element === 'address' && effect === 'removed')
            assert.ok(!used.some((range) => overlap(range, readIpRange(text!)!)), text)
        for (const { id, body } of after) {
          const was = before.find((one) => one.id === id)
          const opens = found.some((one) => one.requirementId === id && one.step === steps.openBefore)
          if (!was) assert.ok(opens)
          else if (!opens) assert.deepEqual(outside(body as FlowBody, was.body as FlowBody), [])
        }
      }),
    )
  })
})

/** Addresses and ports of one flow that the other does not let through, one by one. */
function outside(wanted: FlowBody, had: FlowBody): readonly string[] {
  const single = ({ to, ports }: FlowBody): Set<string> => {
    const all = new Set<string>()
    for (const { network } of to.addresses!) {
      const { first, last } = readIpRange(network!)!
      for (let at = first; at <= last; at += 1n)
        for (const range of ports) for (let port = range.from; port <= range.to; port += 1) all.add(`${at}:${port}`)
    }
    return all
  }
  const known = single(had)
  return [...single(wanted)].filter((one) => !known.has(one))
}
