import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import {
  choosePorts,
  type Platform,
  type PlatformPorts,
  SeededRandom,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { LedgerOfData } from './ledger-of-data.ts'

const random = new SeededRandom(8)
/** From before the first file to after the schema is there; the start itself takes about a second. */
const latestMs = [250, 550, 850, 1050]
const kills = Number(process.env['VAXEL_TEST_KILLS'] ?? 3)

describe('kill -9 while the server starts', () => {
  let ports: PlatformPorts
  let platform: Platform | undefined
  after(() => platform?.program.stop('SIGKILL'))

  it('for the first time, while it makes the schema, the keys and the demo company: the next start goes on', async () => {
    ports = await choosePorts(20)
    for (const mostMs of latestMs) {
      const data = temporaryFolder('first-start')
      for (let kill = 0; kill < kills / 3; kill++) await startAndKill(data, random.between(100, mostMs))
      platform = await startPlatform({ data, ports })
      const api = await platform.login('201')
      const { items } = await api.get<{ items: unknown[] }>('/api/v1/users?limit=100')
      assert.equal(items.length, 20, 'the demo company is whole')
      assert.deepEqual(await platform.stop(), { code: 0, signal: null })
      const ledger = new LedgerOfData(data)
      assert.deepEqual(ledger.integrity(), ['ok'])
      assert.equal(ledger.gaps(), 0)
      ledger.close()
    }
  })

  it('again and again on the data of a crash: what was open is closed once', async () => {
    const data = temporaryFolder('crash-in-recovery')
    platform = await startPlatform({ data, ports })
    const phones = await Promise.all(['204', '205'].map((user) => NetPhone.open({ user, port: platform!.ports.sip })))
    for (const phone of phones) assert.equal(await phone.register(), 200)
    const call = await phones[0]!.call('205')
    await call.isAnswered()
    await platform.kill()
    for (let kill = 0; kill < kills; kill++) await startAndKill(data, random.between(300, 1100))
    platform = await startPlatform({ data, ports })
    assert.deepEqual(await platform.stop(), { code: 0, signal: null })
    for (const phone of phones) await phone.close()
    const ledger = new LedgerOfData(data)
    assert.equal(ledger.callsOfDialog(call.sipCallId).length, 1)
    assert.equal(ledger.callsOfDialog(call.sipCallId)[0]!.reason, 'restarted')
    assert.deepEqual(ledger.unsound(), { open: 0, legsOpen: 0, endedNotOnce: 0 })
    assert.equal(ledger.gaps(), 0)
    ledger.close()
  })

  async function startAndKill(data: string, afterMs: number): Promise<void> {
    const starting = startPlatform({
      data,
      ports,
      onStarted: (program) => setTimeout(() => program.signal('SIGKILL'), afterMs),
    })
    await starting.then(
      (started) => started.kill(),
      () => {},
    )
  }
})
