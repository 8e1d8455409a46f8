import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId } from '@vaxel/base'
import { sampleMailbox } from '../acd/sample-centre.ts'
import type { MailAccount, MailSecrets } from '../ports/mail-channel.ts'
import { areEnough, isSamePlace, placeOfSecrets, secretsOfMailbox } from './secrets-of-mailbox.ts'

const companyId = 'shop' as CompanyId
const info = sampleMailbox('info')
const at = (host: string, login = 'info') =>
  sampleMailbox('info', { reading: { ...info.reading, login, server: { ...info.reading.server, host } } })

/** A store with a published mailbox, and secrets that are kept for other places. */
const storeOf = (published: typeof info | undefined, kept: ReadonlyMap<string, MailSecrets> = new Map()) => ({
  account: (): MailAccount | undefined => published && { ...published, companyId, createdAtMs: 0 },
  secrets: (): MailSecrets => ({ password: 'published' }),
  keptSecrets: (_: CompanyId, __: string, place: string) => kept.get(place),
})

describe('secrets of a mailbox', () => {
  it('are those of now for the servers and login that it has', () => {
    assert.deepEqual(secretsOfMailbox(storeOf(info), companyId, info), { password: 'published' })
  })

  it('go to another server only when they were given for it', () => {
    const elsewhere = at('imap.elsewhere.example')
    assert.deepEqual(secretsOfMailbox(storeOf(info), companyId, elsewhere), {})
    const kept = new Map([[placeOfSecrets(elsewhere), { password: 'given' }]])
    assert.deepEqual(secretsOfMailbox(storeOf(info, kept), companyId, elsewhere), { password: 'given' })
    assert.deepEqual(secretsOfMailbox(storeOf(undefined), companyId, info), {})
  })

  it('are those of now for another login at the same servers, until others are given', () => {
    const other = at(info.reading.server.host, 'other')
    assert.ok(isSamePlace(info, other) && placeOfSecrets(info) !== placeOfSecrets(other))
    assert.deepEqual(secretsOfMailbox(storeOf(info), companyId, other), { password: 'published' })
    const kept = new Map([[placeOfSecrets(other), { password: 'other' }]])
    assert.deepEqual(secretsOfMailbox(storeOf(info, kept), companyId, other), { password: 'other' })
  })

  it('do not go to another token server', () => {
    const oauth = (tokenUrl: string) => sampleMailbox('info', { login: { kind: 'oauth', tokenUrl } })
    const published = oauth('https://token.example/')
    assert.deepEqual(secretsOfMailbox(storeOf(published), companyId, oauth('https://elsewhere.example/')), {})
  })

  it('are enough with a password, a token, or what a token is got with (RFC 6749 §6)', () => {
    const oauth = { kind: 'oauth' } as const
    const asked = { ...oauth, tokenUrl: 'https://token.example/' }
    assert.deepEqual(
      [
        areEnough({ kind: 'password' }, { password: 'x' }),
        areEnough({ kind: 'password' }, { accessToken: 'x' }),
        areEnough(oauth, { accessToken: 'x' }),
        areEnough(oauth, { refreshToken: 'x' }),
        areEnough(asked, { refreshToken: 'x' }),
        areEnough(asked, {}),
      ],
      [true, false, true, false, true, false],
    )
  })
})
