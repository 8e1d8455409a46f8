import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, type DeviceId, type FlowId, silentLogger, type UserId } from '@vaxel/base'
import type { BindingStore, CallLedger, Company, Device, Directory, User } from '@vaxel/core/ports'
import {
  answerChallenge,
  chooseChallenge,
  type Flow,
  makeDialogEventPackage,
  makeHa1,
  makeResponse,
  parseMessage,
  type SipRequest,
  type SipResponse,
  type SipStack,
  type SipTransport,
} from '@vaxel/sip'
import { settle, VirtualClock } from '@vaxel/testkit/virtual-clock'
import { Registrar, watchRegistrations } from './feature.ts'

const domain = { name: 'demo.test', companyId: 'c1' as CompanyId }
const flow: Flow = {
  id: 'f1' as FlowId,
  protocol: 'tls',
  isOpen: true,
  local: { address: '10.0.0.9', port: 5061 },
  remote: { address: '10.0.0.1', port: 40_000 },
}
const secretsOf = (password: string): Device['secrets'] =>
  (['SHA-256', 'MD5'] as const).map((algorithm) => ({
    algorithm,
    realm: domain.name,
    ha1: makeHa1(algorithm, '201', domain.name, password),
  }))

/** 201, an attendant, watches the calls of 202: with the numbers that attendants may see. */
async function subscribed() {
  const clock = new VirtualClock()
  const watcher = { id: 'u201' as UserId, companyId: domain.companyId, name: '201', role: 'attendant' } as User
  const watched = { id: 'u202' as UserId, companyId: domain.companyId, name: '202', role: 'user' } as User
  const device = {
    id: 'd201' as DeviceId,
    userId: watcher.id,
    sipUsername: '201',
    secrets: secretsOf('secret'),
  } as Device
  const now: {
    watcher: User | undefined
    watched: User | undefined
    device: Device | undefined
    company: Company | undefined
  } = { watcher, watched, device, company: undefined }
  const users = () => [now.watcher, now.watched]
  const directory = {
    user: (id: string) => users().find((one) => one?.id === id),
    userByAddress: (_: string, name: string) => users().find((one) => one?.name === name),
    device: () => now.device,
    deviceByUsername: (_: string, name: string) => (name === '201' ? now.device : undefined),
    number: () => undefined,
    company: () => now.company,
    trunkByAddress: () => undefined,
  } as unknown as Directory
  const registered: { deviceId: string; flow: Flow }[] = []
  const bindings = { ofAddress: () => [], ofUser: () => registered, all: () => [] } as unknown as BindingStore
  const resolveDomain = (host: string) => (host === domain.name ? domain : undefined)
  const ledger = { append: async () => 1 } as unknown as CallLedger
  const registrar = new Registrar({ clock, log: silentLogger, directory, bindings, ledger, resolveDomain })
  const told: { state: string; body: string }[] = []
  const toldOver: (string | undefined)[] = []
  const notifier = watchRegistrations({
    clock,
    log: silentLogger,
    stack: {
      request: async ({ headers, body, flow: over }: Parameters<SipStack['request']>[0]) => {
        if (!over?.isOpen) return { kind: 'transport', reason: 'closed' }
        toldOver.push(over.id)
        const state = headers!.find(([name]) => name === 'Subscription-State')![1]
        told.push({ state, body: Buffer.from(body?.bytes ?? '').toString() })
        return { kind: 'response', response: makeResponse(ask('subscribe'), 200), flow }
      },
    },
    transport: { advertised: (on: Flow) => on.local } as SipTransport,
    bindings,
    directory,
    resolveDomain,
    authenticate: (request, on) => registrar.authenticate(request, on),
    userNow: (who) => registrar.userNow(who),
    flowOf: (binding) => binding.flow as unknown as Flow,
    further: [
      {
        package: makeDialogEventPackage((resource) => ({
          entity: 'sip:202@demo.test',
          dialogs: resource.endsWith(' remote')
            ? [{ id: 'x', state: 'confirmed', direction: 'initiator', remote: { uri: 'sip:+46701234567@pstn.test' } }]
            : [],
        })),
        resourceOf: ({ role }, { id }) => (role === 'user' ? id : `${id} remote`),
      },
    ],
  })
  let cseq = 0
  function ask(toTag: string, ...more: string[]): SipRequest {
    const lines = [
      'SUBSCRIBE sip:202@demo.test SIP/2.0',
      `Via: SIP/2.0/TLS 10.0.0.1;branch=z9hG4bK${++cseq}`,
      'From: <sip:201@demo.test>;tag=p',
      `To: <sip:202@demo.test>${toTag && `;tag=${toTag}`}`,
      'Call-ID: c1',
      `CSeq: ${cseq} SUBSCRIBE`,
      'Contact: <sip:201@10.0.0.1;transport=tls>',
      'Event: dialog',
      'Expires: 3600',
      ...more,
    ]
    const parsed = parseMessage(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`))
    assert.ok(parsed.ok)
    return parsed.message as SipRequest
  }
  const subscribeOver = (over: Flow, toTag: string, ...more: string[]): SipResponse => {
    const responses: SipResponse[] = []
    const request = ask(toTag, ...more)
    notifier.onSubscribe({ request, flow: over, respond: (response) => responses.push(response) })
    return responses[0]!
  }
  const subscribe = (toTag: string, ...more: string[]): SipResponse => subscribeOver(flow, toTag, ...more)
  const challenge = chooseChallenge(subscribe('').headers.getAll('Proxy-Authenticate'))!
  const answer = answerChallenge(
    challenge,
    { method: 'SUBSCRIBE', uri: 'sip:202@demo.test' },
    { username: '201', password: 'secret' },
  )
  const first = subscribe('', `Proxy-Authorization: ${answer}`)
  assert.equal(first.status, 200)
  await settle()
  assert.match(told.at(-1)!.body, /\+46701234567/)
  const refresh = (from = flow.remote.address) =>
    subscribeOver({ ...flow, remote: { address: from, port: 40_000 } }, first.to.tag!).status
  return { notifier, now, told, refresh, registered, toldOver }
}

const changes: [string, (now: Awaited<ReturnType<typeof subscribed>>['now']) => void, string][] = [
  ['the watcher is deleted', (now) => (now.watcher = undefined), 'terminated;reason=rejected'],
  ['the device is deleted', (now) => (now.device = undefined), 'terminated;reason=rejected'],
  [
    'the device has a new password',
    (now) => (now.device = { ...now.device!, secrets: secretsOf('another') }),
    'terminated;reason=rejected',
  ],
  [
    'the watcher may see less',
    (now) => (now.watcher = { ...now.watcher!, role: 'user' }),
    'terminated;reason=deactivated',
  ],
  ['the watched is deleted', (now) => (now.watched = undefined), 'terminated;reason=deactivated'],
]

describe('a subscription', () => {
  for (const [what, change, state] of changes) {
    it(`tells nothing more after ${what}`, async () => {
      const { notifier, now, told } = await subscribed()
      change(now)
      notifier.changed('dialog', 'u202 remote')
      await settle()
      assert.deepEqual(told.at(-1), { state, body: '' })
      assert.equal(notifier.size, 0)
    })

    it(`cannot be refreshed after ${what}`, async () => {
      const { notifier, now, told, refresh } = await subscribed()
      const before = told.length
      change(now)
      assert.equal(refresh(), 481)
      await settle()
      assert.deepEqual([told.length, notifier.size], [before, 0])
    })
  }

  it('goes on by the connection that its telephone has registered by, where the one before is closed', async () => {
    const { notifier, registered, told, toldOver } = await subscribed()
    const before = told.length
    try {
      ;(flow as { isOpen: boolean }).isOpen = false
      registered.push({ deviceId: 'd201', flow })
      notifier.changed('dialog', 'u202 remote')
      await settle()
      assert.deepEqual([told.length, notifier.size], [before, 1])
      for (const deviceId of ['another', 'd201'])
        registered.push({ deviceId, flow: { ...flow, id: `of ${deviceId}` as FlowId, isOpen: true } })
      notifier.reached('d201')
      await settle()
      assert.match(told.at(-1)!.body, /\+46701234567/)
      assert.deepEqual(toldOver.slice(1), ['of d201'])
    } finally {
      ;(flow as { isOpen: boolean }).isOpen = true
    }
  })

  it('does not go with its telephone to where the company lets nobody be', async () => {
    const { notifier, now, told, refresh } = await subscribed()
    now.company = { allowedNetworks: ['10.0.0.0/24', '10.0.7.0/24'] } as unknown as Company
    assert.equal(refresh('10.0.7.1'), 200)
    await settle()
    assert.match(told.at(-1)!.state, /^active/)
    const before = told.length
    assert.equal(refresh('198.51.100.7'), 481)
    notifier.changed('dialog', 'u202 remote')
    await settle()
    assert.deepEqual([told.length, notifier.size], [before, 0])
  })

  it('goes on after a change that is not its own', async () => {
    const { notifier, now, told, refresh } = await subscribed()
    now.device = { ...now.device!, label: 'another desk', secrets: [...now.device!.secrets] }
    now.watcher = { ...now.watcher!, displayName: 'Anna' }
    assert.equal(refresh(), 200)
    await settle()
    notifier.changed('dialog', 'u202 remote')
    await settle()
    assert.match(told.at(-1)!.state, /^active/)
  })
})
