import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deliveredCatalogues } from '@vaxel/site/catalogues'
import { requirementsPage } from './reference-requirements.ts'

describe('the page of requirements', () => {
  const page = requirementsPage('')

  it('names each requirement of each document, and each section', () => {
    for (const { requirements, documents } of deliveredCatalogues) {
      for (const { id } of requirements) assert.ok(page.includes(`\`${id}\``), id)
      for (const { sections } of documents)
        for (const { number, title, without } of sections) {
          const name = number === title ? title : `${number} ${title}`
          assert.ok(page.includes(without === undefined ? `| ${name} | \`` : `| ${name} | nothing |`), name)
        }
    }
  })

  it('shows each contradiction in its own table', () => {
    const [, table] = page.split('## Contradictions')
    const contradictions = table!.split('\n## ')[0]!
    for (const { requirements } of deliveredCatalogues)
      for (const { id, conflict } of requirements)
        if (conflict !== undefined) assert.ok(contradictions.includes(`\`${id}\``), id)
  })
})
