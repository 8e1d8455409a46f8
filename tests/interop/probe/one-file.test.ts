import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Platform, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'

describe('the probe as one file, fetched from the server', () => {
  let platform: Platform
  let folder: string
  before(async () => {
    platform = await startPlatform({ readyLimitMs: 60_000 })
    // Nothing of ours is above this folder: what it needs, it holds.
    folder = temporaryFolder('one-file')
  })
  after(async () => {
    await platform?.stop()
  })

  const run = async (...args: readonly string[]): Promise<{ code: number | null; output: string }> => {
    const program = Program.start(process.execPath, ['vaxel-probe.mjs', ...args], {
      cwd: folder,
      env: { LANG: 'C', NODE_PATH: '' },
    })
    const { code } = await program.ended
    return { code, output: program.output }
  }

  it('comes as an attachment, and runs without any package: help, version, mistakes', async () => {
    const answer = await fetch(`${platform.url}/downloads/vaxel-probe.mjs`)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment/)
    writeFileSync(join(folder, 'vaxel-probe.mjs'), Buffer.from(await answer.arrayBuffer()))
    assert.match((await run('--help')).output, /--segment NAME/)
    assert.match((await run('--version')).output, /^vaxel-probe \d/)
    const wrong = await run('--nonsense')
    assert.equal(wrong.code, 3)
    assert.match(wrong.output, /nonsense/)
  })

  it('finds its server ready but for what it was told to leave out, by a private root and Swedish words', async () => {
    writeFileSync(join(folder, 'root.pem'), await (await fetch(`${platform.url}/vaxel-root.crt`)).text())
    const { code, output } = await run(
      `127.0.0.1:${platform.ports.https}`,
      '--ca',
      'root.pem',
      '--language',
      'sv',
      '--only',
      'tcp,tls,web-socket,turn,ntp',
    )
    assert.equal(code, 3, output)
    assert.match(output, /INTE BEVISAT/)
    assert.doesNotMatch(output, /fungerar inte\b|begränsat/)
    assert.match(output, /Certifikatet för 127\.0\.0\.1 är rätt/)
    assert.match(output, /Datorns klocka går rätt/)
    assert.match(output, /Samtal går igenom via reservvägen över TLS/)
  })

  it('is given the link of a site, and its report is kept there', async () => {
    const api = await platform.login()
    const profile = {
      format: 'vaxel-site-profile/1',
      name: 'Harbour',
      system: 'vaxel',
      people: { webSoftphone: 3 },
      connection: 'internet',
    }
    const site = await api.post<{ id: string }>('/api/v1/sites', { name: 'Harbour', profile })
    const { path } = await api.post<{ path: string }>(`/api/v1/sites/${site.id}/invitations`, {})
    const link = `https://127.0.0.1:${platform.ports.https}${path}`
    const { output } = await run(link, '--ca', 'root.pem', '--only', 'tcp,tls', '--segment', 'Quay')
    assert.match(output, /NOT PROVEN {2}Harbour/)
    const passport = await api.get<{ reports: { tool: string; segments: string[] }[] }>(
      `/api/v1/sites/${site.id}/passport`,
    )
    assert.deepEqual(
      passport.reports.map(({ tool, segments }) => ({ tool, segments })),
      [{ tool: 'probe', segments: ['Quay'] }],
    )
    // A link that nobody made is told, with what to do.
    const unknown = await run(
      `https://127.0.0.1:${platform.ports.https}/verify#invitation=nobody`,
      '--ca',
      'root.pem',
      '--only',
      'tcp',
    )
    assert.equal(unknown.code, 3)
    assert.match(unknown.output, /Ask whoever sent it for a new one/)
  })
})
