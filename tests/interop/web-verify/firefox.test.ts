import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { eventually, FirefoxPage, startPlatform } from '@vaxel/testkit'

/** Firefox sends nothing to 127.0.0.1, so that both come to another address of this machine. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  const own = all.find(({ internal, family }) => !internal && family === 'IPv4')
  assert.ok(own, 'this machine needs an address besides loopback')
  return own.address
}

it('the verify page hears its calls in Firefox, and measures them', async () => {
  const platform = await startPlatform({
    environment: { VAXEL_BIND: '0.0.0.0' },
    mediaPortCount: 300,
    readyLimitMs: 60_000,
  })
  const firefox = await FirefoxPage.open(join(import.meta.dirname, '../web-nat/page/relay-phone.js'))
  try {
    await firefox.goTo(`https://${ownAddress()}:${platform.ports.https}/verify?language=en`)
    const has = async (expression: string) => Boolean(await firefox.evaluate(`!!(${expression})`))
    await eventually('the page is drawn', () => has(`document.querySelector('#segment')`), 60_000)
    await firefox.evaluate(`document.querySelector('#segment').focus()`)
    await firefox.type('Enter')
    await eventually('the verdict', () => has(`document.querySelector('#verdict')`), 60_000)
    const text = String(await firefox.evaluate(`document.querySelector('.rows').innerText`))
    const line = (title: string): string => text.slice(text.indexOf(title)).split('Details', 1)[0]!
    assert.match(line('Sound, directly'), /Works/, text)
    assert.match(line('The range as a whole'), /Works/, text)
    assert.match(line('Being called'), /Works/, text)
    assert.match(line('Loss'), /Lost [\d.]+ % up, [\d.]+ % down[\s\S]*MOS, g107-2015-e-model/, text)
    assert.match(line('Several calls at once'), /Works|Limited/, text)
    assert.match(line('Browser'), /Firefox \d+[\s\S]*new enough/, text)
  } finally {
    await firefox.close()
    await platform.stop()
  }
})
