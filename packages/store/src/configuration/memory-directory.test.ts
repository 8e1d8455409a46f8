import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CompanyId, DeviceId, UserId } from '@vaxel/base'
import type { ConfigurationChange, Device, Trunk, User } from '@vaxel/core'
import { MemoryDirectory } from './memory-directory.ts'

const companyId = 'company' as CompanyId
const userOf = (name: string, domain = 'one.test'): User => ({
  id: `user-${name}` as UserId,
  companyId,
  domain,
  name,
  displayName: name,
  language: 'en',
  role: 'user',
  limits: {},
  ringSeconds: 20,
})
const deviceOf = (user: User, label: string): Device => ({
  id: `device-${user.name}-${label}` as DeviceId,
  companyId,
  userId: user.id,
  label,
  sipUsername: `${user.name}-${label}`,
  secrets: [],
  keying: 'auto',
  encryptionRequired: false,
})
const company: ConfigurationChange = {
  kind: 'company',
  after: { id: companyId, name: 'One', country: 'SE', limits: {}, emergencyNumbers: [] },
}

describe('the configuration in memory', () => {
  it('knows a trunk by its address, however that was written when it was made', () => {
    const directory = new MemoryDirectory()
    const trunk = { id: 'trunk', companyId, name: 'carrier', fromAddresses: ['2001:DB8:0::7', '[2001:DB8::8]:5061'] }
    const after = trunk as unknown as Trunk
    directory.apply([company, { kind: 'trunk', after }])
    assert.equal(directory.trunkByAddress('2001:db8::7', 5060), after)
    assert.equal(directory.trunkByAddress('2001:db8::8', 5061), after)
    directory.apply([{ kind: 'trunk', before: after }])
    assert.equal(directory.trunkByAddress('2001:db8::7', 5060), undefined)
  })

  it('finds a user who was renamed under the new name alone', () => {
    const directory = new MemoryDirectory()
    const [before, after] = [userOf('anna'), { ...userOf('anna'), name: 'annika' }]
    directory.apply([company, { kind: 'user', after: before }])
    directory.apply([{ kind: 'user', before, after }])
    assert.equal(directory.userByAddress('one.test', 'anna'), undefined)
    assert.equal(directory.userByAddress('one.test', 'annika'), after)
    assert.deepEqual(directory.usersOf(companyId), [after])
  })

  it('keeps a list that was handed out as it was, when a device goes', () => {
    const directory = new MemoryDirectory()
    const user = userOf('anna')
    const [desk, mobile] = [deviceOf(user, 'desk'), deviceOf(user, 'mobile')]
    directory.apply([company, { kind: 'user', after: user }])
    directory.apply([
      { kind: 'device', after: desk },
      { kind: 'device', after: mobile },
    ])
    const before = directory.devicesOf(user.id)
    directory.apply([{ kind: 'device', before: desk }])
    assert.deepEqual(before, [desk, mobile])
    assert.deepEqual(directory.devicesOf(user.id), [mobile])
    assert.equal(directory.deviceByUsername('one.test', 'anna-desk'), undefined)
  })

  it('takes everything of a company with it', () => {
    const directory = new MemoryDirectory()
    const user = userOf('anna')
    directory.apply([
      company,
      { kind: 'domain', after: { name: 'one.test', companyId } },
      { kind: 'user', after: user },
    ])
    directory.apply([
      { kind: 'device', after: deviceOf(user, 'desk') },
      { kind: 'number', after: { number: '+4681', companyId, target: { kind: 'user', userId: user.id } } },
    ])
    directory.apply([{ kind: 'company', before: directory.company(companyId)! }])
    assert.equal(directory.user(user.id), undefined)
    assert.equal(directory.deviceByUsername('one.test', 'anna-desk'), undefined)
    assert.equal(directory.directNumber('+4681'), undefined)
    assert.equal(directory.domain('one.test'), undefined)
    assert.deepEqual(directory.usersOf(companyId), [])
    assert.deepEqual(directory.domainsOf(companyId), [])
  })
})
