import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Toasts } from './toasts.ts'

describe('messages at the edge of the screen', () => {
  it('go away by themselves, but for bad ones and those with an action', () => {
    const due: (() => void)[] = []
    const toasts = new Toasts((_, run) => {
      due.push(run)
      return () => {}
    })
    toasts.show({ tone: 'good', text: 'Saved.' })
    toasts.show({ tone: 'bad', text: 'The server does not answer.' })
    toasts.show({ tone: 'info', text: 'Removed.', action: { label: 'Undo', run: () => {} } })
    for (const run of due) run()
    assert.deepEqual(
      toasts.all.get().map(({ text }) => text),
      ['The server does not answer.', 'Removed.'],
    )
  })

  it('of what went well are over when something is tried again', () => {
    const toasts = new Toasts(() => () => {})
    toasts.show({ tone: 'good', text: 'Saved.' })
    toasts.show({ tone: 'good', text: 'Removed.', action: { label: 'Undo', run: () => {} } })
    toasts.show({ tone: 'warn', text: 'Your line is weak.' })
    toasts.over()
    assert.deepEqual(
      toasts.all.get().map(({ text }) => text),
      ['Removed.', 'Your line is weak.'],
    )
  })
})
