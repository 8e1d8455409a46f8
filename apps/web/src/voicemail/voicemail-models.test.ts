import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answersAll, answersNothing, isAnswering } from './answering.ts'
import { encodeWav } from './encode-wav.ts'
import { MailboxList } from './mailboxes.ts'
import { MessageList, type VoiceMessage } from './message-list.ts'

const message = (id: string, state: VoiceMessage['state'] = 'new'): VoiceMessage => ({
  id,
  boxId: 'b',
  state,
  at: '2026-11-21T09:00:00.000Z',
  durationMs: 1000,
  from: { number: '205' },
  peaks: '',
})

/** An API that keeps messages, and what it was asked. */
function fakeApi(kept: VoiceMessage[]) {
  const asked: string[] = []
  let fails = false
  const call = async (
    id: string,
    { params, body, query }: { params: Record<string, string>; body?: object; query?: Record<string, unknown> },
  ) => {
    asked.push(id)
    if (fails) throw new Error('away')
    const at = kept.findIndex((one) => one.id === params['messageId'])
    if (id === 'listVoiceMessages') {
      const from = query?.['before'] === undefined ? 0 : kept.findIndex((one) => one.id === query['before']) + 1
      const items = kept.slice(from, from + 2)
      return { items, ...(from + 2 < kept.length ? { next: items.at(-1)!.id } : {}) }
    }
    if (id === 'markVoiceMessage')
      return (kept[at] = { ...kept[at]!, state: (body as { isHeard: boolean }).isHeard ? 'saved' : 'new' })
    if (id === 'deleteVoiceMessage') kept.splice(at, 1)
    if (id === 'readVoiceMessage') return kept[at]
    return undefined
  }
  return { api: { call } as never, asked, fail: () => void (fails = true) }
}

describe('the list of messages', () => {
  it('is loaded page by page, keeps what it shows when the server is away, and drops what is deleted at once', async () => {
    const { api, fail } = fakeApi([message('c'), message('b'), message('a')])
    const list = new MessageList({ api, boxId: 'b', shelf: 'kept' })
    await list.load()
    await list.more()
    const ids = () => list.state.get().messages?.map(({ id }) => id)
    assert.deepEqual(ids(), ['c', 'b', 'a'])
    await list.delete(message('b'))
    assert.deepEqual(ids(), ['c', 'a'])
    fail()
    await list.load()
    assert.deepEqual(ids(), ['c', 'a'])
    assert.ok(list.state.get().fault)
  })

  it('shows the message that a link leads to, however old, and each once', async () => {
    const { api } = fakeApi([message('d'), message('c'), message('b'), message('a')])
    const list = new MessageList({ api, boxId: 'b', shelf: 'kept' })
    await list.load()
    await list.show('a')
    const ids = () => list.state.get().messages?.map(({ id }) => id)
    assert.deepEqual(ids(), ['d', 'c', 'a'])
    await list.more()
    assert.deepEqual(ids(), ['d', 'c', 'b', 'a'])
  })

  it('marks a message once, however often it is played', async () => {
    const { api, asked } = fakeApi([message('c')])
    const list = new MessageList({ api, boxId: 'b', shelf: 'kept' })
    await list.load()
    await list.setHeard(message('c'), true)
    await list.setHeard(list.state.get().messages![0]!, true)
    assert.deepEqual(asked, ['listVoiceMessages', 'markVoiceMessage'])
  })
})

describe('the mailboxes of a person', () => {
  it('count together what is new, and are asked for anew when one has changed', async () => {
    let newMessages = 1
    const api = {
      call: async () => ({
        items: [
          { id: 'own', newMessages },
          { id: 'shared', newMessages: 2 },
        ],
      }),
    }
    const notices: Record<string, (notice: { data: Record<string, unknown> }) => void> = {}
    const events = {
      onNotice: (kind: string, listener: never) => {
        notices[kind] = listener
        return () => {}
      },
      onLive: (listener: () => void) => {
        listener()
        return () => {}
      },
    }
    const mailboxes = new MailboxList(api as never)
    const changed: (string | undefined)[] = []
    mailboxes.follow(events as never)
    mailboxes.onChange((boxId) => changed.push(boxId))
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    await settled()
    assert.equal(mailboxes.unread.get(), 3)
    newMessages = 0
    notices['voicemail.changed']?.({ data: { boxId: 'own' } })
    await settled()
    assert.equal(mailboxes.unread.get(), 2)
    assert.deepEqual(changed, ['own'])
  })
})

describe('the one switch', () => {
  it('sets three rules and takes away only those that lead to voicemail', () => {
    const rules = { callWaiting: true, busy: { to: '205' }, noAnswer: { to: '205', afterSeconds: 12 } }
    const all = answersAll(rules, '700')
    assert.equal(isAnswering(all, '700'), true)
    assert.equal(all.noAnswer?.afterSeconds, 12)
    assert.deepEqual(answersNothing(all, '700'), { callWaiting: true })
    assert.deepEqual(answersNothing(rules, '700'), rules)
    assert.equal(isAnswering(rules, '700'), false)
  })
})

describe('a greeting recorded in the browser', () => {
  it('is a WAV file of 16 bits whose loudest samples are cut, not turned over', () => {
    const wav = encodeWav(new Float32Array([0, 0.5, 2, -2]), 16_000)
    const view = new DataView(wav.buffer)
    assert.deepEqual([view.getUint32(24, true), view.getUint32(40, true), wav.length], [16_000, 8, 52])
    assert.deepEqual(
      [0, 1, 2, 3].map((i) => view.getInt16(44 + 2 * i, true)),
      [0, 16_384, 32_767, -32_768],
    )
  })
})
