import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agentInWords } from './agent-in-words.ts'

describe('a browser in words', () => {
  for (const [agent, browser, system] of [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/123.0.0.0 Safari/537.36 Edg/123.0.0.0',
      'Edge 123',
      'Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.93 Safari/537.36',
      'Chrome 90',
      'Linux',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      'Safari 17',
      'macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
      'Safari 17',
      'iPhone',
    ],
    ['Mozilla/5.0 (Android 14; Mobile; rv:124.0) Gecko/124.0 Firefox/124.0', 'Firefox 124', 'Android'],
    ['node', undefined, undefined],
  ] as const)
    it(`${browser ?? 'unknown'} on ${system ?? 'unknown'}`, () => {
      const found = agentInWords(agent)
      assert.deepEqual([found.browser, found.system], [browser, system])
    })
})
