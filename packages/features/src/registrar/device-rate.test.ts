import { deepEqual, equal } from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, type DeviceId, type FlowId, silentLogger, type UserId } from '@vaxel/base'
import type { Device, Directory, User } from '@vaxel/core/ports'
import { answerChallenge, chooseChallenge, type Flow, makeHa1, parseMessage, type SipRequest } from '@vaxel/sip'
import { Authenticator } from './authenticator.ts'

const domain = { name: 'demo.test', companyId: 'c1' as CompanyId }
const deviceOf = (username: string): Device =>
  ({
    id: `d${username}` as DeviceId,
    userId: 'u1' as UserId,
    secrets: (['SHA-256', 'MD5'] as const).map((algorithm) => ({
      algorithm,
      realm: domain.name,
      ha1: makeHa1(algorithm, username, domain.name, 'secret'),
    })),
  }) as unknown as Device
const directory = {
  user: () => ({ id: 'u1', companyId: 'c1' }) as unknown as User,
  deviceByUsername: (_: string, username: string) => deviceOf(username),
  company: () => undefined,
  trunkByAddress: () => undefined,
} as unknown as Directory

let count = 0
function request(method: string, username: string, authorization = ''): SipRequest {
  const id = ++count
  const text = `${method} sip:demo.test SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK${id}\r\nFrom: <sip:${username}@demo.test>;tag=${id}\r\nTo: <sip:202@demo.test>\r\nCall-ID: ${id}\r\nCSeq: 1 ${method}\r\n${authorization}\r\n`
  const parsed = parseMessage(Buffer.from(text))
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error(text)
  return parsed.message
}

function system(address = '192.0.2.1') {
  let nowMs = 1_000_000
  const authenticator = new Authenticator({
    clock: { now: () => nowMs, monotonicMs: () => nowMs, startTimer: () => ({ stop() {} }) },
    log: silentLogger,
    directory,
    resolveDomain: () => domain,
  })
  const flow: Flow = {
    id: 'f' as FlowId,
    protocol: 'udp',
    isOpen: true,
    local: { address: '192.0.2.9', port: 5060 },
    remote: { address, port: 5060 },
  }
  const send = (method: string, username: string) => {
    const challenge = authenticator.authenticate(request(method, username), flow)
    if (challenge.ok) throw new Error('no challenge')
    const name =
      method === 'REGISTER' ? ['WWW-Authenticate', 'Authorization'] : ['Proxy-Authenticate', 'Proxy-Authorization']
    const chosen = chooseChallenge(challenge.response.headers.getAll(name[0]!))!
    const answer = answerChallenge(chosen, { method, uri: 'sip:demo.test' }, { username, password: 'secret' })
    return authenticator.authenticate(request(method, username, `${name[1]}: ${answer}\r\n`), flow)
  }
  /** How many of so many are let pass. */
  const passed = (times: number, method: string, username: string): number =>
    Array.from({ length: times }, () => send(method, username)).filter((who) => who.ok && !who.isTooFast).length
  return { send, passed, wait: (ms: number) => void (nowMs += ms) }
}

describe('a device that knows its password and asks without end', () => {
  for (const method of ['MESSAGE', 'SUBSCRIBE', 'INVITE', 'REFER'])
    it(`has 100 ${method} at once and 20 a second, and leaves others theirs`, () => {
      const { passed, wait } = system()
      equal(passed(150, method, '201'), 100)
      wait(1000)
      equal(passed(50, method, '201'), 20)
      equal(passed(50, method, '202'), 50)
    })

  it('is told why and when to come again, and by an INVITE only after its number was looked at', () => {
    const { send, passed } = system()
    passed(100, 'MESSAGE', '201')
    const refused = send('MESSAGE', '201')
    deepEqual(
      !refused.ok && [refused.response.status, refused.response.reason, refused.response.headers.get('Retry-After')],
      [503, 'This device asks too often', '5'],
    )
    const invite = send('INVITE', '201')
    equal(invite.ok && invite.isTooFast, true)
  })

  it('still registers, and a load generator on this machine is let go on', () => {
    equal(system().passed(150, 'REGISTER', '201'), 150)
    equal(system('127.0.0.1').passed(150, 'MESSAGE', '201'), 150)
  })
})
