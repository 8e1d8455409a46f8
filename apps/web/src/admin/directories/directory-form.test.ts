import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { directoryPresets } from '@vaxel/contract'
import { bodyOf, changed, changeOf, type ExternalDirectory, formOf, isReady, trialOf } from './directory-form.ts'

const fresh = formOf(undefined, directoryPresets)
const filled = changed(
  fresh,
  { name: ' Acme ', host: ' dc1.acme.test ', base: 'dc=acme,dc=test', bindDn: 'reader@acme.test', password: 'secret' },
  directoryPresets,
)

describe('the form of a directory', () => {
  it('begins as an Active Directory by TLS', () => {
    assert.deepEqual([fresh.kind, fresh.security, fresh.port, isReady(fresh)], ['activeDirectory', 'tls', '636', false])
    const { password, server, mapping } = bodyOf(filled)
    assert.deepEqual(
      [password, server.host, mapping],
      ['secret', 'dc1.acme.test', directoryPresets.activeDirectory.mapping],
    )
  })

  it('follows the kind with filter and attributes, and the encryption with the port', () => {
    const open = changed(filled, { kind: 'openLdap' }, directoryPresets)
    assert.deepEqual([open.filter, open.mapping.id], [directoryPresets.openLdap.filter, 'entryUUID'])
    const upgraded = changed(open, { security: 'starttls' }, directoryPresets)
    assert.equal(upgraded.port, '389')
    assert.equal(
      changed(changed(upgraded, { port: '3389' }, directoryPresets), { security: 'tls' }, directoryPresets).port,
      '3389',
    )
    const own = changed(
      open,
      { mapping: { ...open.mapping, work: 'telephoneNumber; pager', photo: '' } },
      directoryPresets,
    )
    assert.equal(own.kind, 'own')
    assert.deepEqual(bodyOf(own).mapping.work, ['telephoneNumber', 'pager'])
    assert.equal('photo' in bodyOf(own).mapping, false)
  })

  it('takes away what is not there any more, and keeps a password that is not typed', () => {
    const known = { ...bodyOf(filled), id: 'd', hasPassword: true } as unknown as ExternalDirectory
    const again = formOf(known, directoryPresets)
    assert.deepEqual([again.kind, again.password], ['activeDirectory', ''])
    assert.equal('password' in (changeOf(again) ?? {}), false)
    assert.equal(trialOf(again, known)?.directoryId, 'd')
    const without = changed(again, { bindDn: '' }, directoryPresets)
    assert.deepEqual(
      [changeOf(without)?.bindDn, changeOf(without)?.password, changeOf(without)?.trusted],
      [null, null, null],
    )
    assert.equal(trialOf(without, known)?.directoryId, undefined)
  })
})
