import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { deliveredCatalogues } from '../catalogues/index.ts'
import { exampleCatalogue, exampleProfile, exampleReport } from './example-files.ts'
import { catalogueJsonSchema, profileJsonSchema, reportJsonSchema } from './json-schemas.ts'
import { readCatalogue, readProfile, readReport } from './read.ts'
import type { FileResult } from './read-file.ts'
import { writeCatalogue, writeProfile, writeReport } from './write.ts'

/** What is wrong, as `path: reason`. */
const told = (result: FileResult<unknown>): readonly string[] =>
  result.ok ? [] : result.mistakes.map(({ path, reason }) => `${path}: ${reason}`)

/** Values by the JSON pointer where they are put; undefined takes away. */
type Change = Readonly<Record<string, unknown>>
const changed = (file: unknown, change: Change): unknown => {
  const copy: unknown = structuredClone(file)
  for (const [pointer, value] of Object.entries(change)) {
    const names = pointer.split('/').slice(1)
    const last = names.pop()!
    let here = copy as Record<string, unknown>
    for (const name of names) here = here[name] as Record<string, unknown>
    if (value === undefined) delete here[last]
    else here[last] = value
  }
  return copy
}

describe('a catalogue in a file', () => {
  it('comes back as it was written, and is written the same again', () => {
    const text = writeCatalogue(exampleCatalogue)
    const read = readCatalogue(text)
    assert.ok(read.ok)
    assert.deepEqual(read.value, exampleCatalogue)
    assert.equal(writeCatalogue(read.value), text)
  })

  it('is the same text whatever the order of its fields', () => {
    const turned = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? Array.isArray(value)
          ? value.map(turned)
          : value
        : Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([name, one]) => [name, turned(one)]),
          )
    assert.equal(writeCatalogue(turned(exampleCatalogue) as typeof exampleCatalogue), writeCatalogue(exampleCatalogue))
  })

  const faults: readonly (readonly [what: string, change: Change, expected: readonly string[]])[] = [
    ['an unknown field', { '/colour': 1 }, ['/colour: is not known here; remove it or correct its name']],
    ['a missing field', { '/provider': undefined }, ['/provider: is missing']],
    ['another format', { '/format': 'vaxel-site-catalogue/2' }, ['/format: must be "vaxel-site-catalogue/1"']],
    [
      'a short version',
      { '/version': '20260315' },
      ['/version: must be ten digits, YYYYMMDDNN, for example 2026031501'],
    ],
    [
      'a version on no day',
      { '/version': '2026023001' },
      ['/version: must begin with a day that exists, YYYYMMDD, and end with a number NN'],
    ],
    ['a day that does not exist', { '/publishedAt': '2026-02-30' }, ['/publishedAt: is a date that does not exist']],
    [
      'a line break, which would begin a rule of its own in a firewall file',
      { '/requirements/0/title': 'Voice\naccept all' },
      ['/requirements/0/title: must be one line without control characters or marks of writing direction'],
    ],
    [
      'two equal ids',
      { '/requirements/1': exampleCatalogue.requirements[0] },
      ['/requirements/1/id: is an id that stands there already; give it another'],
    ],
    [
      'two equal places',
      { '/places/2': exampleCatalogue.places[0] },
      ['/places/2/name: is the name of a place that stands there already; give it another'],
    ],
    [
      'a kind that does not exist',
      { '/requirements/0/body/kind': 'flaw' },
      [
        '/requirements/0/body/kind: must be one of flow, dns, tls, bandwidth, quality, lan, software, hardware, firmware, pbx, licence, secret, sizing, limit, unsupported, duty',
      ],
    ],
    [
      'a field of another kind',
      { '/requirements/0/body/kbps': 1 },
      ['/requirements/0/body/kbps: is not known here; remove it or correct its name'],
    ],
    [
      'a range that falls',
      { '/requirements/0/body/ports': [{ from: 5, to: 4 }] },
      ['/requirements/0/body/ports/0/to: is lower than from (5); turn the range round'],
    ],
    [
      'a port past the last',
      { '/requirements/0/body/ports/0/to': 65_536 },
      ['/requirements/0/body/ports/0/to: must be at most 65535'],
    ],
    [
      'no ports',
      { '/requirements/0/body/ports': [] },
      ['/requirements/0/body/ports: must not be empty: udp needs destination ports'],
    ],
    [
      'ports of ICMP',
      { '/requirements/0/body/protocol': 'icmp' },
      ['/requirements/0/body/ports: must be empty: icmp has no ports'],
    ],
    [
      'an unknown place',
      { '/requirements/0/body/to/place': 'moon' },
      ['/requirements/0/body/to/place: is not one of the places of this catalogue; add it there or correct it'],
    ],
    [
      'a network that is none',
      { '/places/1/addresses/0/network': '192.0.2.0/33' },
      [
        '/places/1/addresses/0/network: must be a network such as 192.0.2.0/24 or 2001:db8::/32, one address, or first-last, rising',
      ],
    ],
    [
      'a network and a name',
      { '/places/1/addresses/0/name': 'a.example' },
      ['/places/1/addresses/0: must have either network or name, and not both'],
    ],
    [
      'a condition on an unknown option',
      { '/requirements/0/appliesWhen': { fact: 'option.vidoe' } },
      [
        '/requirements/0/appliesWhen/fact: is not known of a site; known are people.softphone, people.webSoftphone, people.deskPhone, people.integrated, people.mobile, people.attendant, people.ctiOnly, people.adapter, people.total, agents, connection, proxy, firewall, option.<id> of the options above',
      ],
    ],
    [
      'a choice that is never chosen',
      { '/requirements/0/appliesWhen/any/0/is': 'cloud' },
      ['/requirements/0/appliesWhen/any/0/is: must be one of online, none'],
    ],
    [
      'a flag that is counted',
      { '/requirements/0/appliesWhen': { fact: 'option.video', atLeast: 2 } },
      ['/requirements/0/appliesWhen/atLeast: asks for a number of something that is none'],
    ],
    [
      'a condition of two forms',
      { '/requirements/0/appliesWhen': { all: [], not: 'always' } },
      [
        '/requirements/0/appliesWhen: must be "always", { fact }, { fact, is }, { fact, atLeast }, { all: [...] }, { any: [...] } or { not: ... }',
      ],
    ],
    [
      'a window that runs backwards',
      { '/requirements/0/window': { effective: '2026-03', retired: '2026-02-28' } },
      ['/requirements/0/window/retired: comes before effective; the order is announced, effective, retired'],
    ],
    [
      'a section that the document does not have',
      { '/requirements/0/provenance/0/section': '9' },
      [
        '/requirements/0/provenance/0: names section 9 of example-guide 1, which is not among the documents of this catalogue',
        '/documents/0/sections/1/without: is missing: no requirement names section 2; say why nothing of it became one',
      ],
    ],
    [
      'neither a check nor a reason',
      { '/requirements/0/checks': [] },
      ['/requirements/0/unverifiable: is missing: name checks that prove it, or say why nothing can'],
    ],
    [
      'a contradiction with nothing',
      { '/requirements/0/conflictsWith': ['gone'] },
      [
        '/requirements/0/conflictsWith/0: is not the id of a requirement of this catalogue',
        '/requirements/0/conflict: is missing: say what contradicts, and how a plan treats it',
      ],
    ],
    ['requirements that are no list', { '/requirements': {} }, ['/requirements: must be a list […]']],
    ['a requirement that is null', { '/requirements': [null] }, ['/requirements/0: must be an object {…}']],
    [
      'loss in milliseconds',
      {
        '/requirements/0/body': {
          kind: 'quality',
          metric: 'packet-loss',
          operator: '<',
          value: 1,
          unit: 'ms',
          segment: ['pc', 'service'],
        },
      },
      ['/requirements/0/body/unit: must be %, the unit of packet-loss'],
    ],
    [
      'a row that is too short',
      {
        '/requirements/0/body': {
          kind: 'sizing',
          what: 'server',
          table: {
            limits: ['users', 'calls'],
            results: ['RAM'],
            rows: [
              { upTo: [5], gives: [1] },
              { upTo: [5, 4], gives: [2] },
            ],
          },
        },
      },
      ['/requirements/0/body/table/rows/0/upTo: must have 2 entries, one for each of limits'],
    ],
  ]
  const table = (more: object): object => ({
    kind: 'sizing',
    what: 'server',
    table: { limits: ['users'], results: ['RAM'], rows: [{ upTo: [5], gives: [1] }], ...more },
  })
  const tables: readonly (readonly [what: string, more: object, expected: readonly string[]])[] = [
    [
      'by a fact that is no number',
      { facts: ['option.exchange'] },
      [
        '/requirements/0/body/table/facts/0: is not a number that is known of a site, such as people.total or option.<id> of a count',
      ],
    ],
    [
      'with more facts than limits',
      { facts: ['people.total', 'traffic.callsPerHour'] },
      ['/requirements/0/body/table/facts: must have 1 entries, one for each of limits'],
    ],
    [
      'that moves rows of nothing',
      { movesRowOf: 'gone' },
      ['/requirements/0/body/table/movesRowOf: is not the id of a requirement with a table'],
    ],
    ['by a known fact', { facts: ['people.total'], delivered: [1] }, []],
  ]
  for (const [what, more, expected] of tables)
    it(`with a table ${what} ${expected.length === 0 ? 'is read' : 'is refused'}`, () => {
      assert.deepEqual(
        told(readCatalogue(changed(exampleCatalogue, { '/requirements/0/body': table(more) }))),
        expected,
      )
    })
  for (const [what, change, expected] of faults)
    it(`with ${what} is refused in words that say what to do`, () => {
      assert.deepEqual(told(readCatalogue(changed(exampleCatalogue, change))), expected)
    })

  it('is read as docs/site-catalogues.md shows it', () => {
    const page = readFileSync(new URL('../../../../docs/site-catalogues.md', import.meta.url), 'utf8')
    const [, example] = /```json\n(.*?)```/s.exec(page) ?? []
    const read = readCatalogue(example)
    assert.deepEqual(told(read), [])
    assert.equal(read.ok && writeCatalogue(read.value), example)
  })

  it('tells all mistakes at once, each with its line', () => {
    const text = writeCatalogue(exampleCatalogue)
      .replace('"provider": "Example"', '"provider": 7')
      .replace('"protocol": "udp"', '"protocol": "upd"')
      .replace('"192.0.2.0/24"', '"192.0.2.0/240"')
    const read = readCatalogue(text)
    assert.ok(!read.ok)
    const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1
    assert.deepEqual(
      read.mistakes.map(({ path, line }) => [path, line]),
      [
        ['/provider', lineOf('"provider"')],
        ['/requirements/0/body/protocol', lineOf('"protocol"')],
      ],
    )
    const mended = readCatalogue(text.replace('"provider": 7', '"provider": "Example"'))
    assert.ok(!mended.ok)
    assert.deepEqual(
      mended.mistakes.map(({ path, line }) => [path, line]),
      [
        ['/requirements/0/body/protocol', lineOf('"protocol"')],
        ['/places/1/addresses/0/network', lineOf('"network"')],
      ],
    )
  })

  it('is refused by its schema for what only a schema judges, and accepted with the delivered ones', () => {
    const fits = new Ajv({ strict: false, allErrors: false }).compile(catalogueJsonSchema)
    for (const catalogue of [exampleCatalogue, ...deliveredCatalogues]) {
      assert.ok(fits(JSON.parse(writeCatalogue(catalogue))), JSON.stringify(fits.errors))
      assert.deepEqual(told(readCatalogue(writeCatalogue(catalogue))), [])
    }
    assert.ok(!fits(changed(exampleCatalogue, { '/requirements/0/appliesWhen': { fact: 'a', is: null } })))
    assert.ok(!fits(changed(exampleCatalogue, { '/requirements/0/body/protocol': 'sctp' })))
  })
})

describe('a profile and a report in a file', () => {
  it('come back as they were written, and fit their schemas', () => {
    const profile = readProfile(writeProfile(exampleProfile), exampleCatalogue)
    assert.deepEqual(told(profile), [])
    assert.deepEqual(profile.ok && profile.value, exampleProfile)
    const report = readReport(writeReport(exampleReport))
    assert.deepEqual(told(report), [])
    assert.deepEqual(report.ok && report.value, exampleReport)
    const ajv = new Ajv({ strict: false })
    assert.ok(ajv.validate(profileJsonSchema, exampleProfile), ajv.errorsText())
    assert.ok(ajv.validate(reportJsonSchema, exampleReport), ajv.errorsText())
  })

  const profiles: readonly (readonly [Change, readonly string[]])[] = [
    [{ '/people/softphone': -1 }, ['/people/softphone: must be at least 0']],
    [{ '/people/softphone': 1.5 }, ['/people/softphone: must be a whole number']],
    [{ '/people/hologram': 1 }, ['/people/hologram: is not known here; remove it or correct its name']],
    [{ '/shareInCall': 20 }, ['/shareInCall: must be at most 1']],
    [
      { '/voice/packetMs': 25 },
      [
        '/voice/packetMs: must be 10 or 20 or 30 or 40 or 60: Milliseconds of voice in a packet: 10, 20, 30, 40 or 60; 20 if absent.',
      ],
    ],
    [
      { '/networks/inside': ['10.0.0.0/8', '10.0.0'] },
      [
        '/networks/inside/1: must be a network such as 192.0.2.0/24 or 2001:db8::/32, one address, or first-last, rising',
      ],
    ],
    [
      { '/networks/places': { mars: ['10.0.0.1'] } },
      ['/networks/places/mars: is not a place of this catalogue; known are pc, service'],
    ],
    [
      { '/options': { vidoe: true, exchange: 'cloud', video: 'yes' } },
      [
        '/options/vidoe: is not an option of this catalogue; known are video, exchange',
        '/options/exchange: must be one of online, none',
        '/options/video: must be true or false',
      ],
    ],
    [{ '/secrets/0/owner': 'me' }, ['/secrets/0/owner: must be a mail address such as it@example.com']],
    [{ '/system': 'other' }, ['/system: is another system than that of the catalogue, example']],
  ]
  for (const [change, expected] of profiles)
    it(`are refused: ${expected[0]}`, () => {
      assert.deepEqual(told(readProfile(changed(exampleProfile, change), exampleCatalogue)), expected)
    })

  const reports: readonly (readonly [Change, readonly string[]])[] = [
    [
      { '/endedAt': '2026-03-19T08:00:00Z' },
      ['/endedAt: comes before startedAt; the clock was set back, or the two are swapped'],
    ],
    [{ '/startedAt': 'yesterday' }, ['/startedAt: must be an instant such as 2026-03-15T08:30:00Z']],
    [{ '/results/0/segment': 'attic' }, ['/results/0/segment: is not one of the segments of the report']],
    [{ '/judgement/coverage/proven': 2 }, ['/judgement/coverage/proven: must be at most required (1)']],
    [
      { '/results/0/controls/closed': 'maybe' },
      ['/results/0/controls/closed: must be true or false or "not-tested": true, false or `not-tested`.'],
    ],
  ]
  for (const [change, expected] of reports)
    it(`are refused: ${expected[0]}`, () => {
      assert.deepEqual(told(readReport(changed(exampleReport, change))), expected)
    })
})

describe('a hostile file', () => {
  const refused: readonly (readonly [what: string, file: () => unknown, reason: string])[] = [
    ['of 100,000 brackets', () => '['.repeat(100_000), 'is nested more than 40 deep'],
    ['of 6 MB', () => `"${'x'.repeat(6_000_000)}"`, 'is longer than 5 MB; split it or leave out what is not needed'],
    [
      'that is short in characters and long in bytes',
      () => `"${'€'.repeat(2_000_000)}"`,
      'is longer than 5 MB; split it or leave out what is not needed',
    ],
    ['of two million numbers', () => `[${'1,'.repeat(2_000_000)}1]`, 'has more than 500,000 values'],
    [
      'that goes in a circle',
      () => {
        const circle: unknown[] = []
        circle.push(circle)
        return circle
      },
      'is nested more than 40 deep',
    ],
    ['of one text of two million escapes', () => `"${'\\n'.repeat(2_000_000)}"`, 'must be an object {…}'],
    ['that is empty', () => ' \n', 'is empty'],
  ]
  for (const [what, file, reason] of refused)
    it(`${what} is refused`, () => {
      assert.deepEqual(told(readCatalogue(file())), [`: ${reason}`])
    })

  it('with 5,000 faulty requirements tells 100 mistakes', () => {
    const file = changed(exampleCatalogue, { '/requirements': Array(5000).fill({ id: '!', body: { kind: 'flow' } }) })
    assert.equal(told(readCatalogue(JSON.stringify(file))).length, 100)
  })

  it('that names __proto__ or constructor changes nothing and is refused', () => {
    const text = writeProfile(exampleProfile).replace(
      '"video": true',
      '"__proto__": {"polluted": true}, "constructor": 1',
    )
    const read = readProfile(text, exampleCatalogue)
    assert.ok(!read.ok)
    assert.ok(read.mistakes.some(({ path }) => path === '/options/__proto__'))
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  })

  it('of any values gives mistakes and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
        for (const file of [
          one,
          { ...exampleCatalogue, requirements: [one, { ...exampleCatalogue.requirements[0], body: two }] },
        ]) {
          const read = readCatalogue(JSON.stringify(file))
          assert.ok(!read.ok && read.mistakes.length > 0)
        }
        readProfile(JSON.stringify({ ...exampleProfile, options: one, networks: two }))
        readReport({ ...exampleReport, results: [one], judgement: two })
      }),
      { numRuns: 200 },
    )
  })

  it('with anything cut out or put in is read or refused with a line, and what is read is written the same again', () => {
    const text = writeCatalogue(exampleCatalogue)
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.nat(30),
        fc.constantFrom('', '"', ',', '{}', '[]', 'null', '-1', '1e999', '\\u202e', '\n', '__proto__'),
        (from, length, put) => {
          const read = readCatalogue(text.slice(0, from) + put + text.slice(from + length))
          if (read.ok) assert.deepEqual(readCatalogue(writeCatalogue(read.value)), read)
          else for (const { line } of read.mistakes) assert.ok(line !== undefined && line >= 1)
        },
      ),
      { numRuns: 300 },
    )
  })
})
