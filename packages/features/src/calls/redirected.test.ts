import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

/** Who is rung when the telephone of 202 redirects 201's call to these contacts. */
async function rungBy(...contacts: string[]) {
  const world = new CallWorld()
  const anna = world.phone('201')
  const bo = world.phone('202')
  const [cesar, david] = [world.phone('203'), world.phone('204')]
  bo.onCall = (call) =>
    call.refuse(
      302,
      contacts.map((one) => ['Contact', one] as const),
    )
  const call = anna.call('202')
  await world.pass(200)
  const rung = [cesar, david].filter(({ calls }) => calls.length > 0).map((one) => (one === cesar ? '203' : '204'))
  const { failure } = call
  if (failure === undefined) call.hangUp()
  await world.finish()
  return { rung, failure }
}

describe('a telephone that redirects a call', () => {
  it('to another company’s extension rings nobody of its own who has the same', async () => {
    const { rung, failure } = await rungBy('<sip:203@beta.test>')
    assert.deepEqual(rung, [])
    assert.equal(failure, 480)
  })

  it('to several rings whom it wants most (RFC 3261 §20.10)', async () => {
    const { rung } = await rungBy('<sip:203@acme.test>;q=0.2', '<sip:204@acme.test>;q=0.9')
    assert.deepEqual(rung, ['204'])
  })

  it('to a web page and a number rings the number', async () => {
    const { rung } = await rungBy('<https://acme.test/>', '<sip:203;phone-context=acme@acme.test>')
    assert.deepEqual(rung, ['203'])
  })

  it('to what holds a line break rings nobody', async () => {
    const { rung, failure } = await rungBy('<sip:203%0d%0a@acme.test>')
    assert.deepEqual([rung, failure], [[], 480])
  })
})
