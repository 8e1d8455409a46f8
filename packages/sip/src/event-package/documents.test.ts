import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writeConferenceInfo } from './conference-event.ts'
import { writeDialogInfo } from './dialog-event.ts'
import { writeMessageSummary } from './message-summary-event.ts'
import { writePidf } from './presence-event.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const entity = 'sip:202@demo.test'

describe('documents for watchers', () => {
  it('have every dialog with its state, and the other side only where it is given (RFC 4235 §4)', () => {
    const dialog = { id: 'a', state: 'confirmed', direction: 'recipient', durationSeconds: 7 } as const
    const plain = text(writeDialogInfo({ entity, dialogs: [dialog] }, 3))
    assert.match(plain, /version="3" state="full" entity="sip:202@demo.test"/)
    assert.match(plain, /<dialog id="a" direction="recipient">\n<state>confirmed<\/state>\n<duration>7<\/duration>/)
    assert.doesNotMatch(plain, /remote/)
    const remote = { uri: 'sip:299@demo.test', name: 'Åsa "<&\u0000' }
    assert.match(
      text(writeDialogInfo({ entity, dialogs: [{ ...dialog, remote }] }, 0)),
      /<identity display="Åsa &quot;&lt;&amp;">sip:299@demo.test<\/identity>/,
    )
  })

  it('say how somebody is, in words of RFC 3863 and RFC 4480', () => {
    const pidf = text(writePidf({ entity, isOpen: true, activity: 'on-the-phone', note: 'a < b', sinceMs: 0 }))
    assert.match(pidf, /<basic>open<\/basic>/)
    assert.match(pidf, /<rpid:activities><rpid:on-the-phone\/><\/rpid:activities>/)
    assert.match(pidf, /<note>a &lt; b<\/note>/)
    assert.match(pidf, /<timestamp>1970-01-01T00:00:00.000Z<\/timestamp>/)
    assert.match(text(writePidf({ entity, isOpen: false })), /<basic>closed<\/basic>/)
  })

  it('say whether messages wait (RFC 3842 §5.2)', () => {
    const account = entity
    assert.match(writeMessageSummary({ account, newMessages: 0, oldMessages: 2 }), /^Messages-Waiting: no\r\n/)
    assert.match(writeMessageSummary({ account, newMessages: 1, oldMessages: 0 }), /yes\r\n.*\r\nVoice-Message: 1\/0/)
  })

  it('say who is in a conference, and who of them is heard (RFC 4575 §5)', () => {
    const member = { id: 'm1', uri: entity, name: 'Åsa <&>', isModerator: true, isHeard: false, joinedAtMs: 0 }
    const conference = { entity: 'sip:400@demo.test', name: 'Board', isLocked: true, mostMembers: 9, members: [member] }
    const info = text(writeConferenceInfo(conference, 0))
    assert.match(info, /entity="sip:400@demo.test" state="full" version="1"/)
    assert.match(info, /<user-count>1<\/user-count>\n<active>true<\/active>\n<locked>true<\/locked>/)
    assert.match(info, /<display-text>Åsa &lt;&amp;&gt;<\/display-text>\n<roles><entry>moderator<\/entry><\/roles>/)
    assert.match(info, /<type>audio<\/type><status>recvonly<\/status>/)
  })
})
