import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type LogFields, silentLogger } from '@vaxel/base'
import { RefusalLog } from './refusal-log.ts'

describe('RefusalLog', () => {
  it('says the first wrong credentials of a source at once and counts the rest of the minute', () => {
    const said: LogFields[] = []
    const log = new RefusalLog({ ...silentLogger, warn: (_, fields) => void said.push(fields!) })
    const note = (source: string, nowMs: number) => log.note(source, nowMs, { domain: 'demo.test', username: '201' })
    for (let i = 0; i < 100; i++) note('10.0.0.1', i)
    note('10.0.0.2', 50)
    note('10.0.0.1', 60_000)
    assert.deepEqual(
      said.map((fields) => [fields.remote, fields.more]),
      [
        ['10.0.0.1', undefined],
        ['10.0.0.2', undefined],
        ['10.0.0.1', 99],
      ],
    )
  })
})
