import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { silentLogger, type UserId } from '@vaxel/base'
import { checkCentre, checkFlow } from '@vaxel/core'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { openStore } from '../open-store.ts'
import { loadDemoCompany } from './load-demo-company.ts'
import { demoMainNumbers, loadDemoExamples } from './load-demo-examples.ts'

it('the demo has a rule on its main number that is live, voicemail for whoever does not answer, and a queue with agents', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vaxel-examples-'))
  const open = () => openStore({ folder, clock: new VirtualClock(), log: silentLogger })
  let store = await open()
  try {
    assert.equal(await loadDemoCompany(store), true)
    await loadDemoExamples(store)
    await store.close()
    store = await open()
    assert.equal(await loadDemoCompany(store), false)
    const [company] = store.directory.companies()
    const [flow] = store.flows.flowsOf(company!.id)
    assert.equal(flow?.live?.version, 1)
    const findings = checkFlow(flow.live.graph, {
      flowId: flow.id,
      hasUser: (id) => store.directory.user(id as UserId) !== undefined,
      numberKind: (number) => ({ kind: store.directory.number(company!.id, number) ? 'people' : 'unknown' }),
      hasPrompt: () => true,
      soundMs: () => undefined,
      credentialHost: () => undefined,
    })
    assert.deepEqual(findings, [])
    for (const number of demoMainNumbers)
      assert.deepEqual(store.directory.number(company!.id, number)?.target, {
        kind: 'service',
        service: 'flow',
        id: flow.id,
      })
    const centre = store.centres.published(company!.id)?.centre
    assert.ok(centre)
    const queueId = centre.queues[0]!.id
    const number = store.directory.number(company!.id, '300')
    assert.deepEqual(number?.target, { kind: 'service', service: 'queue', id: queueId })
    const staffed = centre.agents.map(({ userId }) => store.directory.user(userId)?.extension)
    assert.deepEqual(staffed, ['211', '212', '213', '214', '215'])
    const matters = checkCentre(centre, {
      userName: (id) => store.directory.user(id as UserId)?.displayName,
      numberReach: () => ({ kind: 'unknown' }),
      soundName: () => undefined,
      hasMessageBox: () => false,
      hasSecrets: () => false,
      isReadElsewhere: () => false,
      isIdOfOthers: () => false,
      queueNumbers: [{ number: '300', queueId }],
    })
    assert.deepEqual(matters, [])
    const handlings = [...store.directory.usersOf(company!.id)].map(({ id }) => store.settings.get(id, 'handling'))
    assert.equal(handlings.length, 20)
    for (const handling of handlings) assert.equal(handling?.noAnswer?.to, '700')
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
})
