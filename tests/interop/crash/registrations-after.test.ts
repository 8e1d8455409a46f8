import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

interface Binding {
  readonly contact: string
}

describe('the server dies and starts again: what phones had registered', () => {
  let platform: Platform
  let caller: NetPhone
  const overTcp: NetPhone[] = []
  before(async () => {
    platform = await startPlatform()
    caller = await NetPhone.open({ user: '204', port: platform.ports.sip })
    assert.equal(await caller.register(3600), 200)
    for (const user of ['205', '206', '207', '208', '209']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip, protocol: 'tcp' })
      assert.equal(await phone.register(3600), 200)
      assert.equal(phone.grantedSeconds, 3600)
      overTcp.push(phone)
    }
    await platform.kill()
    platform = await startPlatform({ data: platform.data, ports: platform.ports })
  })
  after(async () => {
    for (const phone of [caller, ...overTcp]) await phone?.close()
    await platform?.stop()
  })

  it('is still known, those over lost connections too', async () => {
    const api = await platform.login()
    const { items } = await api.get<{ items: Binding[] }>('/api/v1/bindings')
    assert.equal(items.length, 6)
  })

  it('reaches a phone on UDP, and one on TCP that listens, before either has registered again', async () => {
    for (const callee of [overTcp[0]!, caller]) {
      const from = callee === caller ? overTcp[1]! : caller
      const coming = callee.nextCall()
      const call = await from.call(callee.user)
      const called = await coming
      await Promise.all([call.isAnswered(), called.isAnswered()])
      await called.talker.hears(10)
      call.hangUp()
      await Promise.all([call.isOver(), called.isOver()])
    }
  })

  it('spreads when the phones that lost their connection come again the next time', async () => {
    const granted: number[] = []
    for (const phone of overTcp) {
      assert.equal(await phone.register(3600), 200)
      granted.push(phone.grantedSeconds)
    }
    assert.ok(
      granted.every((seconds) => seconds >= 1795 && seconds <= 3600),
      granted.join(),
    )
    assert.ok(new Set(granted).size > 1, granted.join())
    assert.equal(await caller.register(3600), 200)
    assert.equal(caller.grantedSeconds, 3600, 'a phone on UDP lost nothing')
  })
})
