import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Platform, startPlatform, type View, WebBrowser, type WebVisitor } from '@vaxel/testkit'
import { Secret, TOTP } from 'otpauth'
import { WebClient } from '../../api/web-client.ts'

const views: readonly View[] = [
  { language: 'en', theme: 'light' },
  { language: 'sv', theme: 'dark', width: 1920, height: 1080 },
  { language: 'fr', theme: 'dark', width: 390, height: 844 },
]
const nameOf = ({ language, theme, width = 1366 }: View) => `${language}-${theme}-${width}`
const codeOf = (secret: string, atMs = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({ timestamp: atMs })

/** A phone that knows its owner's finger: WebAuthn's authenticator inside Chromium. @returns lays the finger on it, or takes it off */
async function withAuthenticator({ context, page }: WebVisitor): Promise<(isTouched: boolean) => Promise<void>> {
  const devTools = await context.newCDPSession(page)
  await devTools.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (enabled) => {
    await devTools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
  }
}

describe('logging in at the web app', () => {
  let platform: Platform
  let browser: WebBrowser
  let admin: WebClient
  /** Passkeys need a name. */
  let named: string
  before(async () => {
    platform = await startPlatform()
    named = platform.url.replace('127.0.0.1', 'localhost')
    browser = await WebBrowser.open()
    admin = new WebClient(platform.url)
    await admin.ask('POST', '/api/v1/logins/password', { login: '201@demo.vaxel.test', password: 'demo-201' })
  })
  after(async () => {
    await browser?.close()
    await platform?.stop()
  })
  const shot = async (visitor: WebVisitor, name: string) => {
    assert.deepEqual(await visitor.accessFaults(), [], name)
    await visitor.shoot(name)
  }
  const typeLogin = async ({ page }: WebVisitor, number: string, password = `demo-${number}`) => {
    await page.locator('input[autocomplete^="username"]').fill(`${number}@demo.vaxel.test`)
    await page.locator('input[autocomplete="current-password"]').fill(password)
    await page.keyboard.press('Enter')
  }

  it('says in words what was wrong, and that one has to wait', async () => {
    const visitor = await browser.visitor()
    await visitor.page.goto(platform.url)
    await typeLogin(visitor, '219', 'wrong')
    await visitor.page.getByRole('alert').filter({ hasText: 'do not fit together' }).waitFor()
    await shot(visitor, 'login-wrong')
    for (let i = 0; i < 5; i++)
      await admin.ask('POST', '/api/v1/sessions', { login: '219@demo.vaxel.test', password: 'x' })
    await typeLogin(visitor, '219')
    await visitor.page.getByRole('status').filter({ hasText: 'Too many attempts. You can try again in 0:' }).waitFor()
    await shot(visitor, 'login-blocked')
    await visitor.close()
  })

  it('sets up an authenticator app, and asks for its digits at the next login, by the keyboard alone', async () => {
    const visitor = await browser.user(platform.url, '204')
    const { page } = visitor
    await visitor.go('/security')
    await page.getByRole('button', { name: 'Set up', exact: true }).waitFor()
    await shot(visitor, 'security')
    await page.getByRole('button', { name: 'Set up', exact: true }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Authenticator app' })
    const field = dialog.getByRole('textbox')
    await field.waitFor()
    const secret = (await dialog.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent())!
    await shot(visitor, 'security-codes')
    await page.keyboard.type(codeOf(secret))
    await page.keyboard.press('Enter')
    const kept = page.getByRole('button', { name: 'I have kept them' })
    await kept.waitFor()
    const recovery = await page.getByRole('alertdialog').getByRole('listitem').allTextContents()
    assert.equal(recovery.length, 10)
    await shot(visitor, 'security-recovery')
    await kept.click()
    await page.getByText('10 codes are left.').waitFor()
    assert.deepEqual(visitor.faults, [])
    await visitor.close()

    const again = await browser.visitor()
    await again.page.goto(platform.url)
    await again.page.locator('input[autocomplete^="username"]').waitFor()
    await again.page.keyboard.type('204@demo.vaxel.test')
    await again.page.keyboard.press('Tab')
    await again.page.keyboard.type('demo-204')
    await again.page.keyboard.press('Enter')
    await again.page.getByLabel('Six digits').waitFor()
    await shot(again, 'login-code')
    await again.page.keyboard.type('000000')
    await again.page.keyboard.press('Enter')
    await again.page.getByRole('alert').filter({ hasText: 'This code is wrong' }).waitFor()
    await again.page.getByRole('button', { name: 'Use a recovery code' }).focus()
    await again.page.keyboard.press('Enter')
    await again.page.getByLabel('Recovery code').fill(recovery[0]!)
    await again.page.keyboard.press('Enter')
    await again.page.locator('nav').first().waitFor()
    await again.close()
  })

  it('makes a passkey, logs in with it alone and as the second step, and removes it', async () => {
    const visitor = await browser.user(named, '205')
    const { page } = visitor
    const touch = await withAuthenticator(visitor)
    await visitor.go('/security')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('My laptop')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByText('My laptop').waitFor()
    await shot(visitor, 'security-passkey')
    const logOut = async () => {
      await page.getByRole('button', { name: 'Account: ' }).click()
      await page.getByRole('menuitem', { name: 'Log out' }).click()
    }
    const isIn = () => page.locator('nav').first().waitFor()
    /** Logs out while no finger is there, and waits until the page has asked for one: a finger that comes later is for the next question. */
    const logOutUntouched = async () => {
      await touch(false)
      const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/logins/passkey-question'))
      await logOut()
      await asked
      await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
    }
    await logOutUntouched()
    await shot(visitor, 'login-passkey')
    await touch(true)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await isIn()
    // Offered where the login is typed: the finger alone is enough.
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/v1/logins/passkey'))
    await logOut()
    assert.equal((await answered).status(), 200)
    await isIn()
    await logOutUntouched()
    await typeLogin(visitor, '205')
    await touch(true)
    await page.getByRole('button', { name: 'Confirm with the passkey' }).click()
    await isIn()
    await visitor.go('/security')
    await page.getByRole('button', { name: 'Remove My laptop' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: 'Remove My laptop' }).waitFor({ state: 'detached' })
    await visitor.close()
  })

  it('asks again over the page when the login ends, and nothing that was typed is lost', async () => {
    const visitor = await browser.user(platform.url, '206')
    const { page } = visitor
    await visitor.go('/security')
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('New password', { exact: true }).fill('typed before')
    await page.getByLabel('Current password').fill('demo-206')
    await page.getByLabel('New password again').fill('typed before')
    const id = (await admin.ask('GET', '/api/v1/users?limit=1000')).body.items.find(
      (user: { name: string }) => user.name === '206',
    ).id
    assert.equal((await admin.ask('DELETE', `/api/v1/users/${id}/sessions`)).status, 204)
    await page.evaluate("document.querySelector('[role=dialog] form').requestSubmit()")
    const dialog = page.getByRole('alertdialog', { name: 'You have been logged out' })
    await dialog.waitFor()
    await dialog.getByLabel('Password').waitFor()
    await shot(visitor, 'login-expired')
    await page.keyboard.type('demo-206')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    assert.equal(await page.getByLabel('New password', { exact: true }).inputValue(), 'typed before')
    await visitor.close()
  })

  it('leads through what a login must bring first: a password of one’s own, then the second factor', async () => {
    const { items } = (await admin.ask('GET', '/api/v1/users?limit=1000')).body
    const idOf = (number: string) => items.find((user: { name: string }) => user.name === number).id
    await admin.ask('PUT', '/api/v1/identity/policy', { secondFactor: 'everyone' })
    for (const [i, view] of views.entries()) {
      const number = String(210 + i)
      const reset = await admin.ask('POST', `/api/v1/users/${idOf(number)}/password-reset`, { by: 'password' })
      const visitor = await browser.visitor(view)
      await visitor.page.goto(platform.url)
      await typeLogin(visitor, number, reset.body.password)
      const passwords = visitor.page.locator('input[autocomplete="new-password"]')
      await passwords.first().waitFor()
      await shot(visitor, `login-new-password-${nameOf(view)}`)
      await visitor.page.locator('input[autocomplete="current-password"]').fill(reset.body.password)
      await passwords.nth(0).fill('password')
      await passwords.nth(1).fill('password')
      await visitor.page.keyboard.press('Enter')
      await visitor.page.locator('[aria-invalid="true"]').first().waitFor()
      await passwords.nth(0).fill('three quiet words')
      await passwords.nth(1).fill('three quiet words')
      await visitor.page.keyboard.press('Enter')
      await passwords.first().waitFor({ state: 'detached' })
      await visitor.page.locator('main button').first().waitFor()
      await shot(visitor, `login-enrol-${nameOf(view)}`)
      await visitor.page.locator('main button').first().click()
      const code = visitor.page.locator('input[autocomplete="one-time-code"]')
      await code.waitFor()
      const secret = (await visitor.page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent())!
      await shot(visitor, `login-enrol-codes-${nameOf(view)}`)
      await code.fill(codeOf(secret))
      await visitor.page.keyboard.press('Enter')
      await visitor.page.locator('main li').first().waitFor()
      await shot(visitor, `login-recovery-${nameOf(view)}`)
      await visitor.page.locator('main button').nth(2).click()
      await visitor.page.locator('nav').first().waitFor()
      await visitor.go('/security')
      await visitor.page.locator('main li').first().waitFor()
      await shot(visitor, `security-${nameOf(view)}`)
      await visitor.close()
    }
    await admin.ask('PUT', '/api/v1/identity/policy', { secondFactor: 'optional' })
  })

  it('lets somebody in again by a link, once', async () => {
    const { items } = (await admin.ask('GET', '/api/v1/users?limit=1000')).body
    const { id } = items.find((user: { name: string }) => user.name === '213')
    const { link } = (await admin.ask('POST', `/api/v1/users/${id}/password-reset`, { by: 'link' })).body
    const visitor = await browser.visitor()
    const { page } = visitor
    for (const isFirst of [true, false]) {
      await page.goto('about:blank')
      await page.goto(link)
      const passwords = page.locator('input[autocomplete="new-password"]')
      await passwords.first().waitFor()
      if (isFirst) await shot(visitor, 'access')
      await passwords.nth(0).fill('three quiet words')
      await passwords.nth(1).fill('three quiet words')
      await page.keyboard.press('Enter')
      if (isFirst) await page.getByText('Now log in as 213@demo.vaxel.test.').waitFor()
      else await page.getByRole('alert').filter({ hasText: 'used already' }).waitFor()
    }
    await visitor.close()
  })

  it('gives administrators the rules of logins and the ways to let somebody in again, asking who they are first', async () => {
    const visitor = await browser.user(platform.url, '201')
    const { page } = visitor
    await visitor.go('/admin/logins')
    await page.getByLabel('Address of the provider').waitFor()
    await shot(visitor, 'admin-logins')
    await page.getByLabel('Address of the provider').fill('https://127.0.0.1:1/none')
    await page.getByLabel('Client ID').fill('vaxel')
    await page.getByRole('button', { name: 'Check and save' }).click()
    await page.getByRole('alert').filter({ hasText: 'does not answer as it should' }).waitFor()
    for (const view of views.slice(1)) {
      const other = await browser.user(platform.url, '201', view)
      await other.go('/admin/logins')
      await other.page.locator('main input[type="date"]').waitFor()
      await shot(other, `admin-logins-${nameOf(view)}`)
      await other.close()
    }
    await visitor.go('/admin/users')
    await page.getByText('214', { exact: true }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Link to a new password' }).waitFor()
    await shot(visitor, 'admin-user')
    // The login of this screen is older than ten minutes, as the server sees it.
    const problem = { type: 'x', title: 'Forbidden', status: 403, code: 'SESSION_PROOF_NEEDED', detail: 'x' }
    await page.route(
      '**/password-reset',
      (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
      { times: 1 },
    )
    await dialog.getByRole('button', { name: 'Link to a new password' }).click()
    await page.getByRole('dialog', { name: 'Link to a new password' }).getByRole('button').last().click()
    const proof = page.getByRole('dialog', { name: 'Is it you?' })
    await proof.getByLabel('Password').waitFor()
    await shot(visitor, 'proof')
    await proof.getByLabel('Password').fill('demo-201')
    await page.keyboard.press('Enter')
    await page.getByText(/\/access#[0-9a-z]{32}$/).waitFor()
    await visitor.close()
  })
})
