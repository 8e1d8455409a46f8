import assert from 'node:assert/strict'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import {
  type ApiClient,
  eventually,
  FreePorts,
  type Platform,
  Program,
  startPlatform,
  temporaryFolder,
} from '@vaxel/testkit'
import { NetPhone } from '@vaxel/testkit/peers/net-phone'
import { folderWithRecordings, type StoredRecording } from './stored-recordings.ts'

const days = ['2026-11-20T09:15:30.000Z', '2026-11-20T16:45:01.000Z', '2026-11-19T23:59:59.900Z']
const names = [
  '091530Z-01kfxcall000000000000-+46701234560-201.wav',
  '164501Z-01kfxcall000000000001-+46701234561-201.wav',
  '235959Z-01kfxcall000000000002-+46701234562-201.wav',
]

describe('recordings are fetched over FTPS', () => {
  let platform: Platform
  let administrator: ApiClient
  let stored: readonly StoredRecording[]
  let password: string
  let ca: string
  const ports = { explicit: 0, implicit: 0 }
  const login = 'archive@demo.vaxel.test'
  const folder = temporaryFolder('fetched')

  before(async () => {
    const { data, recordings } = await folderWithRecordings(days)
    stored = recordings
    const free = await FreePorts.claim()
    ports.explicit = await free.port()
    ports.implicit = await free.port()
    const [from, to] = await free.range(10)
    platform = await startPlatform({
      data,
      environment: {
        VAXEL_FTPS_PORT: String(ports.explicit),
        VAXEL_FTPS_IMPLICIT_PORT: String(ports.implicit),
        VAXEL_FTPS_PASSIVE_PORTS: `${from}-${to}`,
      },
    })
    administrator = await platform.login()
    ;({ password } = await administrator.post<{ password: string }>('/api/v1/ftps/accounts', { name: 'archive' }))
    ca = join(platform.data, 'certificates', 'ca.crt')
  })
  after(async () => {
    await platform?.stop()
  })

  const run = async (name: string, args: readonly string[]): Promise<{ code: number | null; output: string }> => {
    const program = Program.start(name, args, { cwd: folder })
    program.closeInput()
    const { code } = await program.ended
    return { code, output: program.output }
  }
  const explicit = (path: string) => `ftp://127.0.0.1:${ports.explicit}${path}`
  const curl = (url: string, ...args: string[]) =>
    run('curl', ['-sS', '--max-time', '10', '--ssl-reqd', '--cacert', ca, '-u', `${login}:${password}`, ...args, url])
  const lftp = (script: string, port = ports.explicit, scheme = 'ftp') =>
    run('lftp', [
      '--norc',
      '-c',
      `set cmd:fail-exit yes; set net:max-retries 1; set net:timeout 5; set ftp:ssl-force yes; set ftp:ssl-protect-data yes;
       set ssl:ca-file ${ca}; open -u ${login},${password} ${scheme}://127.0.0.1:${port}; ${script}`,
    ])

  it('by curl with explicit TLS: lists, index and a whole file, which is the sound that was recorded', async () => {
    assert.match((await curl(explicit('/'))).output, /dr-xr-xr-x .* 2026\r?\n.*index\.csv/)
    const day = await curl(explicit('/2026/11/20/'), '--list-only')
    assert.deepEqual(day.output.trim().split(/\r?\n/), [names[0], names[1], 'index.csv'])
    const index = (await curl(explicit('/2026/11/20/index.csv'))).output.split('\r\n')
    assert.match(index[0]!, /^file,started,seconds,direction,caller number,/)
    assert.ok(index[1]!.startsWith(`${names[0]},2026-11-20T09:15:30.000Z,20,inbound,+46701234560,"'=cmd|calc",201,`))
    assert.equal(index.length, 4)
    const target = join(folder, 'whole.wav')
    const got = await curl(explicit(`/2026/11/20/${names[0]}`), '-o', target)
    assert.equal(got.code, 0, got.output)
    const wav = await readFile(target)
    assert.equal(wav.toString('latin1', 0, 4), 'RIFF')
    assert.deepEqual(wav.subarray(wav.length - stored[0]!.pcm.length), stored[0]!.pcm)
  })

  it('by curl with implicit TLS, and goes on where a download was cut', async () => {
    const url = `ftps://127.0.0.1:${ports.implicit}/2026/11/20/${names[1]}`
    const target = join(folder, 'resumed.wav')
    assert.equal((await curl(url, '-o', target)).code, 0)
    const whole = await readFile(target)
    await truncate(target, 100_001)
    assert.equal((await curl(url, '-C', '-', '-o', target)).code, 0)
    assert.deepEqual(await readFile(target), whole)
  })

  it('by lftp, which mirrors a day, explicit and implicit, and finds nothing new the second time', async () => {
    const first = await lftp(`mirror --verbose=1 /2026 ${folder}/mirror`)
    assert.equal(first.code, 0, first.output)
    for (const [i, name] of names.entries()) {
      const wav = await readFile(join(folder, 'mirror/11', i === 2 ? '19' : '20', name))
      assert.deepEqual(wav.subarray(wav.length - stored[i]!.pcm.length), stored[i]!.pcm)
    }
    const again = await lftp(`mirror --verbose=1 /2026 ${folder}/mirror`, ports.implicit, 'ftps')
    assert.equal(again.code, 0, again.output)
    assert.doesNotMatch(again.output, /\.wav/)
  })

  it('not without TLS, not with a wrong password, not by active mode', async () => {
    const plain = await run('curl', ['-sS', '--max-time', '10', '-u', `${login}:${password}`, explicit('/')])
    assert.equal(plain.code, 67, plain.output)
    const wrong = await run('curl', ['-sS', '--ssl-reqd', '--cacert', ca, '-u', `${login}:wrong`, explicit('/')])
    assert.equal(wrong.code, 67, wrong.output)
    const active = await curl(explicit('/'), '--ftp-port', '-')
    assert.equal(active.code, 30, active.output)
  })

  it('and nothing is written, removed or read outside', async () => {
    const own = join(folder, 'own.txt')
    await writeFile(own, 'x')
    const upload = await curl(explicit('/2026/11/20/own.txt'), '-T', own)
    assert.equal(upload.code, 25, upload.output)
    const removal = await lftp(`rm /2026/11/20/${names[0]}`)
    assert.match(removal.output, /550 .*read only/i)
    const outside = await curl(explicit('/../../../../etc/passwd'), '--path-as-is')
    assert.notEqual(outside.code, 0)
    assert.doesNotMatch(outside.output, /root:/)
  })

  it('with what was recorded in a call just now, once it has ended', async () => {
    const phones = [
      await NetPhone.open({ user: '202', port: platform.ports.sip }),
      await NetPhone.open({ user: '203', port: platform.ports.sip }),
    ]
    try {
      for (const phone of phones) await phone.register()
      const call = await phones[0]!.call('203')
      await call.isAnswered()
      const { items } = await administrator.get<{ items: { id: string; connections: { legId: string }[] }[] }>(
        '/api/v1/live-calls',
      )
      const { id, connections } = items[0]!
      const { legId } = connections[0]!
      await administrator.post(`/api/v1/live-calls/${id}/commands/startRecording`, { legId })
      await call.talker.hears(call.talker.receivedPackets + 60)
      const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/')
      const names = async () => (await curl(explicit(`/${day}/`), '--list-only')).output
      assert.doesNotMatch(await names(), new RegExp(id))
      call.hangUp()
      const name = await eventually(
        'the recording is there',
        async () => new RegExp(`\\S*${id}\\S*`).exec(await names())?.[0],
      )
      assert.match(name, /-202-203\.wav$/)
      const target = join(folder, 'own.wav')
      assert.equal((await curl(explicit(`/${day}/${name}`), '-o', target)).code, 0)
      const wav = await readFile(target)
      assert.equal(wav.readUInt16LE(22), 2, 'both sides apart')
      assert.ok(wav.length > 16_000)
    } finally {
      for (const phone of phones) await phone.close()
    }
  })

  it('and each reading is in the timeline of its call, with who and from where', async () => {
    const { callId } = stored[1]!.recording
    const { timeline } = await administrator.get<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
      `/api/v1/calls/${callId}`,
    )
    const fetched = timeline.filter(({ kind }) => kind === 'recording.fetched').map(({ data }) => data)
    assert.deepEqual(
      fetched.map(({ name, address, fromByte }) => [name, address, fromByte]),
      [
        ['archive', '127.0.0.1', 0],
        ['archive', '127.0.0.1', 100_001],
        ['archive', '127.0.0.1', 0],
      ],
    )
  })
})
