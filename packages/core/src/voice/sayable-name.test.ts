import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sayableName } from './sayable-name.ts'

describe('a name as a voice can say it', () => {
  for (const [name, language, said] of [
    ['Support', 'en', 'Support'],
    ['Växeln i Göteborg', 'sv', 'Växeln i Göteborg'],
    ["Service d'été", 'fr', "Service d'été"],
    ['Sales & Support 😀', 'en', 'Sales and Support'],
    ['Köp & Sälj', 'sv', 'Köp och Sälj'],
    ['24/7 line', 'en', '24 7 line'],
    ['Tel 0812345678', 'sv', 'Tel 0 8 1 2 3 4 5 6 7 8'],
    ['<speak>Sales<break time="10s"/></speak>', 'en', 'Sales'],
    ["[[h@'loU]] Sales", 'en', 'h loU Sales'],
    ['-f /etc/passwd', 'en', 'f etc passwd'],
    ['$(reboot); `id` | x\n--stdin\0', 'en', 'reboot id x stdin'],
    ['Q3 – "VIP" (new)', 'en', 'Q3 VIP new'],
    ['１２ Ｓａｌｅｓ', 'en', '12 Sales'],
    [`S${'\u0336'.repeat(40)}ales`, 'en', 'Sales'],
    ['Se\u0301curite\u0301', 'fr', 'Sécurité'],
  ] as const) {
    it(`has ${JSON.stringify(name)} read as ${JSON.stringify(said)}`, () => {
      assert.deepEqual(sayableName(name, language), { kind: 'words', text: said })
    })
  }

  it('says a name of digits digit by digit', () => {
    assert.deepEqual(sayableName('4711', 'en'), { kind: 'digits', digits: '4711' })
    assert.deepEqual(sayableName('08-123 45', 'sv'), { kind: 'digits', digits: '0812345' })
  })

  it('has nothing to say of signs, emoji and scripts that the voice cannot read', () => {
    for (const name of ['', '   ', '😀🎉', '---', '[[]]', '客户服务', 'Поддержка', '<b></b>', '\u0301'])
      assert.equal(sayableName(name, 'en'), undefined, JSON.stringify(name))
  })

  it('reads the first words of a name without an end, whatever it is made of', () => {
    const many = sayableName('Support for everybody '.repeat(20), 'en')
    assert.ok(many?.kind === 'words' && many.text.length <= 60)
    assert.match(many.text, /^Support for everybody Support for everybody Support for$/)
    const one = sayableName('a'.repeat(300), 'en')
    assert.deepEqual(one, { kind: 'words', text: 'a'.repeat(60) })
    const digits = sayableName('9'.repeat(300), 'en')
    assert.ok(digits?.kind === 'digits' && digits.digits.length === 15)
    assert.ok(sayableName('<'.repeat(100_000), 'en') === undefined)
  })
})
