import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countriesIn, countryOf } from './countries.ts'

describe('countries to choose from', () => {
  it('are called and ordered as in the language, each once', () => {
    const swedish = countriesIn('sv')
    assert.equal(swedish.find(({ id }) => id === 'DE')?.label, 'Tyskland')
    assert.equal(countriesIn('fr').find(({ id }) => id === 'SE')?.label, 'Suède')
    assert.ok(swedish.length > 200 && swedish.length < 280, `${swedish.length}`)
    assert.equal(new Set(swedish.map(({ label }) => label)).size, swedish.length)
    const labels = swedish.map(({ label }) => label)
    assert.ok(labels.indexOf('Österrike') > labels.indexOf('Zimbabwe'), 'Ö after Z')
    for (const id of ['EU', 'UN', 'ZZ', 'DD', 'SU']) assert.ok(!swedish.some((country) => country.id === id), id)
  })

  it('begin with where the browser is', () => {
    for (const [language, country] of [
      ['fr-BE', 'BE'],
      ['zh-Hant-TW', 'TW'],
      ['sv', 'SE'],
      ['fr', 'FR'],
      ['en', 'SE'],
      ['not a language!', 'SE'],
    ] as const)
      assert.equal(countryOf(language), country, language)
  })
})
