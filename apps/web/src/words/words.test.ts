import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { en } from './en.ts'
import { fr } from './fr.ts'
import { sv } from './sv.ts'
import { chooseLanguage } from './words.ts'

/** Texts that are the same in two languages because the word is. */
const alike = new Set([
  'Sites',
  'Vaxel',
  'FTPS',
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
  'Agent',
  'Agents',
  'SMS',
  '15 minutes',
  'Points',
  'Question',
  'Questions',
])

/** Path → text, or what a function makes of numbered arguments. */
function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(...samples(value.length)))]]
  if (value === null || typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))
}

const samples = (count: number): unknown[] => Array.from({ length: count }, (_, i) => i + 2)

/** Codes that no screen meets: they are told to programs and phones. */
const forPrograms = new Set([
  'API_METHOD_NOT_ALLOWED',
  'API_UNSUPPORTED_CONTENT',
  'API_UPGRADE_REQUIRED',
  'DOMAIN_UNKNOWN',
  'MEDIA_LEG_GONE',
  'SDP_ENCRYPTION_REQUIRED',
  'SDP_KEYS_IN_THE_OPEN',
  'SDP_MALFORMED',
  'SDP_NO_AUDIO',
  'SDP_NO_COMMON_CODEC',
  'SDP_NO_COMMON_KEYING',
  'SESSION_NOT_COMPLETE',
  'SESSION_SECOND_FACTOR_NEEDED',
])

describe('what the server refuses', () => {
  it('has its sentence in every language, by the code that the reference lists', () => {
    const page = readFileSync(new URL('../../../../docs/reference/errors.md', import.meta.url), 'utf8')
    const codes = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code!)
    assert.ok(codes.length > 50)
    for (const words of [en, sv, fr])
      assert.deepEqual(
        codes.filter((code) => !forPrograms.has(code) && words.errors[code] === undefined),
        [],
      )
  })
})

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
