import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseDescription } from '../description/parse-description.ts'
import { packetLengths, readPeerAudio } from './offered-audio.ts'

function lengthsIn(...lines: string[]) {
  const parsed = parseDescription(
    ['v=0', 'o=- 1 1 IN IP4 192.0.2.9', 'c=IN IP4 192.0.2.9', 'm=audio 4000 RTP/AVP 8', ...lines].join('\r\n'),
  )
  assert.ok(parsed.ok)
  return packetLengths(readPeerAudio(parsed.description, 0)!)
}

describe('the packets that a peer wants (RFC 8866 §6.4)', () => {
  it('are of 20 ms where it says nothing, or nothing that can be read', () => {
    for (const lines of [[], ['a=ptime:'], ['a=ptime:0'], ['a=maxptime:-20'], ['a=ptime:abc']])
      assert.deepEqual(lengthsIn(...lines), { sendPtimeMs: 20 })
  })

  it('are of what it likes, in whole tens', () => {
    assert.deepEqual(lengthsIn('a=ptime:30'), { sendPtimeMs: 30 })
    assert.deepEqual(lengthsIn('a=ptime:35'), { sendPtimeMs: 30 })
    assert.deepEqual(lengthsIn('a=ptime:5'), { sendPtimeMs: 10 })
    assert.deepEqual(lengthsIn('a=ptime:200'), { sendPtimeMs: 60 })
  })

  it('are never longer than what it takes, also where it says nothing of what it likes', () => {
    assert.deepEqual(lengthsIn('a=maxptime:10'), { sendPtimeMs: 10, sendMaxPtimeMs: 10 })
    assert.deepEqual(lengthsIn('a=ptime:40', 'a=maxptime:30'), { sendPtimeMs: 30, sendMaxPtimeMs: 30 })
    assert.deepEqual(lengthsIn('a=ptime:20', 'a=maxptime:150'), { sendPtimeMs: 20, sendMaxPtimeMs: 150 })
  })
})
