import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../../api/api.ts'
import type { StreamEvent } from '../../api/event-stream.ts'
import { CentreModel, type CentreView } from './centre-model.ts'

/** A server that answers when it is told to. */
function bench() {
  const asked: { id: string; request: unknown; answer: (view: object) => void; refuse: (error: unknown) => void }[] = []
  const api = {
    call: (id: string, request: unknown) =>
      new Promise((answer, refuse) => asked.push({ id, request, answer: answer as (view: object) => void, refuse })),
  } as unknown as Api
  const listeners: ((event: StreamEvent) => void)[] = []
  const model = new CentreModel({ api, language: 'sv' })
  const events = {
    onEvent: (listener: (event: StreamEvent) => void) => {
      listeners.push(listener)
      return () => {}
    },
    onLive: () => () => {},
  }
  const tell = (kind: string, data: object = {}) => {
    for (const listener of listeners) listener({ number: 1, at: '', kind, data: { ...data } })
  }
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { model, events, asked, tell, settled }
}

const view = (revision: number) => ({ revision }) as unknown as CentreView

describe('the contact centre on the screen', () => {
  it('sends the revision that it has read, and the language of the reader', async () => {
    const { model, events, asked, settled } = bench()
    model.follow(events)
    asked[0]!.answer(view(7))
    await settled()
    void model.put('skills', { id: 's', name: 'Svenska' })
    assert.deepEqual(asked[1]!.request, {
      params: { id: 's' },
      query: { language: 'sv' },
      body: { revision: 7, value: { id: 's', name: 'Svenska' } },
    })
  })

  it('is read anew when somebody publishes, or a number or a person is changed, and at nothing else', () => {
    const { model, events, asked, tell } = bench()
    model.follow(events)
    tell('centre.published')
    tell('configuration.changed', { object: 'number' })
    tell('configuration.changed', { object: 'trunk' })
    tell('call.ended')
    assert.equal(asked.length, 3)
  })

  it('does not show an answer that was under way while something was done here', async () => {
    const { model, events, asked, tell, settled } = bench()
    model.follow(events)
    asked[0]!.answer(view(1))
    await settled()
    const done = model.put('skills', { id: 's', name: 'Svenska' })
    tell('centre.published')
    asked[1]!.answer(view(3))
    await done
    asked[2]!.answer(view(2))
    await settled()
    assert.equal(model.view.get()?.revision, 3)
    asked[3]!.answer(view(4))
    await settled()
    assert.equal(model.view.get()?.revision, 4)
  })

  it('shows what somebody else did who was faster, and says that the own change is not made', async () => {
    const { model, asked } = bench()
    const done = model.remove('skills', 's')
    asked[0]!.refuse(new ApiFault({ code: 'CENTRE_CHANGED_SINCE', status: 409, title: '' }))
    await new Promise<void>((resolve) => setImmediate(resolve))
    asked[1]!.answer(view(9))
    await assert.rejects(done, (error) => error instanceof ApiFault && error.code === 'CENTRE_CHANGED_SINCE')
    assert.equal(model.view.get()?.revision, 9)
  })

  it('tells a form that is open of what somebody else did to its thing, and of nothing else', async () => {
    const { model, events, asked, tell, settled } = bench()
    const skills = (revision: number, ...names: string[]) => ({
      revision,
      centre: { skills: names.map((name, i) => ({ id: `s${i}`, name })) },
    })
    const publish = async (now: object) => {
      tell('centre.published')
      asked.at(-1)!.answer(now)
      await settled()
    }
    model.follow(events)
    asked[0]!.answer(skills(1, 'Svenska', 'Franska'))
    await settled()
    const assertSame = model.watch('skills', 's0')
    const assertNew = model.watch('skills', 'new')
    await publish(skills(2, 'Svenska', 'Tyska'))
    assertSame()
    await publish(skills(3, 'Finska', 'Tyska'))
    assert.throws(assertSame, (error) => error instanceof ApiFault && error.code === 'CENTRE_CHANGED_SINCE')
    // Whoever was told may go on.
    assertSame()
    assertNew()
  })
})
