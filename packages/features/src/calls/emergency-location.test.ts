import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SitePlace, Trunk } from '@vaxel/core'
import { CallWorld } from '@vaxel/testkit/calls/call-world'

const reception: SitePlace = {
  siteId: 'lund',
  site: 'Lund',
  segment: 'reception',
  address: { country: 'SE', city: 'Lund', street: 'Åkergränd', houseNumber: '1 B', postalCode: '223 50' },
}

/** Anna is at her desk, and calls by a trunk. */
function calls(place: SitePlace | undefined, trunk: Partial<Trunk> = { sendsLocation: true }) {
  const asked: string[] = []
  const world = new CallWorld({
    places: {
      placeOf: (companyId, address) => {
        asked.push(`${companyId} ${address}`)
        return place
      },
    },
  })
  const { carrier } = world.trunk({ ...trunk })
  const anna = world.phone('201')
  return { world, carrier, anna, asked }
}

describe('the place in an emergency call (RFC 6442)', () => {
  it('is the address of the site and the part of the network that the telephone is in', async () => {
    const { world, carrier, anna, asked } = calls(reception)
    let text = ''
    carrier.onCall = (one) => {
      text = one.invite!.request.text
      one.answer()
    }
    const call = anna.call('112')
    await world.pass()
    assert.ok(call.isUp)
    assert.deepEqual(asked, [`${world.acme.id} ${anna.address}`])
    const { request } = carrier.last.invite!
    const [, contentId] = /^<cid:(.+)>$/.exec(request.headers.get('Geolocation')!)!
    assert.equal(request.headers.get('Geolocation-Routing'), 'yes')
    assert.ok(text.includes(`Content-ID: <${contentId}>`))
    assert.match(
      text,
      /<cl:country>SE<\/cl:country><cl:A3>Lund<\/cl:A3><cl:RD>Åkergränd<\/cl:RD><cl:HNO>1 B<\/cl:HNO><cl:LOC>reception<\/cl:LOC><cl:NAM>Lund<\/cl:NAM><cl:PC>223 50<\/cl:PC>/,
    )
    assert.match(text, /entity="sip:\+46846500400@/)
    call.hangUp()
    await world.pass()
    await world.finish()
  })

  it('is told to nobody else: not in other calls, nor to trunks that do not take it, nor where nothing is known', async () => {
    const { address: _, ...nameless } = reception
    for (const [place, trunk, number] of [
      [reception, { sendsLocation: true }, '+46701740610'],
      [reception, {}, '112'],
      [undefined, { sendsLocation: true }, '112'],
      [nameless, { sendsLocation: true }, '112'],
    ] as const) {
      const { world, carrier, anna } = calls(place, trunk)
      const call = anna.call(number)
      await world.pass()
      const { request } = carrier.last.invite!
      assert.equal(request.headers.has('Geolocation'), false)
      assert.equal(request.contentType, 'application/sdp')
      call.hangUp()
      await world.pass()
      await world.finish()
    }
  })

  it('does not stand in the way of the call: who refuses it is called again without', async () => {
    const { world, carrier, anna } = calls(reception)
    carrier.onCall = (one) => {
      if (one.invite!.request.headers.has('Geolocation')) one.refuse(424)
      else one.answer()
    }
    const call = anna.call('112')
    await world.pass()
    assert.ok(call.isUp)
    assert.equal(carrier.calls.length, 2)
    call.hangUp()
    await world.pass()
    await world.finish()
  })

  it('that a telephone names itself goes on by reference, and not where its body does not go', async () => {
    const { world, carrier, anna } = calls(undefined)
    const call = anna.call('112', {
      headers: [['Geolocation', '<cid:anna@home>, <https://places.example/anna>']],
    })
    await world.pass()
    assert.deepEqual(carrier.last.invite!.request.headers.getAll('Geolocation'), ['<https://places.example/anna>'])
    call.hangUp()
    await world.pass()
    await world.finish()
  })
})
