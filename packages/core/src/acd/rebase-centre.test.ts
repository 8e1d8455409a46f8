import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UserId } from '@vaxel/base'
import { type Agent, type Centre, defaultCapacity, emptyCentre, type QueueId, type SkillId } from './centre.ts'
import { withThing } from './centre-things.ts'
import { isSame, rebaseCentre } from './rebase-centre.ts'

const skill = (id: string, name: string) => ({ id: id as SkillId, name })
const agent = (id: string, level: number, queues: readonly string[] = []): Agent => ({
  userId: id as UserId,
  skills: [{ skillId: 's' as SkillId, level }],
  queues: queues.map((queueId) => ({ queueId: queueId as QueueId })),
  capacity: defaultCapacity,
  line: { kind: 'devices' },
})
const base: Centre = { ...emptyCentre, skills: [skill('s', 'Swedish')], agents: [agent('anna', 5)] }

describe('a draft over which something else is published', () => {
  it('takes what only the publication changed, and keeps what only the draft did', () => {
    const draft = withThing(base, 'skills', skill('s', 'Svenska'))
    const published = withThing(base, 'skills', skill('t', 'French'))
    const rebased = rebaseCentre(base, draft, published)
    assert.deepEqual(rebased.centre.skills, [skill('s', 'Svenska'), skill('t', 'French')])
    assert.deepEqual(rebased.conflicts, [])
  })

  it('joins different fields of one agent: skills from here, queues from there', () => {
    const draft = withThing(base, 'agents', agent('anna', 5, ['support']))
    const published = withThing(base, 'agents', agent('anna', 9))
    const rebased = rebaseCentre(base, draft, published)
    assert.deepEqual(rebased.centre.agents, [agent('anna', 9, ['support'])])
    assert.deepEqual(rebased.conflicts, [])
  })

  it('wins where both changed the same, and says so', () => {
    const draft = withThing(base, 'skills', skill('s', 'Svenska'))
    const published = withThing(base, 'skills', skill('s', 'Suédois'))
    const rebased = rebaseCentre(base, draft, published)
    assert.deepEqual(rebased.centre.skills, [skill('s', 'Svenska')])
    assert.deepEqual(rebased.conflicts, [{ section: 'skills', id: 's', name: 'Svenska' }])
  })

  it('keeps what it removed away when nobody touched that, and tells when somebody did', () => {
    const without = { ...base, skills: [] }
    assert.deepEqual(rebaseCentre(base, without, withThing(base, 'skills', skill('t', 'T'))).centre.skills, [
      skill('t', 'T'),
    ])
    const touched = rebaseCentre(base, without, withThing(base, 'skills', skill('s', 'Svenska')))
    assert.deepEqual([touched.centre.skills, touched.conflicts.length], [[], 1])
    assert.deepEqual(rebaseCentre(base, base, without).centre.skills, [])
  })

  it('treats the address for the CRM as one thing', () => {
    const pop = (url: string): Centre => ({ ...base, screenPop: { url, at: 'alerting' } })
    assert.equal(rebaseCentre(base, base, pop('https://a')).centre.screenPop?.url, 'https://a')
    const both = rebaseCentre(base, pop('https://b'), pop('https://a'))
    assert.deepEqual(
      [both.centre.screenPop?.url, both.conflicts],
      ['https://b', [{ section: 'screenPop', id: 'screenPop' }]],
    )
  })

  it('is the draft itself when nothing else was published, for any change', () => {
    for (const draft of [base, emptyCentre, withThing(base, 'agents', agent('bo', 1))])
      assert.ok(isSame(rebaseCentre(base, draft, base).centre, draft))
  })
})
