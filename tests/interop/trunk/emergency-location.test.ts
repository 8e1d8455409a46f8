import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, Baresip, FreePorts, type Platform, startPlatform, type View, WebBrowser } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { KamailioNetwork } from './kamailio-network.ts'

const views: readonly View[] = [
  { language: 'sv', theme: 'dark' },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]
const edit = { en: 'Description', sv: 'Beskrivning', fr: 'Description' } as const
const heading = { sv: 'Adress för nödsamtal', fr: 'Adresse pour les appels d’urgence', en: '' } as const

/** What a program of others reads in a document. */
function xpath(document: string, element: string): string {
  const expression = `string(//*[local-name()='${element}'])`
  const ran = spawnSync('xmllint', ['--nonet', '--xpath', expression, '-'], {
    input: document.trim(),
    encoding: 'utf8',
  })
  assert.equal(ran.status, 0, ran.stderr)
  return ran.stdout.trim()
}

describe('the place in an emergency call (Kamailio as the network, baresip as the emergency centre)', () => {
  let platform: Platform
  let free: FreePorts
  let browser: WebBrowser
  let api: ApiClient
  let network: KamailioNetwork
  let centre: Baresip
  let caller: Baresip
  let trunk: string
  let site: string
  before(async () => {
    platform = await startPlatform()
    free = await FreePorts.claim()
    api = await platform.login()
    centre = await Baresip.start({ user: '112', password: 'x', toneHz: 440 })
    network = await KamailioNetwork.start(await free.port(), centre.sipPort)
    const { items } = await api.get<{ items: { id: string; name: string }[] }>('/api/v1/trunks')
    trunk = items.find(({ name }) => name === 'pstn')!.id
    const targets = [{ host: '127.0.0.1', port: network.port, protocol: 'udp' }]
    await api.patch(`/api/v1/trunks/${trunk}`, { targets })
    const { id } = await api.post<{ id: string }>('/api/v1/sites', {
      name: 'Lund',
      profile: {
        format: 'vaxel-site-profile/1',
        name: 'Lund',
        system: 'vaxel',
        people: { deskPhone: 4 },
        connection: 'internet',
        networks: { inside: ['127.0.0.0/8'], segments: [{ name: 'reception', network: '127.0.0.0/28' }] },
      },
    })
    site = `/admin/sites/${id}`
    caller = await Baresip.start({ user: '205', password: 'sip-205', registrar: platform.sip, toneHz: 620 })
    browser = await WebBrowser.open()
  })
  after(async () => {
    await browser?.close()
    for (const phone of [caller, centre]) await phone?.stop()
    await network?.stop()
    free?.release()
    await platform?.stop()
  })
  const callTheCentre = async () => {
    const mark = caller.events.length
    await caller.dial('112')
    await caller.waitFor('CALL_ESTABLISHED', undefined, mark)
    const invite = await network.nextInvite()
    await talk(1500)
    await caller.hangUp()
    await caller.waitFor('CALL_CLOSED', undefined, mark)
    return invite
  }

  it('can be written in the other languages, on a phone too', async () => {
    for (const view of views) {
      const visitor = await browser.user(platform.url, '201', view)
      await visitor.go(site)
      await visitor.page.getByRole('button', { name: edit[view.language!] }).click()
      await visitor.page.getByRole('heading', { name: heading[view.language!] }).scrollIntoViewIfNeeded()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot(`site-address-${view.language}`)
      await visitor.close()
    }
  })

  it('is not told where nobody has said that the carrier takes it', async () => {
    assert.deepEqual(await callTheCentre(), { type: 'application/sdp', location: '' })
  })

  it('is what an administrator has written at the site, once the trunk takes it', async () => {
    const admin = await browser.user(platform.url, '201')
    const { page } = admin
    await admin.go(site)
    await page.getByRole('button', { name: edit.en }).click()
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await field('Town').fill('Lund')
    await page.getByText('An address needs this').first().waitFor()
    assert.ok(await page.getByRole('button', { name: 'Save' }).isDisabled())
    await field('Street').fill('Åkergränd')
    await field('House number').fill('1 B')
    await field('Postal code').fill('223 50')
    await field('Country').fill('se')
    assert.deepEqual(await admin.accessFaults(), [])
    await field('Town').scrollIntoViewIfNeeded()
    await admin.shoot('site-address-en')
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('Lund is saved').waitFor()
    await admin.go(`/admin/trunks/${trunk}`)
    await page.getByRole('tab', { name: 'Limits and audio' }).click()
    await page.getByRole('switch', { name: /Emergency calls bring the address/ }).press('Space')
    assert.deepEqual(await admin.accessFaults(), [])
    await admin.shoot('trunk-sends-location-en')
    await page.getByRole('button', { name: 'Save' }).press('Enter')
    await page.getByText('pstn was saved.').waitFor()
    assert.deepEqual(admin.faults, [])
    await admin.close()

    const { type, location } = await callTheCentre()
    assert.match(type, /^multipart\/mixed;boundary=/)
    const read = (element: string) => xpath(location, element)
    assert.deepEqual(['country', 'A3', 'RD', 'HNO', 'PC', 'NAM', 'LOC', 'method', 'retransmission-allowed'].map(read), [
      'SE',
      'Lund',
      'Åkergränd',
      '1 B',
      '223 50',
      'Lund',
      'reception',
      'Manual',
      'yes',
    ])
    await assertHeard(caller, 440, 1000)
    await assertHeard(centre, 620, 1000)
  })
})
