import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../../api/api.ts'
import type { Flow } from './flow-draft.ts'
import { FlowEditor } from './flow-editor.ts'

/** A server that keeps drafts by their revision, and answers when it is told to. */
function bench() {
  let revision = 1
  const asked: { readonly revision: number; readonly answer: () => void; readonly fail: () => void }[] = []
  const api = {
    async call(id: string, { body }: { body: { revision: number; draft: Flow['draft'] } }) {
      if (id !== 'putFlowDraft') return { findings: [] }
      await new Promise<void>((answer, refuse) =>
        asked.push({ revision: body.revision, answer, fail: () => refuse(new Error('no network')) }),
      )
      if (body.revision !== revision) throw new ApiFault({ code: 'FLOW_CHANGED_SINCE', status: 409, title: '' })
      revision += 1
      return { id: 'f', revision, draft: body.draft }
    },
  } as unknown as Api
  const draft = { start: 'end', nodes: [], timeZone: 'UTC', mostStaySeconds: 900 }
  const flow = { id: 'f', revision, draft } as unknown as Flow
  const editor = new FlowEditor(flow, { api, language: 'en', clock: { startTimer: () => () => {} } })
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const stay = (seconds: number) => editor.edit((graph) => ({ ...graph, mostStaySeconds: seconds }))
  /** Somebody else draws something: what the server has afterwards. */
  const theirs = (): Flow => {
    revision += 1
    return { ...flow, revision, draft: { ...flow.draft, mostStaySeconds: 555 } }
  }
  return { editor, asked, settled, stay, theirs }
}

describe('a flow that is edited', () => {
  it('is kept once by those who wait for a slow answer together: its own second wish is nobody else’s change', async () => {
    const { editor, asked, settled, stay } = bench()
    stay(100)
    const first = editor.keep()
    await settled()
    stay(200)
    const both = [editor.keep(), editor.keep()]
    asked[0]!.answer()
    await settled()
    for (const { answer } of asked.slice(1)) answer()
    await settled()
    await Promise.all([first, ...both])
    assert.deepEqual(
      asked.map(({ revision }) => revision),
      [1, 2],
    )
    assert.equal(editor.saving.get(), 'saved')
    assert.equal(editor.flow.get().draft.mostStaySeconds, 200)
  })

  it('is not told to be overtaken by what was asked before the other draft was loaded', async () => {
    const { editor, asked, settled, stay, theirs } = bench()
    stay(100)
    const kept = editor.keep()
    await settled()
    editor.take(theirs())
    asked[0]!.answer()
    await kept
    assert.equal(editor.saving.get(), 'saved')
    assert.equal(editor.graph.mostStaySeconds, 555)
    stay(200)
    const next = editor.keep()
    await settled()
    asked[1]!.answer()
    await next
    assert.equal(editor.flow.get().draft.mostStaySeconds, 200)
  })

  it('asks no more once it is overtaken, so that the way out stays on the screen', async () => {
    const { editor, asked, settled, stay, theirs } = bench()
    theirs()
    stay(100)
    const refused = assert.rejects(editor.keep())
    await settled()
    asked[0]!.answer()
    await refused
    stay(200)
    await assert.rejects(editor.keep(), /overtaken/)
    assert.equal(editor.saving.get(), 'overtaken')
    assert.equal(asked.length, 1)
  })

  it('does not write over what somebody else drew because it was told of another live version', async () => {
    const { editor, asked, settled, stay, theirs } = bench()
    editor.tell({ ...theirs(), liveVersion: 7 })
    assert.equal(editor.flow.get().liveVersion, 7)
    stay(100)
    const refused = assert.rejects(editor.keep(), /overtaken/)
    await settled()
    asked[0]!.answer()
    await refused
  })

  it('is tried once more when it is closed after it could not be kept', async () => {
    const { editor, asked, settled, stay } = bench()
    stay(100)
    const failed = assert.rejects(editor.keep(), /failed/)
    await settled()
    asked[0]!.fail()
    await failed
    editor.close()
    await settled()
    assert.equal(asked.length, 2)
  })
})
