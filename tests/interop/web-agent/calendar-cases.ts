import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiClient, eventually, type Platform, type View, type WebBrowser } from '@vaxel/testkit'

const minute = 60_000
const utc = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]|\.\d+/g, '')

const views: readonly View[] = [
  { language: 'sv', theme: 'dark' },
  { language: 'fr', theme: 'light', width: 390, height: 844 },
]

/** A calendar as somebody publishes it: in a meeting in Lyon now, and in another one in two hours. */
function publishedCalendar(nowMs: number): string {
  const meeting = (uid: string, fromMs: number, toMs: number, ...more: string[]) => [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTART:${utc(fromMs)}`,
    `DTEND:${utc(toMs)}`,
    ...more,
    'END:VEVENT',
  ]
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...meeting('1', nowMs - 10 * minute, nowMs + 50 * minute, 'SUMMARY:Fair', 'LOCATION:Lyon\\, hall 3'),
    ...meeting('2', nowMs + 120 * minute, nowMs + 150 * minute, 'SUMMARY:Taxi'),
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

/** Somebody sets their calendar in the settings; the attendant sees where they are and what comes next; a broken one is said to its owner. */
export async function showsWherePeopleAre(platform: Platform, browser: WebBrowser): Promise<void> {
  let isBroken = false
  const server = createServer((_, response) =>
    isBroken ? response.writeHead(404).end() : response.end(publishedCalendar(Date.now())),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/asa-4711.ics`
  try {
    const asa = await browser.user(platform.url, '209')
    const { page } = asa
    await asa.go('/settings/calendar')
    const field = page.getByLabel('Address of the calendar')
    await field.waitFor()
    assert.deepEqual(await asa.accessFaults(), [])
    await asa.shoot('calendar-form-en-light-1366')
    await field.fill(address)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Follow the calendar' }).press('Enter')
    await page.getByText('The calendar works.').waitFor()
    await page.getByRole('button', { name: /What colleagues see/ }).click()
    await page.getByRole('option', { name: /what the meeting is called/ }).click()
    await page
      .getByRole('region', { name: 'What colleagues see of your day' })
      .getByText('Fair · Lyon, hall 3')
      .first()
      .waitFor()
    assert.doesNotMatch(await page.content(), /4711/)
    assert.deepEqual(await asa.accessFaults(), [])
    await asa.shoot('calendar-followed-en-light-1366')
    const attendant = await browser.user(platform.url, '203')
    await attendant.go('/attendant')
    await attendant.page.getByRole('combobox', { name: /Name, number/ }).fill('209')
    const person = attendant.page.getByRole('complementary', { name: 'Chosen person' })
    await person.getByText(/^In a meeting since .*until .*: calendar/).waitFor()
    await person.getByText('Fair · Place: Lyon, hall 3').waitFor()
    await person.getByRole('region', { name: 'Calendar' }).getByText('Taxi').first().waitFor()
    await attendant.page
      .getByRole('option', { selected: true })
      .getByText(/^In a meeting, until .* · Lyon, hall 3/)
      .first()
      .waitFor()
    assert.deepEqual(await attendant.accessFaults(), [])
    await attendant.shoot('attendant-calendar-en-light-1366')
    await attendant.close()
    isBroken = true
    await page.getByRole('button', { name: 'Read now' }).press('Enter')
    await page.getByText(/^Since .* the calendar cannot be read: there is no calendar at this address/).waitFor()
    assert.deepEqual(await asa.accessFaults(), [])
    await asa.shoot('calendar-broken-en-light-1366')
    assert.deepEqual(asa.faults, [])
    await asa.close()
    for (const view of views) {
      const visitor = await browser.user(platform.url, '209', view)
      await visitor.go('/settings/calendar')
      await visitor.page.getByText('Lyon, hall 3').first().waitFor()
      assert.deepEqual(await visitor.accessFaults(), [])
      await visitor.shoot(`calendar-broken-${view.language}-${view.theme}-${view.width ?? 1366}`)
      await visitor.close()
    }
    const api = await ApiClient.login(platform.url, '209@demo.vaxel.test', 'demo-209')
    await api.request('DELETE', '/api/v1/me/calendar')
    await eventually('presence goes on without it', async () => {
      const { presence } = await api.get<{ presence: { why: string } }>('/api/v1/me/presence')
      return presence.why !== 'calendar'
    })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
