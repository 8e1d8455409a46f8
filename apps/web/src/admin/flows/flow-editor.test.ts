import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Api, ApiFault } from '../../api/api.ts'
import type { Flow } from './flow-draft.ts'
import { FlowEditor } from './flow-editor.ts'

/** A server that keeps drafts by their revision, and answers when it is told to. */
function bench() {
  let revision = 1
  const asked: { readonly revision: number; readonly answer: () => void }[] = []
  const api = {
    async call(id: string, { body }: { body: { revision: number; draft: Flow['draft'] } }) {
      if (id !== 'putFlowDraft') return { findings: [] }
      await new Promise<void>((answer) => asked.push({ revision: body.revision, answer }))
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
  return { editor, asked, settled, stay }
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
})
