import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, type Sipp, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { LedgerOfData } from '../crash/ledger-of-data.ts'
import { stopAll } from '../sipp/sipp-phone.ts'
import { answeredIn, startCallLoad } from './call-load.ts'
import { SmallDisk } from './small-disk.ts'

describe('the disk of the data folder is full while people call', () => {
  const phones: NetPhone[] = []
  let disk: SmallDisk
  let free: FreePorts
  let platform: Platform
  let load: Sipp
  before(async () => {
    disk = new SmallDisk(32)
    free = await FreePorts.claim()
    platform = await startPlatform({
      data: disk.data,
      mediaPortCount: 300,
      environment: { VAXEL_JOURNAL_SIZE: '8' },
    })
    for (const user of ['204', '205']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      assert.equal(await phone.register(3600), 200)
      phones.push(phone)
    }
    load = await startCallLoad(platform, free)
  })
  after(async () => {
    await stopAll()
    for (const phone of phones) await phone.close()
    await platform?.program.stop('SIGKILL')
    free?.release()
    disk?.close()
  })

  it('calls that are up stay, new ones go on, phones register, and the health page says what is wrong', async () => {
    const coming = phones[1]!.nextCall()
    const caller = await phones[0]!.call('205')
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    disk.fill()
    const told = await eventually(
      'the health page tells it',
      async () => {
        const reply = await fetch(`${platform.url}/healthz`)
        return reply.status === 503 && (await reply.text())
      },
      20_000,
    )
    assert.match(told, /takes no entries since 20\d\d-[^:]+:.*full.*Calls go on.*in the journal/)
    const before = answeredIn(load.messages).length
    await eventually('new calls are answered', () => answeredIn(load.messages).length > before + 10)
    assert.equal(await phones[0]!.register(3600), 200)
    const heard = callee.talker.receivedPackets
    await callee.talker.hears(heard + 25)
    caller.hangUp()
    await Promise.all([caller.isOver(), callee.isOver()])
    disk.fill()
  })

  it('the configuration cannot be changed meanwhile, and the answer says why', async () => {
    const api = await platform.login()
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/users')
    const { status, body } = await api.request('PATCH', `/api/v1/users/${items[0]!.id}`, { displayName: 'Another' })
    assert.equal(status, 503)
    assert.match(JSON.stringify(body), /CONFIGURATION_DATABASE_AWAY/)
  })

  it('with room again everything is in the history by itself, once', async () => {
    disk.makeRoom()
    await eventually('health is well', async () => (await fetch(`${platform.url}/healthz`)).status === 200)
    const { messages } = load
    await stopAll()
    assert.deepEqual(await platform.stop(), { code: 0, signal: null })
    const ledger = new LedgerOfData(platform.data)
    try {
      const answered = answeredIn(messages)
      assert.ok(answered.length > 10)
      assert.deepEqual(
        answered.filter((sipCallId) => ledger.callsOfDialog(sipCallId).length !== 1),
        [],
      )
      assert.deepEqual(ledger.integrity(), ['ok'])
      assert.equal(ledger.gaps(), 0)
      assert.equal(ledger.unsound().open, 0)
      assert.equal(ledger.unsound().endedNotOnce, 0)
    } finally {
      ledger.close()
    }
  })
})

describe('a server starts while the disk of its data folder is full', () => {
  it('takes phones and calls as one does that ran when it became full', async (t) => {
    const disk = new SmallDisk(32)
    t.after(() => disk.close())
    const environment = { VAXEL_JOURNAL_SIZE: '8' }
    const before = await startPlatform({ data: disk.data, environment })
    await before.kill()
    disk.fill()
    const platform = await startPlatform({ data: disk.data, ports: before.ports, environment })
    t.after(async () => void (await platform.program.stop('SIGKILL')))
    const phones: NetPhone[] = []
    t.after(async () => void (await Promise.all(phones.map((phone) => phone.close()))))
    for (const user of ['204', '205']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      phones.push(phone)
      assert.equal(await phone.register(3600), 200)
    }
    const coming = phones[1]!.nextCall()
    const caller = await phones[0]!.call('205')
    const callee = await coming
    await Promise.all([caller.isAnswered(), callee.isAnswered()])
    caller.hangUp()
    await Promise.all([caller.isOver(), callee.isOver()])
    assert.deepEqual(await platform.stop(), { code: 0, signal: null })
  })
})
