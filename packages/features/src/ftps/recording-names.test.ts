import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CallId, CompanyId, LegId, UserId } from '@vaxel/base'
import type { KeptRecording, RecordingId } from '@vaxel/core'
import { callOfName, namesOfCall, recordingName, spanOf } from './recording-names.ts'

const recording: KeptRecording = {
  id: 'r1' as RecordingId,
  companyId: 'c' as CompanyId,
  callId: '01krq3m5a0123456789ab' as CallId,
  legId: 'l' as LegId,
  party: { number: '201', userId: 'u' as UserId },
  other: { number: '+46701234567' },
  direction: 'inbound',
  trigger: 'rule',
  startedAtMs: Date.parse('2026-11-21T14:22:33.900Z'),
  file: 'recordings/c/r1.vsr',
  state: 'ended',
  pauses: [],
}

describe('names of recordings', () => {
  it('say when, which call, and who called whom', () => {
    const names = {
      inbound: '142233Z-01krq3m5a0123456789ab-+46701234567-201.wav',
      outbound: '142233Z-01krq3m5a0123456789ab-201-+46701234567.wav',
      internal: '142233Z-01krq3m5a0123456789ab-201-+46701234567.wav',
    } as const
    for (const direction of ['inbound', 'outbound', 'internal'] as const) {
      const name = recordingName({ ...recording, direction }, 0)
      assert.equal(name, names[direction])
      assert.equal(callOfName(name), recording.callId)
    }
  })

  it('have nothing that a file system, a shell or a protocol could take for its own', () => {
    const odd = { ...recording, other: { number: '../..\\; rm -rf "*"\r\n\u0000é' } }
    assert.equal(recordingName(odd, 0), '142233Z-01krq3m5a0123456789ab-rmrf-201.wav')
    const none = { ...recording, other: { number: '' } }
    assert.equal(recordingName(none, 1), '142233Z-01krq3m5a0123456789ab-unknown-201-2.wav')
    assert.equal(callOfName(recordingName(none, 1)), recording.callId)
  })

  it('are all different within a call', () => {
    const second = { ...recording, id: 'r2' as RecordingId }
    const later = { ...recording, id: 'r3' as RecordingId, startedAtMs: recording.startedAtMs + 86_400_000 }
    const names = [...namesOfCall([later, second, recording])].map(([path, { id }]) => [id, path])
    assert.deepEqual(names, [
      ['r1', '2026/11/21/142233Z-01krq3m5a0123456789ab-+46701234567-201.wav'],
      ['r2', '2026/11/21/142233Z-01krq3m5a0123456789ab-+46701234567-201-2.wav'],
      ['r3', '2026/11/22/142233Z-01krq3m5a0123456789ab-+46701234567-201.wav'],
    ])
  })

  it('belong to days that exist, in UTC', () => {
    assert.deepEqual(spanOf(['2026', '02', '28']), { fromMs: Date.UTC(2026, 1, 28), toMs: Date.UTC(2026, 2, 1) })
    assert.deepEqual(spanOf(['2026', '12']), { fromMs: Date.UTC(2026, 11, 1), toMs: Date.UTC(2027, 0, 1) })
    for (const path of [['26'], ['2026', '2'], ['2026', '13'], ['2026', '02', '30'], ['2026', '00']])
      assert.equal(spanOf(path), undefined, path.join('/'))
  })
})
