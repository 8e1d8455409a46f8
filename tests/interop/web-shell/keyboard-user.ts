import assert from 'node:assert/strict'
import type { WebVisitor } from '@vaxel/testkit'

/** What has the focus, as a person sees it. */
interface Focus {
  readonly role: string
  readonly name: string
  readonly isVisible: boolean
}

/** Whether the focus is on the page itself: nothing has it, or what was just opened has it as a whole. */
const isWhole = ({ role }: Focus): boolean => ['body', 'main', 'dialog', 'alertdialog'].includes(role)
const mostStops = 120

/** Somebody who has no mouse. Each step asserts that they could see where they are. */
export class KeyboardUser {
  readonly visitor: WebVisitor

  constructor(visitor: WebVisitor) {
    this.visitor = visitor
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.visitor.page.keyboard.press(key)
    await this.#seen()
  }

  async type(text: string): Promise<void> {
    await this.visitor.page.keyboard.type(text)
    await this.#seen()
  }

  /** Goes on by Tab until the focus is on this. @param name its accessible name, or the beginning of it */
  async tabTo(role: string, name: RegExp): Promise<void> {
    const passed: string[] = []
    for (let stop = 0; stop < mostStops; stop++) {
      const focus = await this.#seen()
      if (focus.role === role && name.test(focus.name)) return
      passed.push(`${focus.role} ${focus.name}`)
      await this.visitor.page.keyboard.press('Tab')
    }
    assert.fail(`no Tab leads to the ${role} ${name}: ${[...new Set(passed)].join(', ')}`)
  }

  async #seen(): Promise<Focus> {
    const focus = await this.visitor.page.evaluate<Focus>(focusExpression)
    assert.ok(isWhole(focus) || focus.isVisible, `the focus is not seen at the ${focus.role} ${focus.name}`)
    return focus
  }
}

/** The ring may be drawn by the thing itself, by what it stands in, or by what stands for it (the box of a hidden input). */
const focusExpression = `(() => {
  const active = document.activeElement ?? document.body
  const roles = { A: 'link', BUTTON: 'button', BODY: 'body', MAIN: 'main', TEXTAREA: 'textbox', DIALOG: 'dialog', SELECT: 'combobox' }
  const types = { radio: 'radio', checkbox: 'checkbox', search: 'searchbox', range: 'slider', button: 'button' }
  const role = active.getAttribute('role') ?? (active.tagName === 'INPUT' ? (types[active.type] ?? 'textbox') : roles[active.tagName]) ?? active.tagName.toLowerCase()
  const labelled = (active.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim()
  const name = active.getAttribute('aria-label') || labelled || active.labels?.[0]?.textContent || active.textContent || active.getAttribute('placeholder') || ''
  const around = [active, active.parentElement, active.parentElement?.parentElement, active.closest('label')]
  const isDrawn = (element) => {
    if (!element) return false
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0 && width > 1 && height > 1
  }
  const within = active === document.body ? [] : [...(active.closest('label') ?? active).querySelectorAll('*')]
  return { role, name: name.trim().slice(0, 80), isVisible: [...around, ...within].some(isDrawn) }
})()`
