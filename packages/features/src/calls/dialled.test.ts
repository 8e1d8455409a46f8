import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialledOf } from './dialled.ts'

describe('what was dialled', () => {
  it('is the user part of the Request-URI', () => {
    assert.equal(dialledOf('sip:201@demo.vaxel.test'), '201')
    assert.equal(dialledOf('sip:+46846500401@demo.vaxel.test;user=phone'), '+46846500401')
    assert.equal(dialledOf('sips:echo@demo.vaxel.test:5061;transport=tls'), 'echo')
  })

  it('is the number of a tel URI, without its parameters (RFC 3966)', () => {
    assert.equal(dialledOf('tel:+46-8-465-004-01'), '+46-8-465-004-01')
    assert.equal(dialledOf('sip:201;phone-context=demo@demo.vaxel.test'), '201')
  })

  it('is nothing with control characters, or longer than any number', () => {
    assert.equal(dialledOf('sip:201%0d%0a@demo.vaxel.test'), undefined)
    assert.equal(dialledOf(`sip:${'1'.repeat(129)}@demo.vaxel.test`), undefined)
  })

  it('is nothing in a URI without a user', () => {
    assert.equal(dialledOf('sip:demo.vaxel.test'), undefined)
    assert.equal(dialledOf('http://x/'), undefined)
  })
})
