import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CommandLines, readCommand } from './command-lines.ts'

describe('commands of FTP', () => {
  it('are lines, however they are cut', () => {
    const lines = new CommandLines(100)
    assert.deepEqual(lines.take(Buffer.from('USER a\r\nPA')), ['USER a'])
    assert.deepEqual(lines.take(Buffer.from('SS b\r\n\r\nNOOP\n')), ['PASS b', '', 'NOOP'])
    assert.equal(lines.pendingBytes, 0)
  })

  it('may have commands of telnet before ABOR (RFC 959 §4.1.3)', () => {
    assert.deepEqual(new CommandLines(100).take(Buffer.from([0xff, 0xf4, 0xff, 0xf2, 65, 66, 79, 82, 13, 10])), [
      'ABOR',
    ])
  })

  it('are understood however the network cuts commands of telnet before them', () => {
    const sent = [0xff, 0xf4, 0xff, 0xf2, 65, 66, 79, 82, 13, 10]
    for (let cut = 0; cut <= sent.length; cut++) {
      const lines = new CommandLines(100)
      const first = lines.take(Buffer.from(sent.slice(0, cut))) ?? []
      assert.deepEqual([...first, ...(lines.take(Buffer.from(sent.slice(cut))) ?? [])], ['ABOR'], `${cut}`)
    }
  })

  it('are refused when they are too long, whole or not', () => {
    assert.equal(new CommandLines(10).take(Buffer.from(`${'x'.repeat(11)}\r\n`)), undefined)
    assert.equal(new CommandLines(10).take(Buffer.from('x'.repeat(11))), undefined)
  })

  it('have a verb and an argument that keeps its spaces', () => {
    assert.deepEqual(readCommand('retr  a b'), { verb: 'RETR', argument: ' a b' })
    assert.deepEqual(readCommand('PWD'), { verb: 'PWD', argument: '' })
    assert.equal(readCommand('é'), undefined)
    assert.equal(readCommand('TOOLONG x'), undefined)
  })
})
