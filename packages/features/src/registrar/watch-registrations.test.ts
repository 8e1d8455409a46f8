import assert, { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, type FlowId, silentLogger, systemClock, type UserId } from '@vaxel/base'
import type { BindingStore, Directory, User } from '@vaxel/core/ports'
import {
  type Flow,
  makeResponse,
  parseMessage,
  type SipRequest,
  type SipResponse,
  type SipStack,
  type SipTransport,
} from '@vaxel/sip'
import { watchRegistrations } from './feature.ts'

const flow: Flow = {
  id: 'f' as FlowId,
  protocol: 'udp',
  isOpen: true,
  local: { address: '10.0.0.9', port: 5060 },
  remote: { address: '10.0.0.1', port: 5060 },
}
const user = (name: string, company: string, role: User['role'] = 'user'): User =>
  ({ id: `u${name}${company}` as UserId, companyId: company as CompanyId, name, role }) as User
const users = new Map([
  ['one.test 201', user('201', 'one', 'administrator')],
  ['one.test 202', user('202', 'one')],
  ['two.test 301', user('301', 'two')],
])

function subscribe(from: string, to: string) {
  const sent: Array<Parameters<SipStack['request']>[0]> = []
  const notifier = watchRegistrations({
    clock: { ...systemClock, startTimer: () => ({ stop() {} }) },
    log: silentLogger,
    stack: {
      request: (request) => {
        sent.push(request)
        return new Promise(() => {})
      },
    },
    transport: { advertised: (on: Flow) => on.local } as SipTransport,
    bindings: { ofAddress: () => [] } as unknown as BindingStore,
    directory: {
      userByAddress: (domain: string, name: string) => users.get(`${domain} ${name}`),
    } as unknown as Directory,
    resolveDomain: (host) => ({ name: host, companyId: host.slice(0, 3) as CompanyId }),
    userNow: ({ user }) => user,
    authenticate: (request) => {
      const { uri } = request.from
      const found = users.get(`${uri.host} ${uri.user}`)
      return found === undefined
        ? { ok: false, response: makeResponse(request, 407) }
        : {
            ok: true,
            from: { address: '192.0.2.1' },
            user: found,
            device: {} as never,
            domain: { name: uri.host, companyId: found.companyId },
            username: found.name,
          }
    },
  })
  const text = `SUBSCRIBE ${to} SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <${from}>;tag=1\r\nTo: <${to}>\r\nCall-ID: c\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:h>\r\nEvent: reg\r\n\r\n`
  const parsed = parseMessage(Buffer.from(text))
  assert.ok(parsed.ok)
  const responses: SipResponse[] = []
  notifier.onSubscribe({ request: parsed.message as SipRequest, flow, respond: (response) => responses.push(response) })
  return { status: responses[0]!.status, sent }
}

describe('watchRegistrations', () => {
  it('shows a user their own registrations, and an administrator those of the company', () => {
    const own = subscribe('sip:202@one.test', 'sip:202@one.test')
    equal(own.status, 200)
    deepEqual(
      own.sent.map((request) => request.method),
      ['NOTIFY'],
    )
    equal(subscribe('sip:201@one.test', 'sip:202@one.test').status, 200)
  })

  it('shows others nothing, not even who exists', () => {
    const statuses = ['sip:201@one.test', 'sip:999@one.test', 'sip:301@two.test'].map(
      (to) => subscribe('sip:202@one.test', to).status,
    )
    deepEqual(statuses, [403, 403, 403])
    equal(subscribe('sip:201@one.test', 'sip:301@two.test').status, 403)
    equal(subscribe('sip:stranger@one.test', 'sip:201@one.test').status, 407)
  })
})
