import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { InMemoryNetwork } from '../ua/testing/in-memory-network.ts'
import { TestClock } from '../ua/testing/test-clock.ts'
import { TestPhone } from '../ua/testing/test-phone.ts'

const step = fc.record({
  method: fc.constantFrom('INVITE', 'INVITE', 'ACK', 'CANCEL', 'OPTIONS', 'MESSAGE', 'BYE'),
  branch: fc.constantFrom('z9hG4bKa', 'z9hG4bKb', 'z9hG4bKc'),
  /** How often the same datagram comes. */
  copies: fc.integer({ min: 1, max: 3 }),
  waitMs: fc.constantFrom(0, 1, 100, 600, 5_000, 33_000),
})
const t1Ms = 500
const isFinal = /^SIP\/2\.0 [2-6]/

describe('server transactions under any sequence of requests, copies and timers', () => {
  it('answer each with one final response, sent again byte by byte, never an ACK, and are gone after 64*T1', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.constantFrom(200, 404, 486),
        fc.boolean(),
        async (steps, status, isQuick) => {
          const clock = new TestClock()
          const network = new InMemoryNetwork(clock)
          const phone = new TestPhone(network.host('10.0.0.1'), { clock })
          const peer = network.host('10.0.0.9')
          phone.onInvite = (invite) => (status === 200 ? invite.accept('answer') : invite.refuse(status))
          const answers: string[] = []
          peer.receive = (_, bytes) => void answers.push(new TextDecoder().decode(bytes))
          for (const [at, { method, branch, copies, waitMs }] of steps.entries()) {
            // A transaction is one Call-ID here, so that what answers it can be told by it, whatever came before.
            const callId = method === 'ACK' || method === 'CANCEL' ? `${branch} INVITE` : `${branch} ${method}`
            const cseq = method === 'ACK' || method === 'CANCEL' || method === 'INVITE' ? 1 : 2
            const text = `${method} sip:201@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.9:5060;branch=${branch}\r\nMax-Forwards: 70\r\nFrom: <sip:r@10.0.0.9>;tag=a\r\nTo: <sip:201@10.0.0.1>\r\nCall-ID: ${callId.replace(' ', '-')}\r\nCSeq: ${cseq} ${method}\r\nContact: <sip:r@10.0.0.9>\r\nContent-Length: 0\r\n\r\n`
            const before = answers.length
            for (let copy = 0; copy < copies; copy++) peer.send(peer.flowTo('10.0.0.1'), new TextEncoder().encode(text))
            await clock.advance(isQuick ? Math.min(waitMs, 100) : waitMs)
            assert.ok(answers.length - before < 60, `an answer each to ${copies} of ${at}, and what timer G sends`)
          }
          // What is still on its way arrives first.
          await clock.advance(10)
          for (const invite of phone.invites) invite.end()
          await clock.advance(3 * 64 * t1Ms)
          assert.deepEqual(phone.errors, [])
          assert.deepEqual(phone.stack.counts(), { clientTransactions: 0, serverTransactions: 0, usages: 0, timers: 0 })
          const responses = answers.filter((text) => text.startsWith('SIP/2.0'))
          assert.ok(!responses.some((text) => /^CSeq: \d+ ACK\r$/m.test(text)))
          const tagOf = (text: string): string => /^To: .*;tag=([^\r;]+)/m.exec(text)?.[1] ?? ''
          // In the 2.5 s of a quick course no transaction ends, so none may answer under two tags.
          const finals = Map.groupBy(
            // A CANCEL that came before its INVITE was refused without a transaction; the next one finds it.
            responses.filter((text) => isFinal.test(text) && !/^SIP\/2\.0 481 [^]*^CSeq: \d+ CANCEL\r$/m.test(text)),
            (text) =>
              `${/branch=([^\r;]+)/.exec(text)![1]} ${/^CSeq: (.*)\r$/m.exec(text)![1]} ${isQuick ? '' : tagOf(text)}`,
          )
          for (const [key, same] of finals) assert.equal(new Set(same).size, 1, key)
        },
      ),
      { numRuns: 150 },
    )
  })
})
