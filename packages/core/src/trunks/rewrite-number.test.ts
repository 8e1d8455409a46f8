import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NumberRule } from '../ports/trunk.ts'
import { rewriteNumber, rewritingMistakes } from './rewrite-number.ts'

const rule = (match: string, gives: string, ...examples: [string, string][]): NumberRule => ({
  match,
  gives,
  examples: examples.map(([given, to]) => ({ given, gives: to })),
})

describe('rules for numbers', () => {
  const cases: [match: string, gives: string, number: string, becomes: string][] = [
    ['00(...)', '+$1', '0046855512345', '+46855512345'],
    ['+46(...)', '0$1', '+46855512345', '0855512345'],
    ['(XXX)', '+46846500$1', '401', '+46846500401'],
    ['(XXX)', '+46846500$1', '4011', '4011'],
    ['(XXX)', '+46846500$1', '4*1', '4*1'],
    ['*31*(...)', '$1', '*31*0855512345', '0855512345'],
    ['(XX)(XX)(...)', '$2$1#$3', '1234567', '3412#567'],
    ['112', '112', '112', '112'],
    ['+(...)', '$1', '+', ''],
    ['...', '+46850500400', '08', '+46850500400'],
  ]
  for (const [match, gives, number, becomes] of cases)
    it(`${match} → ${gives} makes ${becomes || 'nothing'} of ${number}`, () =>
      assert.equal(rewriteNumber([rule(match, gives)], number).number, becomes))

  it('the first one that matches is applied, and no other after it', () => {
    const rules = [rule('+46(...)', '0$1'), rule('0(...)', '00$1'), rule('+(...)', '00$1')]
    assert.deepEqual(rewriteNumber(rules, '+46855512345'), { number: '0855512345', rule: 0 })
    assert.deepEqual(rewriteNumber(rules, '+33155512345'), { number: '0033155512345', rule: 2 })
    assert.deepEqual(rewriteNumber(rules, '112'), { number: '112' })
  })

  it('matching takes one look at each character, whatever the pattern', () => {
    const started = performance.now()
    const rules = Array.from({ length: 100 }, () => rule('(X)(X)(X)(X)(X)(X)(X)(X)(X)9...', '$1'))
    for (let i = 0; i < 1000; i++) rewriteNumber(rules, '1'.repeat(64))
    assert.ok(performance.now() - started < 5_000)
  })
})

describe('rules when they are saved', () => {
  const wrong = (...rules: NumberRule[]) => rewritingMistakes({ calledOut: rules })

  it('pass with examples that hold', () => {
    assert.deepEqual(wrong(rule('+46(...)', '0$1', ['+46855512345', '0855512345'])), [])
  })

  it('are refused with an example that becomes something else, and it is said what', () => {
    assert.deepEqual(wrong(rule('+46(...)', '$1', ['+46855512345', '0855512345'])), [
      { path: '/rewriting/calledOut/0/examples/0', reason: '+46855512345 becomes 855512345, not 0855512345' },
    ])
  })

  it('are refused where a rule before stands in the way', () => {
    const [mistake] = wrong(rule('+(...)', '00$1', ['+33155', '0033155']), rule('+46(...)', '0$1', ['+46855', '0855']))
    assert.deepEqual(mistake, {
      path: '/rewriting/calledOut/1/examples/0',
      reason: '+46855 is taken by rule 1, which stands before, and becomes 0046855',
    })
  })

  it('are refused without an example, and where an example fits no rule', () => {
    assert.match(wrong(rule('+46(...)', '0$1'))[0]!.reason, /needs a number to be tested with/)
    assert.match(wrong(rule('+46(...)', '0$1', ['0855', '0855']))[0]!.reason, /matches no rule/)
  })

  const unreadable: [match: string, gives: string, reason: RegExp][] = [
    ['', '1', /empty/],
    ['(1', '1', /\( without a \)/],
    ['1)', '1', /\) without a \(/],
    ['((1))', '1', /brackets within brackets/],
    ['...1', '1', /must be last/],
    ['[0-9]+', '1', /the character \[/],
    ['(1)', '$2', /names \$2/],
    ['(1)', '$', /a \$ without a number/],
    ['(1)', 'a$1', /the character a/],
    ['(1)(1)(1)(1)(1)(1)(1)(1)(1)(1)', '$1', /more than 9/],
  ]
  for (const [match, gives, reason] of unreadable)
    it(`"${match}" → "${gives}" is refused: ${reason.source}`, () =>
      assert.match(wrong(rule(match, gives, ['1', '1']))[0]!.reason, reason))

  it('all mistakes of all lists come at once', () => {
    const bad = rule('(', '1')
    const paths = rewritingMistakes({ calledOut: [bad, bad], callingIn: [bad] }).map(({ path }) => path)
    assert.deepEqual(paths, [
      '/rewriting/calledOut/0/match',
      '/rewriting/calledOut/1/match',
      '/rewriting/callingIn/0/match',
    ])
  })
})
