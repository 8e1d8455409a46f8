import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, type CompanyId, isRefusal, type UserId } from '@vaxel/base'
import type { Principal } from '@vaxel/contract'
import { type CallMonitor, emptyCentre, type Monitoring } from '@vaxel/core'
import { Supervise, withSkills } from './supervise.ts'

const principal: Principal = {
  sessionId: 's',
  userId: 'boss',
  companyId: 'company',
  role: 'supervisor',
  isOperator: false,
}

function world(monitorings: Monitoring[] = [], isThere = true) {
  const asked: unknown[] = []
  const monitor: CallMonitor = {
    monitor: async (wish) => {
      asked.push(['monitor', wish])
      return { callId: 'own' as CallId }
    },
    setMode: async (wish) => {
      asked.push(['setMode', wish])
      return undefined
    },
    monitorings: () => monitorings,
  }
  const service = new Supervise({
    monitor: () => (isThere ? monitor : undefined),
    centres: { published: () => undefined },
  } as never)
  return { service, asked }
}

describe('listening in', () => {
  it('rings the supervisor the first time, and changes the mode afterwards, by either call', async () => {
    const first = world()
    assert.deepEqual(await first.service.monitor(principal, 'call' as CallId, { mode: 'listen', deviceId: 'd' }), {
      callId: 'own',
    })
    assert.deepEqual(first.asked, [
      ['monitor', { companyId: 'company', by: 'boss', callId: 'call', mode: 'listen', fromDeviceId: 'd' }],
    ])
    const going = {
      callId: 'own' as CallId,
      ofCallId: 'call' as CallId,
      companyId: 'company' as CompanyId,
      by: 'boss' as UserId,
      agentId: 'agent' as UserId,
      mode: 'listen',
      sinceMs: 0,
    } as const
    for (const callId of ['call', 'own'] as CallId[]) {
      const { service, asked } = world([going])
      assert.deepEqual(await service.monitor(principal, callId, { mode: 'whisper' }), { callId: 'own' })
      assert.deepEqual(asked, [['setMode', { companyId: 'company', by: 'boss', callId: 'own', mode: 'whisper' }]])
    }
    const other = world([{ ...going, by: 'somebody else' as UserId }])
    await other.service.monitor(principal, 'call' as CallId, { mode: 'listen' })
    assert.equal((other.asked[0] as unknown[])[0], 'monitor')
  })

  it('is refused where calls cannot be listened to', async () => {
    const found = await world([], false).service.monitor(principal, 'call' as CallId, { mode: 'listen' })
    assert.ok(isRefusal(found) && found.code === 'CALL_NOT_MONITORABLE')
  })
})

describe('skills that are changed at once', () => {
  const centre = {
    ...emptyCentre,
    skills: [{ id: 'sv', name: 'Swedish' }],
    agents: [{ userId: 'a', skills: [] }],
  } as never
  const code = (found: ReturnType<typeof withSkills>) => (isRefusal(found) ? found.code : undefined)

  it('must be of the centre, each once, of an agent of the centre', () => {
    const skill = { skillId: 'sv', level: 3 }
    assert.equal(code(withSkills(centre, 'a' as UserId, [skill])), undefined)
    assert.equal(code(withSkills(centre, 'b' as UserId, [skill])), 'NOT_AN_AGENT')
    assert.equal(code(withSkills(centre, 'a' as UserId, [{ skillId: 'no', level: 1 }])), 'AGENT_SKILLS_UNSOUND')
    assert.equal(code(withSkills(centre, 'a' as UserId, [skill, skill])), 'AGENT_SKILLS_UNSOUND')
  })
})
