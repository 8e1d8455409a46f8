import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type CompanyId, silentLogger } from '@vaxel/base'
import type { HttpAnswer, HttpQuestion } from '@vaxel/core'
import { MemoryFlows, VirtualClock } from '@vaxel/testkit'
import { WebhookOutbox } from './webhook-outbox.ts'

const [one, other] = ['one', 'other'] as CompanyId[] as [CompanyId, CompanyId]
const webhook = (url: string, credential?: string) => ({
  kind: 'callWebhook' as const,
  url,
  body: {},
  ...(credential === undefined ? {} : { credential }),
})

function outbox(answer: (question: HttpQuestion) => Promise<HttpAnswer>) {
  const clock = new VirtualClock()
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
    clock,
    log: silentLogger,
  })
  return { clock, flows, asked, box }
}

describe('webhooks of flows', () => {
  it('are tried five times in a quarter of an hour, and then dropped', async () => {
    const { clock, asked, box } = outbox(async () => ({ kind: 'timeOut' }))
    box.send(one, webhook('https://a.example/'))
    await clock.advanceAsync(3_600_000)
    assert.equal(asked.length, 5)
    assert.equal(clock.waiting, 0)
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
    for (let i = 0; i < 50; i++) box.send(one, webhook(`https://dead.example/${i}`))
    box.send(other, webhook('https://alive.example/'))
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
    box.send(one, webhook('https://a.example/', 'hook'))
    box.send(one, webhook('https://b.example/', 'hook'))
    box.send(other, webhook('https://a.example/', 'hook'))
    await clock.advanceAsync(3_600_000)
    assert.deepEqual(
      asked.map(({ url, authorization }) => [url, authorization]),
      [['https://a.example/', 'Bearer x']],
    )
    await box.close()
  })
})
