import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { FlowId } from '@vaxel/base'
import type { Binding } from '@vaxel/core'
import type { Flow } from '@vaxel/sip'
import { flowToBinding } from './flow-to-binding.ts'

const open = { id: 'f', isOpen: true } as unknown as Flow
const network = {
  flow: (id: FlowId) => (id === 'f' ? open : undefined),
  findFlow: (_: string, remote: { address: string; port: number }) => ({ remote }) as unknown as Flow,
}

const binding = (contact: string, protocol: 'udp' | 'tls', more: Partial<Binding> = {}): Binding =>
  ({
    contact,
    path: [],
    flow: {
      id: 'f',
      protocol,
      localAddress: '192.0.2.9',
      localPort: 5060,
      remoteAddress: '192.0.2.1',
      remotePort: 40000,
    },
    ...more,
  }) as Binding

describe('where a call to a registered phone goes', () => {
  it('is the way its REGISTER came, when the phone is behind a NAT', () => {
    assert.deepEqual(flowToBinding(network, binding('sip:201@10.0.0.5:5060', 'udp'))?.remote, {
      address: '192.0.2.1',
      port: 40000,
    })
  })

  it('is the port that it names on the address it came from', () => {
    assert.deepEqual(flowToBinding(network, binding('sip:201@192.0.2.1:5090', 'udp'))?.remote, {
      address: '192.0.2.1',
      port: 5090,
    })
  })

  it('is the way its REGISTER came, when a router wrote its own address into the contact', () => {
    const rewritten = binding('sip:201@192.0.2.1:5090', 'udp', { isTranslated: true })
    assert.deepEqual(flowToBinding(network, rewritten)?.remote, { address: '192.0.2.1', port: 40000 })
  })

  it('is the proxy that put itself into Path, whatever port of its address the phone is said to have', () => {
    const contact = 'sip:201@192.0.2.1:5090'
    const portBehind = (...path: string[]) => flowToBinding(network, binding(contact, 'udp', { path }))?.remote.port
    assert.equal(portBehind('<sip:192.0.2.1:40000;lr>', '<sip:10.0.0.1;lr>'), 40000)
    assert.equal(portBehind('<sip:192.0.2.1:5070;lr>'), 5070, 'it listens elsewhere than it sends from')
    assert.equal(portBehind('<sip:192.0.2.1;lr>'), 5060)
    assert.equal(portBehind('<sip:edge.example;lr>'), 40000)
  })

  it('is the flow with RFC 5626, whatever the contact says', () => {
    assert.deepEqual(flowToBinding(network, binding('sip:201@192.0.2.1:5090', 'udp', { regId: 1 }))?.remote, {
      address: '192.0.2.1',
      port: 40000,
    })
  })

  it('is the open connection of a phone on TLS; a closed one still says where the phone was', () => {
    assert.equal(flowToBinding(network, binding('sip:201@10.0.0.5:5061;transport=tls', 'tls')), open)
    const gone = binding('sip:201@10.0.0.5:5061;transport=tls', 'tls')
    const way = flowToBinding(network, { ...gone, flow: { ...gone.flow, id: 'x' as FlowId } })
    assert.deepEqual([way?.isOpen, way?.remote.address], [false, '192.0.2.1'])
  })
})
