import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { eventually, type Platform, startPlatform, temporaryFolder } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

/** A part of the server that does not keep to the rules: what it throws, nothing catches. */
const careless = `
process.on('SIGWINCH', () => setImmediate(() => { throw new Error('a careless part') }))
process.on('SIGCONT', () => void Promise.reject(new Error('a careless promise')))
`

describe('a fault in the server that nothing caught', () => {
  let platform: Platform
  const phones: NetPhone[] = []
  before(async () => {
    const file = join(temporaryFolder('careless'), 'careless.mjs')
    writeFileSync(file, careless)
    platform = await startPlatform({ environment: { NODE_OPTIONS: `--import=${pathToFileURL(file)}` } })
    platform.expectsFaults = true
  })
  after(async () => {
    for (const phone of phones) await phone.close()
    await platform?.stop()
  })

  it('ends no call: it goes on, the next one comes through, and the health page and the log say it', async () => {
    for (const user of ['204', '205']) phones.push(await NetPhone.open({ user, port: platform.ports.sip }))
    for (const phone of phones) assert.equal(await phone.register(), 200)
    const talk = async () => {
      const coming = phones[1]!.nextCall()
      const caller = await phones[0]!.call('205')
      const callee = await coming
      await Promise.all([caller.isAnswered(), callee.isAnswered()])
      return { caller, callee }
    }
    const { caller, callee } = await talk()
    for (const [signal, words] of [
      ['SIGWINCH', 'a careless part'],
      ['SIGCONT', 'a careless promise'],
    ] as const) {
      process.kill(platform.pid, signal)
      await eventually('it is in the log', () => platform.output.includes(words))
    }
    const heard = callee.talker.receivedPackets
    await callee.talker.hears(heard + 50)
    const { warnings } = (await (await fetch(`${platform.url}/healthz`)).json()) as { warnings: string[] }
    assert.match(warnings.join('\n'), /Something went wrong in the server itself at \d{4}-/)
    caller.hangUp()
    await callee.isOver()
    const again = await talk()
    again.caller.hangUp()
    await again.callee.isOver()
  })

  it('without an end is the end of the server, so that it is started anew', async () => {
    const ended = platform.program.ended
    const told = () => platform.output.match(/a fault that nothing caught/g)?.length ?? 0
    while (platform.program.isRunning) {
      const before = told()
      process.kill(platform.pid, 'SIGWINCH')
      await eventually('it is told, or too much', () => told() > before || !platform.program.isRunning)
    }
    assert.equal((await ended).code, 1)
    assert.match(platform.output, /vaxel: faults come without an end; the last one: Error: a careless part/)
  })
})
