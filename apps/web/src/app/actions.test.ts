import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cell } from '../base/cell.ts'
import { ActionRegistry, isPressed } from './actions.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('actions', () => {
  it('are done by their key when they may be, and only then', () => {
    const registry = new ActionRegistry({ isMac: false, onFault: (error) => assert.fail(String(error)) })
    const isAllowed = new Cell(false)
    let done = 0
    const remove = registry.add({ id: 'a', label: () => 'A', shortcut: 'Mod+K', isAllowed, run: () => void done++ })
    assert.equal(registry.press({ ...none, key: 'k', ctrlKey: true }), false)
    isAllowed.set(true)
    assert.equal(registry.press({ ...none, key: 'K', ctrlKey: true }), true)
    remove()
    assert.equal(registry.press({ ...none, key: 'k', ctrlKey: true }), false)
    assert.equal(done, 1)
  })

  it('tell a fault of theirs', async () => {
    const faults: unknown[] = []
    const registry = new ActionRegistry({ isMac: false, onFault: (error) => faults.push(error) })
    registry.add({ id: 'a', label: () => 'A', run: () => Promise.reject(new Error('no')) })
    registry.run('a')
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(faults.length, 1)
  })

  it('have Command on a Mac where others have Ctrl', () => {
    assert.equal(isPressed('Mod+K', { ...none, key: 'k', metaKey: true }, true), true)
    assert.equal(isPressed('Mod+K', { ...none, key: 'k', ctrlKey: true }, true), false)
    assert.equal(isPressed('Alt+Shift+M', { ...none, key: 'M', altKey: true, shiftKey: true }, false), true)
    // With Shift, and on a French keyboard, the key of a digit writes something else.
    assert.equal(
      isPressed('Alt+Shift+1', { ...none, key: '!', code: 'Digit1', altKey: true, shiftKey: true }, false),
      true,
    )
    assert.equal(isPressed('Alt+1', { ...none, key: '!', code: 'Digit1', altKey: true, shiftKey: true }, false), false)
    assert.equal(isPressed('F2', { ...none, key: 'F2', shiftKey: true }, false), false)
  })
})
