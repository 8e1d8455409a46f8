import assert from 'node:assert/strict'
import { request } from 'node:http'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { FreePorts, type Platform, Program, startPlatform, temporaryFolder } from '@vaxel/testkit'

interface Answer {
  readonly status: number
  readonly body: { readonly code?: string; readonly token?: string }
}

describe('the web behind a reverse proxy on the same machine (nginx)', () => {
  let platform: Platform
  let nginx: Program
  let free: FreePorts
  let port: number
  before(async () => {
    free = await FreePorts.claim()
    port = await free.port()
    platform = await startPlatform({ environment: { VAXEL_PROXIES: '127.0.0.1' } })
    const folder = temporaryFolder('nginx')
    const file = join(folder, 'nginx.conf')
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join(' ')
    const headers = [
      'Host $host',
      'X-Forwarded-For $proxy_add_x_forwarded_for',
      'X-Forwarded-Proto https',
      'Upgrade $http_upgrade',
      'Connection $http_connection',
    ]
    writeFileSync(
      file,
      `daemon off; pid ${folder}/pid; error_log stderr notice; worker_processes 1; events {}
http { access_log off; ${temporary}
server { listen 127.0.0.1:${port}; location / { proxy_pass ${platform.url}; proxy_http_version 1.1;
${headers.map((header) => `proxy_set_header ${header};`).join('\n')} } } }\n`,
    )
    nginx = Program.start('nginx', ['-p', folder, '-c', file, '-e', 'stderr'])
    await nginx.waitForOutput(/start worker process/)
  })
  after(async () => {
    await nginx?.stop()
    await platform?.stop()
    free?.release()
  })

  /** Asks nginx from one address of this machine. */
  const ask = (localAddress: string, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asking = request(
        {
          host: '127.0.0.1',
          port,
          localAddress,
          method,
          path,
          headers: { 'content-type': 'application/json', ...headers },
        },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString()
            const isJson = /json/.test(response.headers['content-type'] ?? '')
            resolve({ status: response.statusCode ?? 0, body: isJson ? (JSON.parse(text) as Answer['body']) : {} })
          })
        },
      )
      asking.on('error', reject)
      asking.end(body === undefined ? undefined : JSON.stringify(body))
    })
  const logIn = (from: string, password: string, headers = {}, user = '201'): Promise<Answer> =>
    ask(from, 'POST', '/api/v1/sessions', { login: `${user}@demo.vaxel.test`, password }, headers)

  it('slows down who guesses, and not everybody who comes by the proxy', async () => {
    const guesses: number[] = []
    for (let i = 0; i < 60 && guesses.at(-1) !== 429; i++)
      // What a client claims for itself stands left of what nginx adds, and is not believed.
      guesses.push((await logIn('127.0.0.2', 'wrong', { 'x-forwarded-for': `198.51.100.${i}` }, `2${10 + i}`)).status)
    assert.equal(guesses.at(-1), 429, guesses.join(' '))
    assert.equal((await logIn('127.0.0.2', 'demo-201')).status, 429)
    const other = await logIn('127.0.0.3', 'demo-201')
    assert.equal(other.status, 201, JSON.stringify(other.body))
  })

  it('opens the metrics for nobody who comes by the proxy without logging in', async () => {
    assert.equal((await ask('127.0.0.3', 'GET', '/metrics')).status, 401)
  })
})
