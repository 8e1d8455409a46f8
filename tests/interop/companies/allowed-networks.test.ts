import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type ApiClient, type Baresip, hasOwnNetwork, HomeNetwork, runInOwnNetwork } from '@vaxel/testkit'
import { assertHeard, talk } from '../baresip/heard-tone.ts'
import { talking, World } from '../nat/behind-routers.ts'

interface Bindings {
  readonly items: readonly { readonly id: string; readonly remoteAddress: string }[]
}

if (hasOwnNetwork())
  describe('a company whose telephones may be in its office alone (baresip)', () => {
    let world: World
    let office: HomeNetwork
    let home: HomeNetwork
    let api: ApiClient
    let path: string
    before(async () => {
      world = await World.start()
      office = await HomeNetwork.make({ kind: 'port-restricted' })
      home = await HomeNetwork.make({ kind: 'port-restricted' })
      api = await world.platform.login()
      const { company } = await api.get<{ company: { id: string } }>('/api/v1/me')
      path = `/api/v1/companies/${company.id}`
    })
    after(() => world?.stop())

    const registeredAt = async (): Promise<readonly string[]> => {
      const { items } = await api.get<Bindings>('/api/v1/bindings')
      return items.map(({ remoteAddress }) => remoteAddress).sort()
    }
    const inOffice = (user: string, toneHz: number): Promise<Baresip> => world.phone(office, user, toneHz)

    it('ends what is registered from elsewhere, refuses it with a reason, and lets the office call on', async () => {
      const [anna, bertil] = [await inOffice('201', 440), await inOffice('202', 620)]
      const cecilia = await world.phone(home, '203', 780)
      assert.deepEqual(await registeredAt(), [office.publicAddress, office.publicAddress, home.publicAddress].sort())
      const mark = cecilia.events.length
      await api.patch(path, { allowedNetworks: [office.publicAddress] })
      assert.deepEqual(await registeredAt(), [office.publicAddress, office.publicAddress])

      await assert.rejects(world.phone(home, '204', 980), /403 Not from outside the networks of the company/)
      await cecilia.dial('201')
      const closed = await cecilia.waitFor('CALL_CLOSED', 30_000, mark)
      assert.match(JSON.stringify(closed), /403 Not from outside the networks of the company/)

      await talking(anna, bertil)
      await talk(1500)
      await bertil.hangUp()
      await anna.waitFor('CALL_CLOSED')
      await assertHeard(anna, 620, 1000)
      await assertHeard(bertil, 440, 1000)

      await api.patch(path, { allowedNetworks: null })
      await world.phone(home, '204', 980)
      assert.ok((await registeredAt()).includes(home.publicAddress))
    })
  })
else
  it('a company whose telephones may be in its office alone, in a network of its own', async () => {
    const { code, output } = await runInOwnNetwork(import.meta.filename)
    assert.equal(code, 0, output)
  })
