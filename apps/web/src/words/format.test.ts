import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { counted } from './count.ts'
import { Format } from './format.ts'

const at = new Date(2026, 10, 21, 14, 2).getTime()

describe('what is written in a language', () => {
  it('has its dates and times', () => {
    assert.equal(new Format('en').dateTime(at), '21 Nov 2026, 14:02')
    assert.equal(new Format('sv').dateTime(at), '21 nov. 2026 14:02')
    assert.equal(new Format('fr').date(at), '21 nov. 2026')
    assert.equal(new Format('sv').time(at), '14:02')
  })

  it('names days that are near', () => {
    const sv = new Format('sv')
    assert.equal(sv.day(at, at), 'i dag')
    assert.equal(sv.day(at - 86_400_000, at), 'i går')
    assert.equal(sv.day(at - 3 * 86_400_000, at), 'onsdag')
    assert.equal(new Format('fr').moment(at - 86_400_000, at), 'hier 14:02')
    assert.equal(new Format('en').moment(at, at), '14:02')
  })

  it('has its numbers, sizes and lengths', () => {
    assert.equal(new Format('sv').number(1234.5, 1).replace(/\s/g, ' '), '1 234,5')
    assert.equal(new Format('en').bytes(1_234_567), '1.2 MB')
    assert.equal(new Format('fr').percent(0.05).replace(/\s/g, ' '), '5 %')
    assert.equal(new Format('en').duration(65_400), '1:05')
    assert.equal(new Format('en').duration(3_600_000 * 12 + 7000), '12:00:07')
  })

  it('puts å, ä and ö last in Swedish only', () => {
    const names = ['Öberg', 'Zetterlund', 'Andersson', 'Åkesson']
    const order = (language: string) => [...names].sort((a, b) => new Format(language).compare(a, b))
    assert.deepEqual(order('sv'), ['Andersson', 'Zetterlund', 'Åkesson', 'Öberg'])
    assert.deepEqual(order('fr'), ['Åkesson', 'Andersson', 'Öberg', 'Zetterlund'])
  })

  it('has its plurals: nothing is singular in French', () => {
    assert.equal(counted('fr')(0, '# appel', '# appels'), '0 appel')
    assert.equal(counted('sv')(0, 'ett samtal', '# samtal'), '0 samtal')
    assert.equal(counted('en')(1200, 'one call', '# calls'), '1,200 calls')
  })
})
