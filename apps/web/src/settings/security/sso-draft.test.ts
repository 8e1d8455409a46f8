import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { draftOfSso, wishOfSso } from './sso-draft.ts'

describe('the form of a login provider', () => {
  it('says what was typed, and leaves out what was not', () => {
    const wish = wishOfSso({
      ...draftOfSso(undefined),
      issuer: ' https://idp.example/realm/.well-known/openid-configuration',
      clientId: 'vaxel',
      domains: 'Corp.example, other.example',
      roles: 'a=b group=supervisor, switchboard = attendant',
    })
    assert.deepEqual(wish, {
      issuer: 'https://idp.example/realm',
      clientId: 'vaxel',
      domains: ['corp.example', 'other.example'],
      userClaim: 'email',
      createsUsers: false,
      roles: [
        { group: 'a=b group', role: 'supervisor' },
        { group: 'switchboard', role: 'attendant' },
      ],
      isOnlyWay: false,
    })
  })

  it('shows what is kept, but never the secret', () => {
    const kept = {
      ...wishOfSso({
        ...draftOfSso(undefined),
        issuer: 'https://idp.example',
        clientId: 'x',
        roles: 'leads=supervisor',
      }),
      hasSecret: true,
      callbackUrl: 'https://pbx.example/sso/callback',
    }
    assert.deepEqual([draftOfSso(kept).roles, draftOfSso(kept).clientSecret], ['leads=supervisor', ''])
  })
})
