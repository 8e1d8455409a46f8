import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'
import { createCallFeatures } from './call-features.ts'
import type { WatchedFeature } from './watched-features.ts'

/** A company whose telephones watch; what they are told. */
function watching() {
  const world = new CallWorld()
  const told: string[] = []
  const features = createCallFeatures(world.service, {
    tellWatchers: (packageName, resource) => void told.push(`${packageName} ${resource}`),
  })
  const lamps: WatchedFeature = {
    package: {
      name: 'dialog',
      contentTypes: ['application/dialog-info+xml'],
      defaultExpiresSeconds: 1,
      minExpiresSeconds: 1,
      maxExpiresSeconds: 1,
      body: () => undefined,
    },
    resourceOf: () => 'of a person',
  }
  const packages = features.watched([lamps])
  const named = (name: string) => packages.find((one) => one.package.name === name)!
  const bodyOf = (name: string, resource: string): string | undefined => {
    const [contentType] = named(name).package.contentTypes
    const body = named(name).package.body(resource, { version: 0, contentType: contentType! })
    return body && new TextDecoder().decode(body.bytes)
  }
  return { world, features, told, named, bodyOf }
}

describe('lamps of parking places (RFC 4235)', () => {
  it('burn while somebody is parked there, with who it is', async () => {
    const { world, told, named, bodyOf, features } = watching()
    const lamp = named('dialog').resourceOfNumber!(world.user('202'), '701')!
    assert.equal(named('dialog').resourceOfNumber!(world.user('202'), '801'), undefined)
    assert.equal(named('dialog').resourceOf(world.user('202'), world.user('201')), 'of a person')
    assert.doesNotMatch(bodyOf('dialog', lamp)!, /<dialog /)
    const caller = world.phone('203')
    const parker = world.phone('201')
    const call = caller.call('201')
    await world.pass()
    parker.last.answer()
    await world.pass()
    await Promise.all([parker.last.transferTo('sip:701@acme.test'), world.pass(100)])
    assert.match(bodyOf('dialog', lamp)!, /<state>confirmed<\/state>[\s\S]*sip:203@acme\.test/)
    assert.ok(told.includes(`dialog ${lamp}`))
    const other = named('dialog').resourceOfNumber!(world.user('202', world.beta), '701')!
    assert.doesNotMatch(bodyOf('dialog', other)!, /<dialog /, 'another company has places of its own')
    call.hangUp()
    await world.pass()
    assert.doesNotMatch(bodyOf('dialog', lamp)!, /<dialog /)
    features.close()
    await world.finish()
  })
})

describe('call completion (RFC 6910)', () => {
  it('is offered with a busy, told ready when the callee is free, and over when the two have talked', async () => {
    const { world, told, named, bodyOf, features } = watching()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cleo = world.phone('203')
    const talk = cleo.call('202')
    await world.pass()
    bo.last.answer()
    await world.pass()
    bo.onCall = (call) => call.refuse(486)
    const inVain = anna.call('202')
    await world.pass()
    const offered = inVain.ends[0]?.response?.headers.get('Call-Info')
    assert.equal(offered, '<sip:202@acme.test>;purpose=call-completion;m=BS')
    const resource = named('call-completion').resourceOf(world.user('201'), world.user('202'))!
    assert.match(bodyOf('call-completion', resource)!, /^cc-state: queued\r\n/)
    told.length = 0
    talk.hangUp()
    await world.pass(100)
    assert.ok(told.includes(`call-completion ${resource}`))
    assert.match(bodyOf('call-completion', resource)!, /^cc-state: ready\r\n[\s\S]*cc-URI: <sip:202@acme\.test>/)
    const second = named('call-completion').resourceOf(world.user('204'), world.user('202'))!
    assert.match(bodyOf('call-completion', second)!, /queued/, 'who asked later waits')
    bo.onCall = (call) => call.answer()
    const call = anna.call('202')
    await world.pass(50)
    assert.ok(call.isUp)
    assert.equal(bodyOf('call-completion', resource), undefined)
    call.hangUp()
    await world.pass()
    assert.match(bodyOf('call-completion', second)!, /ready/)
    features.close()
    await world.finish()
  })

  it('waits after an unanswered call until the callee has used the phone, and for no more than 45 minutes', async () => {
    const { world, named, bodyOf, features } = watching()
    const anna = world.phone('201')
    const bo = world.phone('202')
    const cleo = world.phone('203')
    cleo.onCall = (call) => call.answer()
    const inVain = anna.call('202')
    await world.pass(3000)
    inVain.hangUp()
    await world.pass()
    const resource = named('call-completion').resourceOf(world.user('201'), world.user('202'))!
    assert.match(bodyOf('call-completion', resource)!, /queued/)
    const talk = bo.call('203')
    await world.pass(3000)
    talk.hangUp()
    await world.pass(100)
    assert.match(bodyOf('call-completion', resource)!, /ready/)
    await world.pass(46 * 60_000)
    assert.equal(bodyOf('call-completion', resource), undefined)
    assert.equal(named('call-completion').resourceOf(world.user('201'), world.user('202', world.beta)), undefined)
    features.close()
    await world.finish()
  })
})
