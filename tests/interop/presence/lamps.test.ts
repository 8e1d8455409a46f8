import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ApiClient,
  Baresip,
  eventually,
  FreePorts,
  Linphone,
  type Platform,
  sippSdp,
  startPlatform,
} from '@vaxel/testkit'
import {
  pause,
  play,
  register,
  request,
  requestOf,
  respond,
  respondInDialog,
  response,
  scenario,
  type SippPhone,
  stopAll,
} from '../sipp/sipp-phone.ts'

/** SUBSCRIBE with the answer to the challenge, up to and without the final response. */
const subscribeSteps = (user: string, to: string, event: string): string[] => {
  const headers = [`Event: ${event}`, 'Expires: 600']
  return [
    request('SUBSCRIBE', user, to, 1, headers),
    response(407, 'auth="true"'),
    request('SUBSCRIBE', user, to, 2, [...headers, '[authentication]']),
  ]
}
const notified = (user: string): string[] => [requestOf('NOTIFY'), respondInDialog('200 OK', user)]

/** What each NOTIFY of a dialog subscription said. */
const lampsIn = (messages: string): { version: number; states: string[] }[] =>
  [...messages.matchAll(/<dialog-info [^>]*version="(\d+)"[^>]*>([\s\S]*?)<\/dialog-info>/g)].map(
    ([, version, body]) => ({
      version: Number(version),
      states: [...body!.matchAll(/<state>(\w+)<\/state>/g)].map(([, state]) => state!),
    }),
  )

describe('telephones that watch colleagues', () => {
  let platform: Platform
  let free: FreePorts
  const ends: (() => Promise<void>)[] = []
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
  })
  after(async () => {
    await stopAll()
    for (const end of ends) await end()
    free.release()
    await platform?.stop()
  })
  const phone = async (user: string): Promise<SippPhone> => ({ platform, user, port: await free.port() })
  const baresip = async (user: string, answer: 'auto' | 'manual' = 'auto') => {
    const started = await Baresip.start({ user, password: `sip-${user}`, registrar: platform.sip, answer })
    ends.push(() => started.stop())
    return started
  }

  it('see a lamp blink, burn and go out while a real call rings, is talked in and ends (RFC 4235)', async () => {
    const caller = await baresip('205')
    const called = await phone('211')
    await register(called)
    const answering = play(
      called,
      scenario(
        requestOf('INVITE', 'rrs="true"'),
        respond('180 Ringing', '211'),
        pause(1000),
        respond('200 OK', '211', [], sippSdp),
        requestOf('ACK'),
        requestOf('BYE'),
        respondInDialog('200 OK', '211'),
      ),
    )
    const watching = play(
      await phone('207'),
      scenario(
        subscribeSteps('207', '211', 'dialog'),
        response(200),
        ...Array.from({ length: 4 }, () => notified('207')),
      ),
      { service: '211' },
    )
    await eventually('the first NOTIFY', async () => /dialog-info/.test(watching.messages))
    await caller.dial('211')
    await eventually('the lamp burns', async () => /confirmed/.test(watching.messages))
    await caller.hangUp()
    const { messages } = await watching.succeed()
    await answering.succeed()
    assert.deepEqual(lampsIn(messages), [
      { version: 0, states: [] },
      { version: 1, states: ['early'] },
      { version: 2, states: ['confirmed'] },
      { version: 3, states: ['terminated'] },
    ])
    assert.doesNotMatch(messages, /<remote>/, 'a plain user does not learn with whom')
  })

  it('are told presence, and that no messages wait (RFC 3856, RFC 3842)', async () => {
    const watch = async (user: string, of: string, event: string) => {
      const steps = scenario(subscribeSteps(user, of, event), response(200), notified(user), pause(50))
      return (await play(await phone(user), steps, { service: of }).succeed()).messages
    }
    await baresip('206')
    assert.match(await watch('208', '206', 'presence'), /<basic>open<\/basic>/)
    assert.match(await watch('208', '208', 'message-summary'), /Messages-Waiting: no/)
  })

  it('see the one lamp of a shared line, whoever of its people takes the call', async () => {
    const administrator = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
    const { items } = await administrator.get<{ items: { id: string; name: string }[] }>('/api/v1/users?limit=1000')
    const userIds = ['214', '215'].map((name) => items.find((user) => user.name === name)!.id)
    const target = { kind: 'shared', name: 'Reception', userIds }
    await administrator.post('/api/v1/numbers', { number: '274', target })
    const caller = await baresip('216')
    const called = await baresip('214', 'manual')
    const steps = [...subscribeSteps('215', '274', 'dialog'), response(200)]
    const watching = play(await phone('215'), scenario(steps, ...Array.from({ length: 4 }, () => notified('215'))), {
      service: '274',
    })
    await eventually('the first NOTIFY', async () => /dialog-info/.test(watching.messages))
    await caller.dial('274')
    await eventually('the lamp blinks', async () => /early/.test(watching.messages))
    await called.answer()
    await eventually('the lamp burns', async () => /confirmed/.test(watching.messages))
    await caller.hangUp()
    const { messages } = await watching.succeed()
    assert.deepEqual(
      lampsIn(messages).map(({ states }) => states),
      [[], ['early'], ['confirmed'], ['terminated']],
    )
    assert.match(messages, /entity="sip:274@/)
    assert.match(messages, /<remote>[\s\S]*sip:216@/, 'who is of the line learns with whom')
  })

  it('learn nothing of strangers and of people whom they may not watch', async () => {
    const refused = async (user: string, of: string, event: string, status: number, password?: string) => {
      const steps = scenario(subscribeSteps(user, of, event), response(status))
      const who = await phone(user)
      await play(password ? { ...who, password } : who, steps, { service: of }).succeed()
    }
    await refused('209', '999', 'dialog', 404)
    await refused('209', '206', 'message-summary', 404)
    await refused('209', '206', 'dialog', 407, 'wrong')
  })

  it('cannot overwrite what people chose (PUBLISH, RFC 3903)', async () => {
    const steps = scenario(
      request('PUBLISH', '212', '212', 1, ['Event: presence', 'Expires: 600']),
      '<recv response="405" timeout="30000"/>',
    )
    const { messages } = await play(await phone('212'), steps, { service: '212' }).succeed()
    assert.match(messages, /^Allow: (?!.*PUBLISH)/m)
  })

  it('see presence in the list of friends (linphone)', async () => {
    const linphone = await Linphone.start({
      user: '210',
      password: 'sip-210',
      registrar: platform.sip,
      friends: ['206'],
    })
    ends.push(() => linphone.stop())
    await linphone.program.waitForOutput(/206.*(is|:).*(Online|online|Available)/)
  })
})
