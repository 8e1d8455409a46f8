import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { VirtualClock } from '@vaxel/testkit/virtual-clock'
import { HostsFile, parseHosts } from './hosts-file.ts'

describe('the table of hosts', () => {
  it('gives all addresses of a name and of its aliases, in any case', () => {
    const hosts = parseHosts(
      '# comment\n192.0.2.1\tPBX.example  pbx # old\n2001:db8::1 pbx.example\r\n192.0.2.2 pbx.example\nnonsense x\n\n',
    )
    assert.deepEqual(hosts.get('pbx.example'), { 4: ['192.0.2.1', '192.0.2.2'], 6: ['2001:db8::1'] })
    assert.deepEqual(hosts.get('pbx'), { 4: ['192.0.2.1'], 6: [] })
    assert.equal(hosts.has('x'), false)
  })

  it('is read anew after ten seconds, and empty where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-hosts-'))
    const clock = new VirtualClock()
    const hosts = new HostsFile(join(folder, 'hosts'), clock)
    assert.equal(await hosts.find('pbx'), undefined)
    await writeFile(join(folder, 'hosts'), '192.0.2.1 pbx')
    assert.equal(await hosts.find('pbx'), undefined)
    clock.advance(10_000)
    assert.deepEqual(await hosts.find('PBX'), { 4: ['192.0.2.1'], 6: [] })
    await rm(folder, { recursive: true })
  })
})
