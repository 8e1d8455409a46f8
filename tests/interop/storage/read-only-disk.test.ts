import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually, FreePorts, type Platform, type Sipp, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { LedgerOfData } from '../crash/ledger-of-data.ts'
import { stopAll } from '../sipp/sipp-phone.ts'
import { answeredIn, startCallLoad } from './call-load.ts'
import { FailingDisk } from './failing-disk.ts'

describe('the disk of the data folder becomes read-only while people call, with the journal on another', () => {
  const environment = { VAXEL_JOURNAL: temporaryFolder('other-disk'), VAXEL_JOURNAL_SIZE: '8' }
  let disk: FailingDisk
  let free: FreePorts
  let platform: Platform
  let load: Sipp
  before(async () => {
    disk = new FailingDisk()
    free = await FreePorts.claim()
    platform = await startPlatform({ data: disk.data, mediaPortCount: 300, environment })
    load = await startCallLoad(platform, free)
  })
  after(async () => {
    await stopAll()
    await platform?.program.stop('SIGKILL')
    free?.release()
    disk?.close()
  })

  it('calls go on, and the health page says what is wrong', async () => {
    disk.fail()
    const told = await eventually('it is told', async () => {
      const reply = await fetch(`${platform.url}/healthz`)
      const text = await reply.text()
      return /takes no entries/.test(text) && text
    })
    assert.match(told, /(read-?only|I\/O error).*Calls go on/)
    const before = answeredIn(load.messages).length
    await eventually('new calls are answered', () => answeredIn(load.messages).length > before + 10)
  })

  it('the server is killed, the disk mended: the next start has every call in the history, once', async () => {
    await platform.kill()
    const { messages } = load
    await stopAll()
    disk.unmount()
    disk.mount()
    platform = await startPlatform({ data: disk.data, ports: platform.ports, environment })
    assert.equal((await fetch(`${platform.url}/healthz`)).status, 200)
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
      assert.deepEqual(ledger.unsound(), { open: 0, legsOpen: 0, endedNotOnce: 0 })
    } finally {
      ledger.close()
    }
  })
})
