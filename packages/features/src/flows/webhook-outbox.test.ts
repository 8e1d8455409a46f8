import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CallId, type CompanyId, silentLogger } from '@vaxel/base'
import type { HttpAnswer, HttpQuestion } from '@vaxel/core'
import { MemoryFlows } from '@vaxel/testkit/flows/memory-flows'
import { MemoryOwed } from '@vaxel/testkit/calls/memory-owed'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { WebhookOutbox } from './webhook-outbox.ts'

const call = 'call' as CallId
const [one, other] = ['one', 'other'] as CompanyId[] as [CompanyId, CompanyId]
const webhook = (url: string, credential?: string) => ({
  url,
  body: {},
  ...(credential === undefined ? {} : { credential }),
})

function outbox(
  answer: (question: HttpQuestion) => Promise<HttpAnswer>,
  owed = new MemoryOwed(),
  clock = new VirtualClock(),
) {
  const flows = new MemoryFlows()
  const asked: HttpQuestion[] = []
  const box = new WebhookOutbox({
    http: {
      ask: (question) => {
        asked.push(question)
        return answer(question)
      },
    },
    flows,
    owed,
    clock,
    log: silentLogger,
  })
  return { clock, flows, asked, box, owed }
}

describe('webhooks of flows', () => {
  it('are tried five times in a quarter of an hour, and then dropped', async () => {
    const { clock, asked, box, owed } = outbox(async () => ({ kind: 'timeOut' }))
    await box.send(one, call, webhook('https://a.example/'))
    await clock.advanceAsync(3_600_000)
    assert.equal(asked.length, 5)
    assert.equal(clock.waiting, 0)
    assert.equal(owed.kept.size, 0)
    const [dropped] = owed.events
    assert.deepEqual(
      [dropped?.kind, dropped?.callId, dropped?.data],
      ['webhook.dropped', call, { host: 'a.example', tries: 4, why: 'it took too long' }],
    )
    await box.close()
  })

  it('of one company take no place from those of another, however many wait for a server that is gone', async () => {
    const { clock, asked, box, owed } = outbox(async ({ url }) =>
      url.includes('dead') ? { kind: 'failed', reason: 'gone' } : { kind: 'answered', status: 200, body: undefined },
    )
    for (let i = 0; i < 1_100; i += 1) await box.send(one, call, webhook('https://dead.example/'))
    await clock.advanceAsync(1_000)
    await box.send(other, call, webhook('https://alive.example/'))
    await clock.advanceAsync(1_000)
    assert.equal(asked.filter(({ url }) => url.includes('alive')).length, 1)
    assert.ok(owed.events.every(({ companyId }) => companyId === one))
    await box.close()
  })

  it('are not tried again once it was said that they are dropped, and not said to be dropped while they are tried', async () => {
    const { clock, asked, box, owed } = outbox(async () => ({ kind: 'failed', reason: 'gone' }))
    for (let i = 0; i < 1_000; i += 1)
      await box.send(`company${i % 4}` as CompanyId, call, webhook('https://a.example/'))
    await clock.advanceAsync(3_600_000)
    assert.equal(asked.length, 5_000)
    assert.equal(owed.events.length, 1_000)
    assert.ok(owed.events.every(({ data }) => data.tries === 4 && data.why === 'gone'))
    await box.close()
  })

  it('of one company do not hold up those of another', async () => {
    const { clock, asked, box } = outbox(({ url, signal }) =>
      url.includes('dead')
        ? new Promise((resolve) => {
            signal?.addEventListener('abort', () => resolve({ kind: 'failed', reason: 'given up' }), { once: true })
          })
        : Promise.resolve({ kind: 'answered', status: 200, body: undefined }),
    )
    for (let i = 0; i < 50; i++) await box.send(one, call, webhook(`https://dead.example/${i}`))
    await box.send(other, call, webhook('https://alive.example/'))
    await clock.advanceAsync(10)
    assert.deepEqual(
      asked.map(({ url }) => new URL(url).host),
      ['dead.example', 'dead.example', 'dead.example', 'dead.example', 'alive.example'],
    )
    await box.close()
  })

  it('send a credential to its own host alone', async () => {
    const { clock, flows, asked, box } = outbox(async () => ({ kind: 'answered', status: 204, body: undefined }))
    const credential = { companyId: one, name: 'hook', host: 'a.example', changedAtMs: 0 }
    await flows.putCredential(credential, 'Bearer x', { kind: 'x', atMs: 0, companyId: one, data: {} })
    await box.send(one, call, webhook('https://a.example/', 'hook'))
    await box.send(one, call, webhook('https://b.example/', 'hook'))
    await box.send(other, call, webhook('https://a.example/', 'hook'))
    await clock.advanceAsync(3_600_000)
    assert.deepEqual(
      asked.map(({ url, authorization }) => [url, authorization]),
      [['https://a.example/', 'Bearer x']],
    )
    await box.close()
  })

  it('outlive the process: what waited or was being sent comes after the restart, what is too late is dropped with a word', async () => {
    const owed = new MemoryOwed()
    const hangs = new Promise<HttpAnswer>(() => {})
    const first = outbox(({ url }) => (url.includes('slow') ? hangs : Promise.resolve({ kind: 'timeOut' })), owed)
    const { clock } = first
    await first.box.send(one, call, webhook('https://slow.example/'))
    await first.box.send(one, call, webhook('https://down.example/'))
    await clock.advanceAsync(1000)
    assert.equal(owed.kept.size, 2, 'kept until it is delivered')
    // Nothing of the first one is closed: it is killed.
    const second = outbox(async () => ({ kind: 'answered', status: 200, body: undefined }), owed, clock)
    await second.box.resume()
    await clock.advanceAsync(1)
    assert.deepEqual(second.asked.map(({ url }) => url).toSorted(), ['https://down.example/', 'https://slow.example/'])
    const deliveryOf = ({ body }: HttpQuestion) => (body as { delivery: string }).delivery
    const again = second.asked.find(({ url }) => url.includes('slow'))!
    assert.equal(deliveryOf(again), deliveryOf(first.asked[0]!), 'whoever got it twice can tell')
    assert.equal(owed.kept.size, 0)
    await owed.put({
      id: 'x',
      companyId: one,
      kind: 'webhook',
      untilMs: clock.now(),
      value: { callId: call, webhook: webhook('https://a.example/'), tries: 1 },
    })
    await second.box.resume()
    assert.deepEqual(
      owed.events.map(({ kind, data }) => [kind, data['why']]),
      [['webhook.dropped', 'the platform was away for too long']],
    )
    await second.box.close()
  })

  it('are sent also when the disk takes nothing', async () => {
    const owed = new MemoryOwed()
    owed.isAway = true
    const { asked, box, clock } = outbox(async () => ({ kind: 'answered', status: 200, body: undefined }), owed)
    await box.send(one, call, webhook('https://a.example/'))
    await clock.advanceAsync(1)
    assert.equal(asked.length, 1)
    await box.close()
  })
})
