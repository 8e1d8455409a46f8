import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Binding, BindingStore, Directory } from '@vaxel/core/ports'
import { writeReginfo } from '@vaxel/sip'
import { makeRegSource } from './feature.ts'

const binding = (contact: string, expiresAtMs: number): Binding =>
  ({
    id: `b ${contact}`,
    contact,
    expiresAtMs,
    registeredAtMs: 1_000,
    q: 1,
    callId: 'c',
    cseq: 2,
    addressOfRecord: 'sip:201@demo.test',
  }) as Binding

const source = makeRegSource({
  bindings: { ofAddress: () => [binding('sip:a@h', 61_000), binding('sip:b@h', 5_000)] } as unknown as BindingStore,
  directory: { userByAddress: (_: string, name: string) => (name === '201' ? {} : undefined) } as unknown as Directory,
  nowMs: () => 11_000,
})

describe('makeRegSource', () => {
  it('tells watchers the live bindings of a user', () => {
    const contacts = source('sip:201@demo.test')!
    assert.deepEqual(
      contacts.map((contact) => [contact.uri, contact.expiresSeconds, contact.registeredSeconds]),
      [['sip:a@h', 50, 10]],
    )
    assert.match(writeReginfo('sip:201@demo.test', contacts, 0), /duration-registered="10" expires="50"/)
  })

  it('knows no registration of someone who does not exist', () => {
    assert.equal(source('sip:999@demo.test'), undefined)
    assert.equal(source('not a uri'), undefined)
  })
})
