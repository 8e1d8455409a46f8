import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { directoryPresets } from '@vaxel/contract'
import type { FoundEntry } from '@vaxel/core'
import { filterMistake } from './filter-mistake.ts'
import { askedAttributes, keyOf, laterMarker, mapEntry, valueOfKey } from './map-entry.ts'

const found = (values: Record<string, readonly (string | Uint8Array)[]>): FoundEntry => ({
  dn: 'cn=x',
  values: new Map(Object.entries(values)),
})

describe('an entry of a directory', () => {
  const { mapping } = directoryPresets.activeDirectory

  it('becomes a contact by the first name, all numbers and all addresses, without what no screen shows', () => {
    const guid = new Uint8Array([0xef, 0xbb, 0xbf, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    const entry = found({
      objectguid: [guid],
      usnchanged: ['120'],
      cn: ['nystrom'],
      displayname: ['Åsa\u0000\n Nyström '],
      mail: ['asa@acme.test', 'no address', 'asa@acme.test'],
      telephonenumber: ['+46 (0)8-465 004 07', '08-465 004 07', '4711', 'by post'],
      mobile: [''],
      company: ['A'.repeat(300)],
      thumbnailphoto: [guid],
    })
    assert.deepEqual(mapEntry(entry, mapping, 'SE'), {
      dn: 'cn=x',
      key: 'hex:efbbbf000102030405060708090a0b0c',
      marker: '120',
      unread: ['by post'],
      fields: {
        name: 'Åsa Nyström',
        organisation: 'A'.repeat(200),
        emails: ['asa@acme.test'],
        numbers: [
          { number: '+46846500407', kind: 'work' },
          { number: '4711', kind: 'work' },
        ],
      },
    })
    assert.deepEqual(valueOfKey('hex:efbbbf000102030405060708090a0b0c'), Buffer.from(guid))
  })

  it('without a name is nobody, and without what identifies it is not taken', () => {
    const { fields, key, marker } = mapEntry(
      found({ mail: ['a@b'], displayname: [new Uint8Array([255])] }),
      mapping,
      'SE',
    )
    assert.deepEqual([fields, key, marker], [undefined, undefined, undefined])
    assert.equal(keyOf('a\nb'), undefined)
    assert.equal(keyOf('x'.repeat(251)), undefined)
    assert.equal(keyOf('*)(uid=*'), '*)(uid=*')
  })

  it('is asked for without its photo', () => {
    assert.equal(askedAttributes(mapping).includes('thumbnailPhoto'), false)
    assert.deepEqual(askedAttributes(mapping).slice(0, 2), ['objectGUID', 'uSNChanged'])
  })

  it('has the later marker by size or by time', () => {
    assert.equal(laterMarker('9', '10'), '10')
    assert.equal(laterMarker('20261121214500Z', '20261121214501Z'), '20261121214501Z')
    assert.equal(laterMarker(undefined, '1'), '1')
  })
})

describe('a filter (RFC 4515)', () => {
  it('is right as the presets and the examples of the RFC have it', () => {
    for (const filter of [
      directoryPresets.activeDirectory.filter,
      directoryPresets.openLdap.filter,
      '(cn=Babs Jensen)',
      '(!(cn=Tim Howes))',
      '(&(objectClass=Person)(|(sn=Jensen)(cn=Babs J*)))',
      '(o=univ*of*mich*)',
      '(seeAlso=)',
      '(cn:caseExactMatch:=Fred Flintstone)',
      '(cn:=Betty Rubble)',
      '(sn:dn:2.4.6.8.10:=Barney Rubble)',
      '(o:dn:=Ace Industry)',
      '(:1.2.3:=Wilma Flintstone)',
      '(:DN:2.4.6.8.10:=Dino)'.replace('DN', 'dn'),
      '(o=Parens R Us \\28for all your parenthetical needs\\29)',
      '(bin=\\00\\00\\00\\04)',
      '(sn=Lu\\c4\\8di\\c4\\87)',
      '(sn>=Å)',
    ])
      assert.equal(filterMistake(filter), undefined, filter)
  })

  it('says where it is wrong', () => {
    for (const [filter, wrong] of [
      ['cn=a', /must begin with a bracket/],
      ['(&(cn=a)', /ends before a bracket is closed/],
      ['(cn=a))', /behind its last bracket, at character 7/],
      ['(cn=a(b))', /\\28.*at character 6/],
      ['(cn)', /needs an attribute and = at character 2/],
      ['(&)', /has nothing behind &/],
      ['(!(a=1)(b=2))', /at character 8/],
      ['(cn=\\zz)', /at character 5/],
      ['('.repeat(50), /needs an attribute/],
      ['(!'.repeat(50), /more than 20 brackets/],
    ] as const)
      assert.match(filterMistake(filter) ?? 'nothing', wrong, filter)
  })
})
