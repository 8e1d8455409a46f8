import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { PlatformInTime } from './platform-in-time.ts'

interface Items {
  readonly items: readonly { readonly id: string; readonly endedAt?: string }[]
}

describe('calls of a company that keeps them for two days (libfaketime)', () => {
  let platform: PlatformInTime
  before(async () => {
    platform = await PlatformInTime.start()
  })
  after(() => platform?.stop())

  const calls = async (): Promise<number> => (await (await platform.login()).get<Items>('/api/v1/calls')).items.length
  const talk = async (): Promise<void> => {
    const before = await calls()
    const phone = await NetPhone.open({ user: '204', port: platform.now.ports.sip })
    const call = await phone.call('600')
    await call.isAnswered()
    call.hangUp()
    await call.isOver()
    await eventually('the call is in the history', async () => {
      const { items } = await (await platform.login()).get<Items>('/api/v1/calls')
      return items.length === before + 1 && items.every(({ endedAt }) => endedAt !== undefined)
    })
    await phone.close()
  }
  it('go when they are older, with everything that was said of them, and younger ones stay', async () => {
    const api = await platform.login()
    const { company } = await api.get<{ company: { id: string } }>('/api/v1/me')
    const path = `/api/v1/companies/${company.id}`
    for (const wrong of [0, -1, 1.5, 'two', 40_000])
      assert.equal((await api.request('PATCH', path, { callRetentionDays: wrong })).status, 400, String(wrong))
    await api.patch(path, { callRetentionDays: 2 })
    await talk()
    const [{ id }] = (await api.get<Items>('/api/v1/calls')).items as [{ id: string }]
    await platform.offFor(1.5)
    await talk()
    assert.equal(await calls(), 2)
    await platform.offFor(1)
    await eventually('the older one is erased', async () => (await calls()) === 1)
    const later = await platform.login()
    assert.equal((await later.request('GET', `/api/v1/calls/${id}`)).status, 404)
    const { items } = await later.get<{ items: { kind: string; data: { calls: number } }[] }>('/api/v1/audit')
    assert.equal(items.find(({ kind }) => kind === 'calls.erased')?.data.calls, 1)
  })

  it('do not go at once by a clock that is years ahead: somebody has a day to look', async () => {
    await platform.offFor(700)
    await platform.now.program.waitForOutput(/the clock may be wrong: for a day nothing is erased/)
    assert.equal(await calls(), 1)
    await platform.offFor(-700)
    assert.equal(await calls(), 1)
  })
})
