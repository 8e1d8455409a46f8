import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ApiClient, Baresip, choosePorts, type Platform, startPlatform } from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'

describe('the platform starts and stops', () => {
  it('starts, ends and starts again', async (test) => {
    const first = await startPlatform()
    const users = async (platform: Platform) =>
      (await (await platform.login()).get<{ items: unknown[] }>('/api/v1/users?limit=500')).items.length
    let count = 0
    await test.test(
      'says ready only when every listener is up, and ends within 5 s of SIGTERM with code 0',
      async () => {
        const { status, body } = await new ApiClient(first.url).request<{ status?: string }>('GET', '/healthz')
        assert.equal(status, 200, JSON.stringify(body))
        count = await users(first)
        const { code, signal } = await first.program.stop('SIGTERM', 8000)
        assert.deepEqual(
          { code, signal },
          { code: 0, signal: null },
          'ended by itself, before the limit of stop() killed it',
        )
      },
    )
    await test.test('keeps no readable secret in its folder', () => {
      assert.ok(existsSync(first.data))
      for (const entry of readdirSync(first.data, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue
        const text = readFileSync(join(entry.parentPath, entry.name), 'latin1')
        assert.ok(!/sip-20\d/.test(text) && !/demo-20\d/.test(text), `a password stands in ${entry.name}`)
      }
    })
    await test.test('is ready when it starts again, and has kept what it had', async () => {
      const second = await startPlatform({ data: first.data, ports: first.ports })
      assert.equal(await users(second), count)
      await second.stop()
    })
  })

  it('ends its calls with BYE when it is stopped, and their records are closed', async () => {
    const platform = await startPlatform()
    const phones = await Promise.all(
      ['201', '202'].map((user) => Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip })),
    )
    const [anna, bertil] = phones
    await anna!.dial('202')
    await Promise.all(phones.map((phone) => phone.waitFor('CALL_ESTABLISHED')))
    const { code } = await platform.stop()
    assert.equal(code, 0)
    await Promise.all([anna!, bertil!].map((phone) => phone.waitFor('CALL_CLOSED')))
    for (const phone of phones) await phone.stop()
    const again = await startPlatform({ data: platform.data, ports: platform.ports })
    const { items } = await (await again.login()).get<{
      items: { endedAt?: string; termination?: { reason: string } }[]
    }>('/api/v1/calls')
    assert.equal(items.length, 1)
    assert.ok(items[0]!.endedAt)
    assert.notEqual(
      items[0]!.termination?.reason,
      'restarted',
      'it was closed before the end, not after the next start',
    )
    await again.stop()
  })

  for (const { how, signals } of [
    { how: 'its terminal is closed', signals: ['SIGHUP'] },
    // As when a machine is shut down: all processes are told, and the launcher tells the server once more.
    { how: 'the same signal reaches it twice at once', signals: ['SIGTERM', 'SIGTERM'] },
  ] as const)
    it(`ends its calls with BYE also when ${how}`, async (t) => {
      const platform = await startPlatform({ environment: { VAXEL_LOG: 'info' } })
      t.after(async () => void (await platform.program.stop('SIGKILL')))
      const phones = await Promise.all(['204', '205'].map((user) => NetPhone.open({ user, port: platform.ports.sip })))
      t.after(async () => void (await Promise.all(phones.map((phone) => phone.close()))))
      for (const phone of phones) assert.equal(await phone.register(3600), 200)
      const coming = phones[1]!.nextCall()
      const calls = [await phones[0]!.call('205'), await coming]
      await Promise.all(calls.map((call) => call.isAnswered()))
      const over = Promise.allSettled(calls.map((call) => call.isOver()))
      for (const signal of signals) {
        platform.program.signal(signal)
        await platform.program.waitForOutput(/"msg":"stopping"/)
      }
      const { code, signal } = await platform.program.ended
      assert.deepEqual({ code, signal }, { code: 0, signal: null })
      for (const { status } of await over) assert.equal(status, 'fulfilled')
    })

  it('runs beside another one with its own folder and ports, fully apart; a third on a taken port says which in a sentence, and leaves', async () => {
    const [one, two] = await Promise.all([startPlatform(), startPlatform()])
    try {
      const token = (await one.login()).token
      const { status } = await new ApiClient(two.url, token).request('GET', '/api/v1/users')
      assert.equal(status, 401)
      await assert.rejects(
        startPlatform({ ports: { ...one.ports, http: (await choosePorts(4)).http } }),
        (error: Error) => new RegExp(`${one.ports.sip}|${one.ports.https}|${one.ports.media}`).test(error.message),
      )
    } finally {
      await Promise.all([one.stop(), two.stop()])
    }
  })

  it('tells all mistakes of its configuration at once', async () => {
    const environment = { VAXEL_SIP_PORT: 'many', VAXEL_MEDIA_PORTS: '9', VAXEL_LOG: 'loud' }
    await assert.rejects(startPlatform({ environment }), (error: Error) =>
      ['VAXEL_SIP_PORT', 'VAXEL_MEDIA_PORTS', 'VAXEL_LOG'].every((name) => error.message.includes(name)),
    )
  })

  it('on an empty folder without the demo prints a one-time set-up link, and listens on loopback only', async () => {
    const platform = await startPlatform({ demo: false })
    try {
      assert.match(platform.output, /https?:\/\/\S+setup\S*/i)
      const login = await new ApiClient(platform.url).request('POST', '/api/v1/sessions', {
        login: '201@demo.vaxel.test',
        password: 'demo-201',
      })
      assert.equal(login.status, 401)
    } finally {
      await platform.stop()
    }
  })
})
