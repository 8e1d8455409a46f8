import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CrmTab, isWebAddress } from './crm-tab.ts'

function fakeBrowser() {
  const shown: string[] = []
  const tab = {
    closed: false,
    location: { replace: (url: string) => void shown.push(url) },
    focus: () => {},
  }
  const open = (url: string) => {
    shown.push(url)
    tab.closed = false
    return tab
  }
  return { shown, tab, open }
}

describe('the tab for the company’s own system', () => {
  it('is opened by the agent once and shows each customer from then on; closed, it leaves a link', () => {
    const { shown, tab, open } = fakeBrowser()
    const crm = new CrmTab({ open, later: () => {} })
    crm.show('https://crm.example/1')
    assert.deepEqual(crm.state.get(), { isOpen: false, missed: 'https://crm.example/1' })
    assert.equal(crm.openByHand(), true)
    crm.show('https://crm.example/2')
    assert.deepEqual(shown, ['about:blank', 'https://crm.example/1', 'https://crm.example/2'])
    tab.closed = true
    crm.look()
    assert.equal(crm.state.get().isOpen, false)
    crm.show('https://crm.example/3')
    assert.equal(crm.state.get().missed, 'https://crm.example/3')
  })

  it('leaves a link for a customer who was shown in a tab that was just being closed', () => {
    const { tab, open } = fakeBrowser()
    const later: (() => void)[] = []
    const crm = new CrmTab({ open, later: (_, then) => void later.push(then) })
    crm.openByHand()
    crm.show('https://crm.example/1')
    tab.closed = true
    for (const look of later) look()
    assert.deepEqual(crm.state.get(), { isOpen: false, missed: 'https://crm.example/1' })
  })

  it('shows pages of the web only', () => {
    const { shown, open } = fakeBrowser()
    const crm = new CrmTab({ open })
    crm.openByHand('javascript:alert(1)')
    crm.show('javascript:alert(1)')
    crm.show('file:///etc/passwd')
    assert.deepEqual(shown, ['about:blank'])
    assert.deepEqual(['https://a', 'http://a/?q=%2B46', 'data:text/html,x', 'a', ''].map(isWebAddress), [
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('says when the browser would not open it', () => {
    const crm = new CrmTab({ open: () => null })
    assert.equal(crm.openByHand(), false)
    assert.equal(crm.state.get().isOpen, false)
  })
})
