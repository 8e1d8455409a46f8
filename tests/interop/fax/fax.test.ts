import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  eventually,
  type Platform,
  readFaxPage,
  startPlatform,
  temporaryFolder,
  within,
} from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { FaxMachine } from './fax-machine.ts'
import { makePage, writePage } from './page.ts'

const page = makePage(60)

describe('a fax and a telephone at adapters', { concurrency: 2 }, () => {
  let platform: Platform
  let api: ApiClient
  const folder = temporaryFolder('fax')
  const sent = join(folder, 'sent.tif')
  const machines: FaxMachine[] = []

  before(async () => {
    writePage(sent, page)
    platform = await startPlatform()
    api = await platform.login()
  })
  after(async () => {
    for (const machine of machines) await machine.close()
    await platform?.stop()
  })

  const pair = async (from: string, to: string, t38: { caller: 'takes' | 'refuses'; called: 'offers' | 'refuses' }) => {
    const received = join(folder, `${to}.tif`)
    const common = { sipPort: platform.ports.sip }
    const called = await FaxMachine.open({
      ...common,
      user: to,
      t38: t38.called,
      job: { isCaller: false, ident: `+46 ${to}`, receive: received },
    })
    const caller = await FaxMachine.open({
      ...common,
      user: from,
      t38: t38.caller,
      job: { isCaller: true, ident: `+46 ${from}`, send: sent },
    })
    machines.push(called, caller)
    caller.call(to)
    return { caller, called, received }
  }
  const ends = async ({ caller, called }: { caller: FaxMachine; called: FaxMachine }) => {
    assert.deepEqual(await within('the fax is done', Promise.all([caller.ended, called.ended]), 150_000), ['OK', 'OK'])
  }
  const kinds = async (sipUser: string): Promise<string[]> => {
    const { items } = await api.get<{ items: { id: string; called: { number: string } }[] }>('/api/v1/calls?limit=20')
    const { id } = items.find(({ called }) => called.number === sipUser)!
    const { timeline } = await api.get<{ timeline: { kind: string }[] }>(`/api/v1/calls/${id}`)
    return timeline.map(({ kind }) => kind).filter((kind) => kind.startsWith('fax.'))
  }

  it('send a page as sound, as T.38, and as sound where the other side refuses T.38; all at once', {
    timeout: 200_000,
  }, async () => {
    const sound = await pair('202', '203', { caller: 'refuses', called: 'refuses' })
    const data = await pair('204', '205', { caller: 'takes', called: 'offers' })
    const refused = await pair('206', '207', { caller: 'refuses', called: 'offers' })
    await Promise.all([ends(sound), ends(data), ends(refused)])
    for (const { received } of [sound, data, refused]) assert.deepEqual(readFaxPage(received), page)

    assert.deepEqual(data.caller.mode, ['sound', 'data'])
    assert.deepEqual(data.called.mode, ['sound', 'data'])
    assert.match(data.caller.came.at(-1)!, /a=T38FaxUdpEC:t38UDPRedundancy/)
    assert.match(data.caller.came.at(-1)!, /a=T38MaxBitRate:14400/)
    assert.deepEqual(refused.called.mode, ['sound'])

    await data.called.goBack()
    const before = data.caller.soundPackets
    await eventually(
      'the caller has sound again',
      () => data.caller.soundPackets >= before + 10 && data.caller.mode.at(-1) === 'sound',
    )
    assert.deepEqual(data.caller.mode, ['sound', 'data', 'sound'])
    for (const { caller } of [sound, data, refused]) caller.usage!.end()
    for (const { called } of [sound, data, refused]) await called.isOver()

    assert.deepEqual(await kinds('205'), ['fax.relayed', 'fax.relayEnded'])
    assert.ok((await kinds('207')).includes('fax.relayRefused'))
    assert.deepEqual(await kinds('203'), ['fax.detected', 'fax.detected'])
  })

  it('let who flashes the hook ask somebody else, come back, join all three, and leave the two together', async () => {
    const phones = await Promise.all(
      ['208', '209', '210'].map((user) => NetPhone.open({ user, port: platform.ports.sip })),
    )
    const [analogue, anna, cecilia] = phones as [NetPhone, NetPhone, NetPhone]
    try {
      for (const phone of phones) assert.equal(await phone.register(), 200)
      const talks = async (...pair: string[]) => {
        const { items } = await api.get<{ items: { connections: { state: string; party: { number: string } }[] }[] }>(
          '/api/v1/live-calls',
        )
        const numbers = items.map(({ connections }) =>
          connections.filter(({ state }) => state === 'connected').map(({ party }) => party.number),
        )
        return numbers.some((there) => there.length === 2 && pair.every((number) => there.includes(number)))
      }
      const call = await analogue.call('209')
      await call.isAnswered()
      assert.equal(await call.usage.info('application/hook-flash', ''), 200)
      const asked = cecilia.nextCall()
      for (const digit of '210#') await call.usage.info('application/dtmf-relay', `Signal=${digit}\r\nDuration=100\r\n`)
      await (await asked).isAnswered()
      await eventually('208 talks with 210', () => talks('208', '210'))
      assert.equal(await call.usage.info('application/dtmf-relay', 'Signal=16\r\nDuration=250\r\n'), 200)
      await eventually('208 talks with 209 again', () => talks('208', '209'))
      const before = cecilia.calls[0]!.talker.receivedPackets
      await cecilia.calls[0]!.talker.hears(before + 25)
      assert.equal(await call.usage.info('application/hook-flash', ''), 200)
      await eventually('208 talks with 210 again', () => talks('208', '210'))
      assert.equal(await call.usage.info('application/dtmf-relay', 'Signal=3\r\nDuration=100\r\n'), 200)
      const three = [call, anna.calls[0]!, cecilia.calls[0]!]
      await eventually('all three are in one conference', async () => {
        const { items } = await api.get<{ items: { members: { name?: string }[] }[] }>('/api/v1/conferences')
        return items.some(({ members }) => members.length === three.length)
      })
      await Promise.all(three.map(({ talker }) => talker.hears(talker.receivedPackets + 25)))
      call.hangUp()
      const rest = three.slice(1)
      await Promise.all(rest.map(({ talker }) => talker.hears(talker.receivedPackets + 50)))
      for (const other of rest) assert.equal(other.end, undefined)
    } finally {
      for (const phone of phones) await phone.close()
    }
  })
})
