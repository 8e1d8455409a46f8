import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  eventLimitMs,
  eventually,
  FreePorts,
  type Platform,
  Program,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { inviteSteps, play, registerScenario, response, scenario, stopAll } from '../sipp/sipp-phone.ts'
import { Guesser } from './guesser.ts'

const folder = temporaryFolder('sipvicious')

/** Where Debian has the tools' source; a copy of it can go by another name than the one that every guard knows. */
const installed = '/usr/share/sipvicious'

function renamedTools(): string {
  const copy = join(folder, 'renamed')
  cpSync(installed, copy, { recursive: true, dereference: true })
  const file = join(copy, 'sipvicious/libs/svhelper.py')
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('friendly-scanner', 'An ordinary phone 1.0'))
  return copy
}

/** A tool of sipvicious until it has ended; it gives up on a server that says nothing. */
async function sipvicious(
  name: 'svmap' | 'svwar' | 'svcrack',
  args: readonly string[],
  from?: string,
): Promise<string> {
  const [file, all] = from === undefined ? [name, args] : ['python3', [join(from, `sipvicious_${name}`), ...args]]
  const program = Program.start(file, all, { cwd: folder, env: { HOME: folder } })
  const limit = setTimeout(() => void program.stop('SIGTERM'), 15_000)
  await program.ended
  clearTimeout(limit)
  return program.output
}

describe('those who guess at the door', { concurrency: 2 }, () => {
  let platform: Platform
  let api: ApiClient
  let free: FreePorts
  before(async () => {
    platform = await startPlatform()
    api = await platform.login()
    free = await FreePorts.claim()
  })
  after(async () => {
    await stopAll()
    free?.release()
    await platform?.stop()
  })

  it('svmap, svwar and svcrack as they come get no answer, and find nothing', async () => {
    const passwords = join(folder, 'passwords.txt')
    writeFileSync(passwords, 'guess\nsip-201\n')
    const port = String(platform.ports.sip)
    const [map, war, crack] = await Promise.all([
      sipvicious('svmap', ['-p', port, '127.0.0.1']),
      sipvicious('svwar', ['-p', port, '-e201,202,999', '--maximumtime', '3', '127.0.0.1']),
      sipvicious('svcrack', ['-p', port, '-u201', '-d', passwords, '--maximumtime', '3', '127.0.0.1']),
    ])
    // svmap listens on 5060 and lists whatever talks to it there, other tests' servers too: this one must not be in the list.
    assert.doesNotMatch(map, new RegExp(`127\\.0\\.0\\.1:${port}\\b`))
    assert.doesNotMatch(war, /\b(201|202|999)\b.*\|/)
    assert.doesNotMatch(crack, /sip-201/)
    assert.deepEqual(await lockOuts('127.0.0.1'), [], 'nobody is locked out for that')
  })

  it('svwar and svcrack under another name are answered, and find nothing either', {
    skip: !existsSync(installed),
  }, async () => {
    const tools = renamedTools()
    const passwords = join(folder, 'many.txt')
    writeFileSync(passwords, [...Array.from({ length: 300 }, (_, i) => `guess-${i}`), 'sip-202', ''].join('\n'))
    const port = String(platform.ports.sip)
    const [war, crack] = await Promise.all([
      sipvicious(
        'svwar',
        ['-p', port, '-b', '127.0.0.5', '-e201,202,999', '--force', '--maximumtime', '3', '127.0.0.1'],
        tools,
      ),
      sipvicious(
        'svcrack',
        ['-p', port, '-b', '127.0.0.6', '-u202', '-d', passwords, '--maximumtime', '3', '127.0.0.1'],
        tools,
      ),
    ])
    const verdicts = ['201', '202', '999'].map((name) => new RegExp(`\\| ${name} +\\| (\\w+)`).exec(war)?.[1])
    assert.deepEqual(verdicts, [verdicts[0], verdicts[0], verdicts[0]])
    assert.doesNotMatch(crack, /sip-202/)
  })

  it('one under another name is slowed, locked out in silence and told once; the real phone registers and calls', async () => {
    const phone = { platform, user: '201', port: await free.port() }
    const from = (service: string) => ({ service, more: ['-i', '127.0.0.2'] })
    const register = () => play(phone, registerScenario('201'), from('201')).succeed()
    await register()
    const guessers = [
      await Guesser.open('127.0.0.9', platform.ports.sip),
      await Guesser.open('127.0.0.10', platform.ports.sip),
    ]
    try {
      const answers = { '201': [] as unknown[], '999': [] as unknown[] }
      for (let i = 0; i < 10; i++) {
        answers['201'].push(await guessers[0]!.guess('201', `guess-${i}`, eventLimitMs))
        answers['999'].push(await guessers[1]!.guess('999', `guess-${i}`, eventLimitMs))
      }
      assert.deepEqual(
        answers['201'],
        Array.from({ length: 10 }, () => [401, 401]),
      )
      assert.deepEqual(answers['999'], answers['201'])
      await eventually(
        'the guesser is locked out',
        async () => {
          await guessers[0]!.guess('201', 'guess')
          return (await lockOuts('127.0.0.9')).length > 0
        },
        60_000,
      )
      assert.deepEqual(
        await guessers[0]!.guess('201', 'sip-201'),
        [undefined],
        'not even the right password is looked at',
      )
      const [told, ...more] = await lockOuts('127.0.0.9')
      assert.deepEqual(
        [told!['reason'], told!['address'], told!['username'], more],
        ['address', '127.0.0.9', '201', []],
      )
      await register()
      const call = play(phone, scenario(inviteSteps('201', '600'), response(200, 'rrs="true"')), from('600'))
      await call.succeed()
    } finally {
      for (const guesser of guessers) guesser.close()
    }
  })

  /** `data` of each lock-out of an address, as the ledger has them. */
  async function lockOuts(address: string): Promise<Record<string, unknown>[]> {
    const { items } = await api.get<{ items: { kind: string; data: Record<string, unknown> }[] }>(
      '/api/v1/ledger?limit=1000',
    )
    return items
      .filter(({ kind, data }) => kind === 'security.lockedOut' && data['address'] === address)
      .map(({ data }) => data)
  }
})
