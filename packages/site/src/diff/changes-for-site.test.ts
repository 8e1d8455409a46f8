import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { touchpointPlus344, touchpointPlus354 } from '../catalogues/telia-touchpoint-plus/touchpoint-plus.ts'
import { siteFacts } from '../profile/site-facts.ts'
import type { SiteProfile } from '../profile/site-profile.ts'
import { changesForSite } from './changes-for-site.ts'
import { diffCatalogues } from './diff-catalogues.ts'

const versions = { before: touchpointPlus344, after: touchpointPlus354 }
const changes = diffCatalogues(versions.before, versions.after)
const ofSite = (profile: Partial<SiteProfile>): Set<string | undefined> => {
  const facts = siteFacts({
    format: 'vaxel-site-profile/1',
    name: 'Site',
    system: 'telia-touchpoint-plus',
    people: { softphone: 10 },
    connection: 'internet',
    ...profile,
  })
  return new Set(changesForSite(changes, versions, facts).map(({ requirementId, field }) => requirementId ?? field))
}

describe('changes that concern one site', () => {
  it('leave out telephones, integrations and connections that it does not have', () => {
    const found = ofSite({})
    assert.ok(found.has('tp-softphone-media'))
    for (const id of ['tp-redirect-mitel', 'tp-datanet-routing', 'tp-skype-to-front-end', 'skypeForBusiness'])
      assert.ok(!found.has(id), id)
  })

  it('tell a site with Skype for Business that it is gone', () => {
    const found = ofSite({ options: { skypeForBusiness: 'voice' } })
    assert.ok(found.has('skypeForBusiness'))
    assert.ok(found.has('tp-skype-to-mediation'))
    assert.ok(!ofSite({ options: { skypeForBusiness: 'none' } }).has('skypeForBusiness'))
  })

  it('keep their order', () => {
    const all = changesForSite(changes, versions, {})
    assert.deepEqual(
      all,
      changes.filter((one) => all.includes(one)),
    )
  })
})
