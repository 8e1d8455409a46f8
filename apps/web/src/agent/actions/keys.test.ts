import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { App } from '../../app/app.ts'
import { Cell } from '../../base/cell.ts'
import { en } from '../../words/en.ts'
import { AgentDesk } from '../agent-desk.ts'
import type { AgentRuntime } from '../agent-services.ts'
import { agentActions } from './agent-actions.ts'

const nothing = () => {}
/** Keys that are there on every screen: telephone, chat, people, palette; and those of the attendant's desk. */
const taken = [
  ...['A', 'D', 'H', 'M', 'O', 'S', 'N', 'C', 'P'].map((key) => `Alt+${key}`),
  ...['Alt+F', 'Alt+Enter', 'Alt+Shift+Enter', 'Alt+Shift+P', 'Alt+V', 'Alt+Shift+M', 'Mod+K'],
]

describe('the keys of agents', () => {
  it('are each for one thing, are not taken by others, and have a name', () => {
    const clock = { nowMs: () => 0, startTimer: () => nothing }
    const desk = new AgentDesk({ api: { call: async () => new Promise(nothing) } as never, clock })
    const app = { router: { location: new Cell({ path: '/' }) } } as unknown as App
    const actions = agentActions(app, { desk } as unknown as AgentRuntime)
    const keys = actions.flatMap(({ shortcut }) => shortcut ?? [])
    assert.deepEqual(
      [...keys, ...taken].filter((key, index, all) => all.indexOf(key) !== index),
      [],
    )
    for (const { id, label } of actions) assert.notEqual(label(en).trim(), '', id)
    // Nobody is logged in: of the agent's keys, only the way to the console and the list of keys do anything.
    assert.deepEqual(
      actions.filter(({ id, isAllowed }) => id.startsWith('agent.') && (isAllowed?.get() ?? true)).map(({ id }) => id),
      ['agent.show', 'agent.keys'],
    )
  })
})
