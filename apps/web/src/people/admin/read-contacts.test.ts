import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseTable } from '../../admin/parse-table.ts'
import { readContacts } from './read-contacts.ts'

const read = (text: string) => readContacts(parseTable(text))

describe('a table of contacts', () => {
  it('is read with the names that people and other programs give to columns', () => {
    assert.deepEqual(
      read('Namn;Företag;Telefon;Mobil;E-post\nÅke Öst;Öst AB;08-465 004 50;070-174 06 05;ake@ost.example'),
      {
        ok: true,
        rows: [
          {
            line: 2,
            contact: {
              name: 'Åke Öst',
              organisation: 'Öst AB',
              numbers: [
                { number: '08-465 004 50', kind: 'work' },
                { number: '070-174 06 05', kind: 'mobile' },
              ],
              emails: ['ake@ost.example'],
            },
          },
        ],
      },
    )
    const outlook = read(
      'First Name,Last Name,Company,Business Phone\n"Zoé","Lefèvre, Jr","Garnier, SA",+33 1 99 00 55 10\n',
    )
    assert.ok(outlook.ok)
    assert.equal(outlook.rows[0]!.contact.name, 'Zoé Lefèvre, Jr')
    assert.equal(outlook.rows[0]!.contact.organisation, 'Garnier, SA')
  })

  it('has all numbers and addresses of Google’s export, each with its kind', () => {
    const google = read(
      [
        'First Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Type,Phone 3 - Value',
        'Åke,Öst,Öst AB,* Work,ake@ost.example ::: ost@ost.example,Home,ake@hem.example,* Mobile,070-174 06 05,Work Fax,08-465 004 51,,08-465 004 50 ::: 08-465 004 52',
        'Bo,Ek,,,,,,Home,08-465 004 60,Grandma,08-465 004 61,,',
      ].join('\n'),
    )
    assert.ok(google.ok)
    const [ake, bo] = google.rows.map(({ contact }) => contact)
    assert.deepEqual(ake?.emails, ['ake@ost.example', 'ost@ost.example', 'ake@hem.example'])
    assert.deepEqual(ake?.numbers, [
      { number: '070-174 06 05', kind: 'mobile' },
      { number: '08-465 004 51', kind: 'fax' },
      { number: '08-465 004 50', kind: 'work' },
      { number: '08-465 004 52', kind: 'work' },
    ])
    assert.deepEqual(bo?.numbers, [
      { number: '08-465 004 60', kind: 'home' },
      { number: '08-465 004 61', kind: 'other' },
    ])
    assert.equal(bo?.emails, undefined)
  })

  it('calls a row without a name by its company, and leaves the rest to the server', () => {
    const rows = read('Name\tCompany\tPhone\n\tNordfrakt AB\tcall me\n\t\t1\n')
    assert.ok(rows.ok)
    assert.equal(rows.rows[0]!.contact.name, 'Nordfrakt AB')
    assert.deepEqual(rows.rows[0]!.contact.numbers, [{ number: 'call me', kind: 'work' }])
    assert.equal(rows.rows[1]!.contact.name, '')
  })

  it('must say which column is the name', () => {
    assert.deepEqual(read('Phone\n201'), { ok: false, why: 'noName' })
    assert.deepEqual(read('Name'), { ok: false, why: 'empty' })
    assert.deepEqual(read(''), { ok: false, why: 'empty' })
  })
})
