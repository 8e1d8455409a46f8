import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { App } from '../../app/app.ts'
import { attendantActions } from '../../attendant/attendant-actions.ts'
import { Cell, constant } from '../../base/cell.ts'
import { phoneActions } from '../../phone/actions/phone-actions.ts'
import { en } from '../../words/en.ts'
import { AgentDesk } from '../agent-desk.ts'
import type { AgentRuntime } from '../agent-services.ts'
import { agentActions } from './agent-actions.ts'

const nothing = () => {}
const commands = { find: nothing, give: nothing, ask: nothing, park: nothing, toVoicemail: nothing, message: nothing }

describe('the keys of agents and attendants', () => {
  it('are each for one thing, the telephone’s among them, and have a name', () => {
    const clock = { nowMs: () => 0, startTimer: () => nothing }
    const desk = new AgentDesk({ api: { call: async () => new Promise(nothing) } as never, clock })
    const app = { router: { location: new Cell({ path: '/' }) } } as unknown as App
    const actions = [
      ...phoneActions(app),
      ...agentActions(app, { desk } as unknown as AgentRuntime),
      ...attendantActions({ hasPerson: constant(true), ...commands }),
    ]
    const keys = actions.flatMap(({ shortcut }) => shortcut ?? [])
    const taken = ['Alt+N', 'Alt+C', 'Alt+P', 'Mod+K']
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
