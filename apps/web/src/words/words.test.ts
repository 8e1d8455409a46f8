import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { sv } from './sv.ts'
import { chooseLanguage } from './words.ts'

/** Texts that are the same in two languages because the word is. */
const alike = new Set([
  'Vaxel',
  'Administration',
  'Messages',
  'Chat',
  'Notifications',
  'Options',
  'Audio',
  'E-mail',
  'Mobile',
  'Description',
  'Extension',
  'Participants',
  'Microphone',
  'Message',
  'Note',
  'Information',
  'Date',
  'Status',
  'Teams',
  'Team',
  'Groups',
  'Passkeys',
  'Photo',
  'Administrator',
  'Version',
  'Total',
  'Type',
  'Action',
  'Actions',
  'Contact',
  'Contacts',
  'Certificate',
  'Service',
  'Services',
  'Source',
  'Code',
  'Destination',
  'Direction',
  'Protocol',
  'Test',
  'Trunks',
  'Text',
  'Import',
  'Export',
  'Login',
  'Min',
  'SDES',
  'direct',
  'Fax',
  'DTLS',
  'Person',
  'trunk',
  'SDES',
  'DTLS',
  'Person',
  'trunk',
  'Max',
])

/** Path → text, or what a function makes of numbered arguments. */
function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(...samples(value.length)))]]
  if (value === null || typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))
}

const samples = (count: number): unknown[] => Array.from({ length: count }, (_, i) => i + 2)

describe('the texts of the screens', () => {
  const english = new Map(flat(en))
  for (const [language, words] of Object.entries({ sv, fr })) {
    it(`are complete in ${language}`, () => {
      const there = new Map(flat(words))
      assert.deepEqual([...there.keys()].sort(), [...english.keys()].sort())
      for (const [path, text] of there) assert.notEqual(text.trim(), '', path)
    })

    it(`are translated in ${language}`, () => {
      const same = flat(words).filter(
        ([path, text]) => text === english.get(path) && /[a-z]{3}/i.test(text) && !alike.has(text),
      )
      assert.deepEqual(same, [])
    })
  }

  it('are chosen by the languages that the person reads', () => {
    assert.equal(chooseLanguage(['fr-CA', 'en']), 'fr')
    assert.equal(chooseLanguage(['de', 'sv-SE']), 'sv')
    assert.equal(chooseLanguage(['de']), 'en')
  })
})
