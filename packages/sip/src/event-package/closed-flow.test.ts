import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type FlowId, silentLogger } from '@vaxel/base'
import { createSipStack } from '../ua/create-sip-stack.ts'
import { TestClock } from '../ua/testing/test-clock.ts'
import type { Flow, SipTransport } from '../ua/transport.ts'
import { makeDialogEventPackage } from './dialog-event.ts'
import { Notifier } from './notifier.ts'

/** A watcher over TCP whose Contact names that machine closes its connection; then what it watches changes. */
async function connectedAfter(contact: string) {
  const clock = new TestClock()
  const connected: string[] = []
  const sent: string[] = []
  const flow = {
    id: 'f' as FlowId,
    protocol: 'tcp' as const,
    isOpen: true,
    local: { address: '203.0.113.9', port: 5060 },
    remote: { address: '198.51.100.7', port: 40_001 },
  }
  const transport: SipTransport = {
    send: (_flow, bytes) => void sent.push(Buffer.from(bytes).toString()),
    resolve: async ({ host, port }) => [{ protocol: 'tcp', address: host, port: port ?? 5060 }],
    connect: async ({ address, port }) => {
      connected.push(`${address}:${port}`)
      return { ...flow, id: 'next' as FlowId, remote: { address, port } } satisfies Flow
    },
    advertised: () => flow.local,
  }
  const stack = createSipStack({ clock, log: silentLogger, transport, product: 'Vaxel' })
  const notifier = new Notifier({
    clock,
    log: silentLogger,
    sender: stack,
    transport,
    packages: [makeDialogEventPackage(() => ({ entity: 'sip:202@demo.test', dialogs: [] }))],
    admit: () => ({ ok: true, resource: '202' }),
  })
  stack.setUser({ onInvite: () => {}, onRequest: (incoming) => notifier.onSubscribe(incoming) })
  const text = [
    'SUBSCRIBE sip:202@demo.test SIP/2.0',
    'Via: SIP/2.0/TCP 198.51.100.7;branch=z9hG4bKa',
    'Max-Forwards: 70',
    'From: <sip:201@demo.test>;tag=p',
    'To: <sip:202@demo.test>',
    'Call-ID: c',
    'CSeq: 1 SUBSCRIBE',
    `Contact: <${contact}>`,
    'Event: dialog',
    'Expires: 3600',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
  stack.receive(flow, Buffer.from(text))
  await clock.advance(10)
  const notify = sent.find((message) => message.startsWith('NOTIFY'))!
  const kept = notify.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line))
  stack.receive(flow, Buffer.from(['SIP/2.0 200 OK', ...kept, 'Content-Length: 0', '', ''].join('\r\n')))
  await clock.advance(10)
  flow.isOpen = false
  stack.flowClosed(flow)
  notifier.changed('dialog', '202')
  await clock.advance(1000)
  notifier.close()
  stack.close()
  return connected
}

describe('a watcher whose connection has closed', () => {
  for (const contact of [
    'sip:x@127.0.0.1:25;transport=tcp',
    'sip:x@192.168.1.20:5060;transport=tcp',
    'sip:x@203.0.113.50:5060;transport=tcp',
  ])
    it(`has nobody else asked in its place, whatever its Contact says: ${contact}`, async () => {
      assert.deepEqual(await connectedAfter(contact), [])
    })

  it('is connected to where it was', async () => {
    assert.deepEqual(await connectedAfter('sip:x@198.51.100.7:5070;transport=tcp'), ['198.51.100.7:5070'])
  })
})
