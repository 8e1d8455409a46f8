import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Baresip, eventually, type Platform, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { talk } from '../baresip/heard-tone.ts'

interface Call {
  readonly id: string
  readonly startedAt: string
  readonly answeredAt?: string
  readonly endedAt?: string
  readonly termination?: { readonly blame: string; readonly reason: string }
}

describe('the process dies', () => {
  const phones: Baresip[] = []
  let platform: Platform | undefined
  after(async () => {
    for (const phone of phones) await phone.stop()
    await platform?.stop()
  })

  it('in the middle of a call (kill -9): after the next start the call is in the history, ended at its last second of audio', async () => {
    platform = await startPlatform()
    const first = platform
    for (const [user, toneHz] of [
      ['201', 440],
      ['202', 620],
    ] as const)
      phones.push(await Baresip.start({ user, password: `sip-${user}`, registrar: first.sip, toneHz }))
    const [anna, bertil] = phones
    await anna!.dial('202')
    await Promise.all([anna!.waitFor('CALL_ESTABLISHED'), bertil!.waitFor('CALL_ESTABLISHED')])
    await talk(4000)
    const killedAtMs = Date.now()
    await first.kill()
    const deadAtMs = Date.now()
    platform = await startPlatform({ data: first.data, ports: first.ports })
    const api = await platform.login()
    const { items } = await api.get<{ items: Call[] }>('/api/v1/calls')
    assert.equal(items.length, 1)
    const [call] = items
    assert.equal(call!.termination?.reason, 'restarted')
    assert.ok(call!.answeredAt, 'it was answered')
    const endedAtMs = Date.parse(call!.endedAt!)
    assert.ok(endedAtMs <= deadAtMs, 'not after the end')
    // Audio is noted each second; a machine that does much else may be late by another one or two.
    assert.ok(killedAtMs - endedAtMs < 3900, `within its last seconds: ${killedAtMs - endedAtMs} ms before the end`)
  })

  it('and registrations are there again, so that the next call goes through', async () => {
    const [anna, bertil] = phones
    await eventually('the phones have noticed that their call is gone', async () => {
      await anna!.command('hangup').catch(() => undefined)
      await bertil!.command('hangup').catch(() => undefined)
      return true
    })
    const api = await platform!.login()
    const { items } = await api.get<{ items: unknown[] }>('/api/v1/bindings')
    assert.equal(items.length, 2)
    const [heardBefore, saidBefore] = [anna!.events.length, bertil!.events.length]
    await anna!.dial('202')
    await Promise.all([
      anna!.waitFor('CALL_ESTABLISHED', 30_000, heardBefore),
      bertil!.waitFor('CALL_ESTABLISHED', 30_000, saidBefore),
    ])
    await anna!.hangUp()
  })
})

describe('the process dies while phones talk, and they do not notice', () => {
  const phones: NetPhone[] = []
  let platform: Platform | undefined
  after(async () => {
    for (const phone of phones) await phone.close()
    await platform?.stop()
  })

  it('the next calls, on the same ports, hear each other and nobody of before', async () => {
    // Ports for two calls and no more: the next ones are sure to get those to which phones still speak.
    platform = await startPlatform({ mediaPortCount: 8, environment: { VAXEL_MEDIA_DRAIN: '1' } })
    for (const user of ['204', '205', '206', '207']) {
      const phone = await NetPhone.open({ user, port: platform.ports.sip })
      phones.push(phone)
      assert.equal(await phone.register(), 200)
    }
    const twoCalls = async () => {
      const talkers = []
      for (const [from, to] of [
        [phones[0]!, phones[1]!],
        [phones[2]!, phones[3]!],
      ] as const) {
        const coming = to.nextCall()
        const caller = await from.call(to.user)
        const callee = await coming
        await Promise.all([caller.isAnswered(), callee.isAnswered()])
        talkers.push(caller.talker, callee.talker)
      }
      return talkers
    }
    const before = await twoCalls()
    await Promise.all(before.map((talker) => talker.hears(50)))
    await platform.kill()
    platform = await startPlatform({
      data: platform.data,
      ports: platform.ports,
      environment: { VAXEL_MEDIA_DRAIN: '1' },
    })
    const sent = before.map(({ sentPackets }) => sentPackets)
    const heard = before.map(({ receivedPackets }) => receivedPackets)
    const next = await twoCalls()
    await Promise.all(next.map((talker) => talker.hears(100)))
    before.forEach((talker, i) => {
      assert.ok(talker.sentPackets > sent[i]! + 50, 'who talked before still does')
      assert.ok(talker.receivedPackets - heard[i]! < 10, 'and hears nothing of the new calls')
    })
  })
})
