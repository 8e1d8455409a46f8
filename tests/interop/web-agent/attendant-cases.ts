import assert from 'node:assert/strict'
import { ApiClient, eventually, type Platform, type WebBrowser } from '@vaxel/testkit'

const people = 5000
const pageSize = 50

/** A caller is put through with one key, comes back when nobody takes them, is asked about first, parked; who is away gets a message. */
export async function putsCallersThrough(platform: Platform, browser: WebBrowser, queueNumber: string): Promise<void> {
  const attendant = await browser.user(platform.url, '203')
  const caller = await browser.user(platform.url, '204')
  const colleague = await browser.user(platform.url, '207')
  const { page } = attendant
  for (const one of [attendant, caller, colleague]) await one.page.getByText('Ready for calls').first().waitFor()
  await attendant.go('/attendant')
  const field = page.getByRole('combobox', { name: /Name, number/ })
  await field.waitFor()
  await caller.go('/phone')
  const call = async () => {
    await caller.page.getByRole('combobox').first().fill('203')
    await caller.page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Answer: Erik Sjöberg' }).waitFor()
    assert.equal(await page.getByRole('alertdialog').count(), 0)
  }
  await call()
  assert.deepEqual(await attendant.accessFaults(), [])
  await attendant.shoot('attendant-ringing-en-light-1366')
  await page.keyboard.press('Alt+a')
  await page.getByRole('region', { name: 'In a call with Erik Sjöberg' }).waitFor()
  // The focus has never left the field: the person who is wanted is typed at once.
  await page.keyboard.type('nystr')
  await page
    .getByRole('option', { name: /Åsa Nyström/, selected: true })
    .getByText('Available')
    .first()
    .waitFor()
  assert.deepEqual(await attendant.accessFaults(), [])
  await attendant.shoot('attendant-in-call-en-light-1366')
  await page.keyboard.press('Enter')
  await page.getByText('is ringing at Åsa Nyström').waitFor()
  await colleague.page.getByRole('alertdialog').waitFor()
  await page
    .getByRole('option', { selected: true })
    .getByText(/[Rr]inging/)
    .first()
    .waitFor()
  await colleague.page.keyboard.press('Alt+d')
  await page.getByText('came back: Åsa Nyström did not take it').waitFor()
  assert.deepEqual(await attendant.accessFaults(), [])
  await attendant.shoot('attendant-back-en-light-1366')
  await page.getByRole('button', { name: 'Take', exact: true }).click()
  await field.focus()
  await page.keyboard.press('Shift+Enter')
  await colleague.page.getByRole('alertdialog').waitFor()
  await colleague.page.keyboard.press('Alt+a')
  await page.getByRole('region', { name: '1 call on hold' }).waitFor()
  await page
    .getByRole('region', { name: 'In a call with Åsa Nyström' })
    .getByText(/connected/)
    .waitFor()
  await field.focus()
  await page.keyboard.press('Enter')
  await page.getByText('No calls.').waitFor()
  // Both know with whom they talk now, though no telephone was told so.
  await caller.page.getByRole('region', { name: 'In a call with Åsa Nyström' }).waitFor()
  await colleague.page.getByRole('region', { name: 'In a call with Erik Sjöberg' }).waitFor()
  const admin = await ApiClient.login(platform.url, '201@demo.vaxel.test', 'demo-201')
  const { items: live } = await admin.get<{ items: { connections: { party: { number: string } }[] }[] }>(
    '/api/v1/live-calls',
  )
  assert.deepEqual(
    live
      .map(({ connections }) => connections.map(({ party }) => party.number).sort())
      .filter((numbers) => numbers.includes('207')),
    [['204', '207']],
  )
  await colleague.page.keyboard.press('Alt+h')
  await caller.page.getByRole('region', { name: /In a call/ }).waitFor({ state: 'detached' })
  await call()
  await page.keyboard.press('Alt+a')
  await page.getByRole('region', { name: 'In a call with Erik Sjöberg' }).waitFor()
  await page.keyboard.press('Alt+Shift+P')
  await page
    .getByRole('button', { name: /Fetch.*Erik Sjöberg|Erik Sjöberg/ })
    .first()
    .waitFor()
  await caller.page.keyboard.press('Alt+h')
  await colleague.close()
  await page.getByRole('option', { selected: true }).getByText('Offline').first().waitFor()
  await page.keyboard.press('Alt+Shift+M')
  const dialog = page.getByRole('dialog', { name: 'Message to Åsa Nyström' })
  await dialog.getByRole('textbox').fill('Erik called about the fair.')
  assert.equal(await dialog.getByRole('checkbox').isChecked(), true)
  assert.deepEqual(await attendant.accessFaults(), [])
  await attendant.shoot('attendant-message-en-light-1366')
  await page.keyboard.press('Control+Enter')
  await page.getByText('has your message in the chat, and it goes by e-mail too').waitFor()
  const { items } = await admin.get<{ items: { subject: string }[] }>('/api/v1/mails')
  assert.equal(items.length, 1)
  const asa = await ApiClient.login(platform.url, '207@demo.vaxel.test', 'demo-207')
  assert.match(JSON.stringify(await asa.get('/api/v1/conversations')), /Erik called about the fair/)
  // Who waits in a queue is seen by an attendant who is in none.
  await caller.page.getByRole('combobox').first().fill(queueNumber)
  await caller.page.keyboard.press('Enter')
  const queued = page.getByRole('region', { name: /waits in queues/ })
  await queued.getByText('Erik Sjöberg').waitFor()
  assert.deepEqual(await attendant.accessFaults(), [])
  await attendant.shoot('attendant-queued-en-light-1366')
  await caller.page.keyboard.press('Alt+h')
  await queued.waitFor({ state: 'detached' })
  assert.deepEqual([attendant.faults, caller.faults], [[], []])
  await caller.close()
  await attendant.close()
}

/** 5,000 people: only those in sight are drawn, the arrow keys go through them, and bundles of changes draw those in sight alone. */
export async function staysSmoothWithThousands(
  platform: Platform,
  browser: WebBrowser,
  tell: (text: string) => void,
): Promise<void> {
  const visitor = await browser.visitor()
  const { page } = visitor
  const idOf = (i: number) => `person-${String(i).padStart(4, '0')}`
  const nameOf = (i: number) => `Person ${String(i).padStart(4, '0')}`
  const entry = (i: number) => ({
    id: idOf(i),
    kind: 'colleague',
    name: nameOf(i),
    numbers: [{ number: String(10_000 + i), text: String(10_000 + i), kind: 'extension' }],
    isFavourite: false,
  })
  await page.route(/\/api\/v1\/directory\?/, (route) => {
    const query = new URL(route.request().url()).searchParams
    const q = (query.get('q') ?? '').toLowerCase()
    const all = Array.from({ length: people }, (_, i) => i).filter((i) => nameOf(i).toLowerCase().includes(q))
    const from = Number(query.get('after') ?? 0)
    const items = all.slice(from, from + pageSize).map(entry)
    const next = from + pageSize < all.length ? { next: String(from + pageSize) } : {}
    return route.fulfill({ json: { items, total: all.length, ...next } })
  })
  await page.route(/\/api\/v1\/presence\?/, (route) =>
    route.fulfill({
      json: {
        version: 'run-1',
        isWhole: true,
        people: Array.from({ length: people }, (_, i) => ({ id: idOf(i), state: 'available', why: 'free' })),
      },
    }),
  )
  await page.route(/\/api\/v1\/presence\/[^/]+\/day/, (route) =>
    route.fulfill({ json: { state: 'none', to: new Date(Date.now() + 86_400_000).toISOString(), blocks: [] } }),
  )
  let send: (text: string) => void = () => {}
  await page.routeWebSocket(/\/api\/v1\/events/, (socket) => {
    socket.connectToServer()
    send = (text) => socket.send(text)
  })
  await visitor.logIn(platform.url, '203')
  await visitor.go('/attendant')
  await page.getByText('Person 0000').first().waitFor()
  await page.getByText('5,000 people').waitFor()
  const drawn = await page.getByRole('option').count()
  assert.ok(drawn > 5 && drawn < 60, `${drawn} rows are drawn`)
  // The keys are the search field's, which has the focus when the desk is drawn.
  await page.locator('input:focus').waitFor()
  const isFarDown = async () => {
    await page.keyboard.press('PageDown')
    return (await page.getByRole('option', { name: /Person 0[12]\d\d/, selected: true }).count()) > 0
  }
  await eventually('somebody far down is chosen', isFarDown)
  assert.ok((await page.getByRole('option').count()) < 60)
  await page.keyboard.type('person 4711')
  await page.getByRole('option', { name: /Person 4711/, selected: true }).waitFor()
  const frames = page.evaluate<{ frames: number; late: number }>(`new Promise((resolve) => {
    const seen = { frames: 0, late: 0 }
    let last
    const frame = (at) => {
      if (last !== undefined) { seen.frames++; if (at - last > 50) seen.late++ }
      last = at
      if (document.body.textContent.includes('4711 is away')) resolve(seen)
      else requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })`)
  for (let bundle = 0; bundle < 20; bundle++) {
    const changed = Array.from({ length: 50 }, (_, i) => ({
      id: idOf((bundle * 50 + i) % people),
      state: 'busy',
      why: 'call.phone',
      since: 1_700_000_000,
    }))
    const last = bundle < 19 ? [] : [{ id: idOf(4711), state: 'away', why: 'chosen', note: '4711 is away' }]
    const data = { version: `run-${bundle + 2}`, people: [...changed, ...last] }
    send(JSON.stringify({ notice: 'presence.changed', at: new Date().toISOString(), data }))
    await page.evaluate('new Promise(requestAnimationFrame)')
  }
  const seen = await frames
  tell(`5,000 people: ${drawn} rows drawn; ${seen.late} of ${seen.frames} frames late while 1,000 people changed`)
  assert.deepEqual(visitor.faults, [])
  await visitor.close()
}
